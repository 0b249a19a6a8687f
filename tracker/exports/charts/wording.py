"""What the axes of charts say."""

from collections.abc import Sequence
from datetime import date

from tracker.lib.dates import format_short
from tracker.lib.timeline import Zoom
from tracker.words import Language

# English has no word in the catalogue for "T7", which is the same text as Saturday's.
_ENGLISH = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def month(day: date, lang: Language) -> str:
    """The month of that day, short: T7, Jul."""
    return _ENGLISH[day.month - 1] if lang.code == "en" else f"T{day.month}"


def months(days: Sequence[date], lang: Language) -> list[str]:
    """Months along an axis, each year named where it begins: T11/26, T12, T1/27."""
    names, year = [], 0
    for day in days:
        name = month(day, lang)
        names.append(name if day.year == year else f"{name}/{day:%y}")
        year = day.year
    return names


def unit(day: date, zoom: Zoom, lang: Language) -> str:
    """The unit of a timeline that begins on that day."""
    if zoom is Zoom.WEEK:
        return format_short(day)
    return month(day, lang) if zoom is Zoom.MONTH else f"Q{(day.month + 2) // 3}"


def days(number: int, lang: Language) -> str:
    """A slip: +18 ngày, −3 ngày."""
    sign = "+" if number > 0 else "−" if number < 0 else ""
    return lang.ngettext("%(sign)s%(num)s ngày", "%(sign)s%(num)s ngày", abs(number), sign=sign)
