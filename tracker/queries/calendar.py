"""The working calendar of a year, month by month."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from tracker.extensions import db
from tracker.lib.dates import month_end, week_start
from tracker.lib.workdays import Calendar
from tracker.models import CalendarDay

WEEKS = 6  # each month is drawn with as many, so that all are of one height


@dataclass(frozen=True)
class Square:
    """A day as it is drawn. `row` says why it differs from its weekday."""

    day: date
    is_working: bool
    row: CalendarDay | None


@dataclass(frozen=True)
class Month:
    """A month as weeks from Monday; None where a week reaches into another month."""

    number: int
    weeks: Sequence[Sequence[Square | None]]
    working_days: int


@dataclass(frozen=True)
class Year:
    """The whole year, and the days in it that differ from their weekday."""

    number: int
    months: Sequence[Month]
    rows: Sequence[CalendarDay]

    @property
    def working_days(self) -> int:
        """How many days are worked in the year."""
        return sum(month.working_days for month in self.months)


def find(day_id: int) -> CalendarDay | None:
    """A day that differs from its weekday."""
    return db.session.get(CalendarDay, day_id)


def year(number: int) -> Year:
    """That year."""
    rows = db.session.scalars(
        select(CalendarDay)
        .where(CalendarDay.day.between(date(number, 1, 1), date(number, 12, 31)))
        .order_by(CalendarDay.day)
    ).all()
    known = {row.day: row for row in rows}
    calendar = Calendar(
        holidays=frozenset(row.day for row in rows if not row.is_working),
        working=frozenset(row.day for row in rows if row.is_working),
    )
    return Year(number, [_month(number, m, calendar, known) for m in range(1, 13)], rows)


def _month(
    year_number: int, number: int, calendar: Calendar, known: dict[date, CalendarDay]
) -> Month:
    first = date(year_number, number, 1)
    last = month_end(first)
    weeks, monday, working = [], week_start(first), 0
    while monday <= last:
        week: list[Square | None] = []
        for day in (monday + timedelta(days=n) for n in range(7)):
            is_working = calendar.is_working(day)
            is_inside = day.month == number
            working += is_inside and is_working
            week.append(Square(day, is_working, known.get(day)) if is_inside else None)
        weeks.append(week)
        monday += timedelta(days=7)
    weeks += [[None] * 7] * (WEEKS - len(weeks))
    return Month(number, weeks, working)
