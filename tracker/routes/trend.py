"""How the figures of the board went, week by week."""

from collections.abc import Callable, Mapping

from flask import Blueprint
from flask.typing import ResponseReturnValue

from tracker.lib.health import Health
from tracker.lib.sparkline import points
from tracker.queries import snapshots
from tracker.queries.snapshots import Week
from tracker.web import clock
from tracker.web.authorization import actor, everyone_signed_in
from tracker.web.responses import page
from tracker.words import N_

bp = Blueprint("trend", __name__)
WEEKS = 26
SIZE = 240, 40
# What is drawn, in which tone; coverage as a percentage.
FIGURES: Mapping[str, tuple[str, Callable[[Week], int]]] = {
    N_("● đúng tiến độ"): ("ok", lambda week: week.health.get(Health.ON_TRACK, 0)),
    N_("▲ có nguy cơ chậm"): ("risk", lambda week: week.health.get(Health.AT_RISK, 0)),
    N_("■ chậm tiến độ"): ("late", lambda week: week.health.get(Health.LATE, 0)),
    N_("✓ hoàn thành"): ("done", lambda week: week.health.get(Health.DONE, 0)),
    N_("Nhiệm vụ quá hạn"): ("late", lambda week: week.overdue),
    N_("Nhiệm vụ đang vướng mắc"): ("risk", lambda week: week.blocked),
    N_("% mục đã xác nhận"): ("brand", lambda week: week.coverage.percent),
}


@bp.get("/trend")
def show() -> ResponseReturnValue:
    """Half a year of them, over the groups one may see."""
    everyone_signed_in()
    weeks = snapshots.weeks(actor(), clock.today(), WEEKS)
    figures = [
        (name, tone, [value(week) for week in weeks]) for name, (tone, value) in FIGURES.items()
    ]
    return page(
        "trend/show.html",
        "trend/_figures.html",
        weeks=weeks,
        figures=[(name, tone, values, points(values, *SIZE)) for name, tone, values in figures],
        size=SIZE,
    )
