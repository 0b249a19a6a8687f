"""What the axes of charts say."""

from datetime import date

from tracker.lib.dates import format_short
from tracker.lib.timeline import Zoom
from tracker.words import Language

# English has no word in the catalogue for "T7", which is the same text as Saturday's.
_ENGLISH = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def month(day: date, lang: Language) -> str:
    """The month of that day, short: T7, Jul."""
    return _ENGLISH[day.month - 1] if lang.code == "en" else f"T{day.month}"


def unit(day: date, zoom: Zoom, lang: Language) -> str:
    """The unit of a timeline that begins on that day."""
    if zoom is Zoom.WEEK:
        return format_short(day)
    return month(day, lang) if zoom is Zoom.MONTH else f"Q{(day.month + 2) // 3}"


def days(number: int, lang: Language) -> str:
    """A slip: +18 ngày, −3 ngày."""
    sign = "+" if number > 0 else "−" if number < 0 else ""
    return lang.ngettext("%(sign)s%(num)s ngày", "%(sign)s%(num)s ngày", abs(number), sign=sign)
