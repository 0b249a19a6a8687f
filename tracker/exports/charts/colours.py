"""The colours of charts on paper: the light ones of static/css/tokens.css."""

from tracker.lib.health import Health

INK = "#16211f"
INK_SOFT = "#55635f"
LINE = "#e2e6e1"
LINE_STRONG = "#838f8b"
CARD = "#ffffff"
BRAND = "#0b5c55"
OK = "#1d7449"
RISK = "#8c5900"
LATE = "#b3261e"
DONE = "#2b5fa8"
IDLE = "#5c6763"

OF_HEALTH = {
    Health.NO_PLAN: IDLE,
    Health.LATE: LATE,
    Health.AT_RISK: RISK,
    Health.DONE: DONE,
    Health.NOT_STARTED: IDLE,
    Health.ON_TRACK: OK,
}
# Behind words in those colours.
SOFT_OF_HEALTH = {
    Health.LATE: "#fbe6e3",
    Health.AT_RISK: "#fdf1d8",
    Health.ON_TRACK: "#e4f3ea",
    Health.DONE: "#e5edf8",
    Health.NOT_STARTED: "#eceeeb",
    Health.NO_PLAN: "#ffffff",
}
