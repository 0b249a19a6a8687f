"""How dates are written and counted, and which day it is in Vietnam."""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


class Weekday(StrEnum):
    """The days of the week, Monday first."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


_WEEKDAYS = tuple(Weekday)


# ---------------------------------------------------------------- writing


def format_date(d: date) -> str:
    """As dd/mm/yyyy."""
    return f"{d.day:02}/{d.month:02}/{d.year:04}"


def format_short(d: date) -> str:
    """As dd/mm."""
    return f"{d.day:02}/{d.month:02}"


def decree_date(d: date | None, place: str) -> str:
    """Place and date of a document as Decree 30/2020 writes them (domain.md §5).

    Days below 10 and the months 1 and 2 take a leading zero, other months do not. Without a
    date there is room for the clerk's pen.
    """
    if d is None:
        return f"{place}, ngày    tháng    năm"
    month = f"{d.month:02}" if d.month <= 2 else str(d.month)
    return f"{place}, ngày {d.day:02} tháng {month} năm {d.year}"


def weekday(d: date) -> Weekday:
    """Which day of the week; `words.LABELS` has its names."""
    return _WEEKDAYS[d.weekday()]


# ---------------------------------------------------------------- the day of Vietnam


def local_day(at: datetime) -> date:
    """The date in Vietnam at an instant; a naive datetime is refused with ValueError."""
    if at.tzinfo is None:
        raise ValueError("an aware datetime is needed")
    return at.astimezone(ZONE).date()


def start_of_day_utc(day: date) -> datetime:
    """The first instant of a day of Vietnam, in UTC: 17:00 of the day before."""
    return datetime.combine(day, time.min, ZONE).astimezone(UTC)


def end_of_day_utc(day: date) -> datetime:
    """The last instant (microsecond) of a day of Vietnam, in UTC; compare with <=."""
    return datetime.combine(day, time.max, ZONE).astimezone(UTC)


# ---------------------------------------------------------------- weeks and months


def week_start(d: date) -> date:
    """The Monday of that week."""
    return d - timedelta(days=d.weekday())


def week_end(d: date) -> date:
    """The Sunday of that week."""
    return week_start(d) + timedelta(days=6)


def month_end(d: date) -> date:
    """The last day of that calendar month."""
    return d.replace(day=monthrange(d.year, d.month)[1])


def quarter_end(d: date) -> date:
    """The last day of that calendar quarter."""
    return month_end(d.replace(day=1, month=(d.month + 2) // 3 * 3))


def year_end(d: date) -> date:
    """31 December of that year."""
    return d.replace(month=12, day=31)


def add_months(d: date, n: int) -> date:
    """The same day n months on, or the last of that month where it is shorter."""
    year, month = divmod(d.year * 12 + d.month - 1 + n, 12)
    if not 1 <= year <= 9999:
        raise OverflowError("date value out of range")
    return date(year, month + 1, min(d.day, monthrange(year, month + 1)[1]))
