"""When a reporting regime closes its figures, when it is to be sent, and when to remind of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.lib.dates import LAST_YEAR, month_end
from tracker.lib.periods import (
    Period,
    PeriodBasis,
    PeriodKind,
    containing,
    custom,
    sending_day,
)
from tracker.lib.workdays import Calendar

SUNDAY = 7
_WEEK = timedelta(days=7)
_DAY = timedelta(days=1)
# Working days before the deadline on which people are reminded; 0 is the day itself.
STAGES = (0, 1, 3)
# What is late is called to mind again after so many working days.
AGAIN = 5


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Which days a report covers, and by when it is to be sent.

    `weekday` (1 is Monday) is the cut-off of weekly ones. A custom period closes on `closing_day`,
    at most the last day, of each of `closing_months`. `working_days` lie between cut-off and
    sending (domain.md §1.5: at least one).
    """

    kind: PeriodKind
    basis: PeriodBasis = PeriodBasis.DECREE
    weekday: int | None = None
    closing_day: int | None = None
    closing_months: tuple[int, ...] = ()
    working_days: int = 1

    @property
    def needed(self) -> tuple[str, ...]:
        """The fields that the rule cannot do without; the others say nothing."""
        match self.kind:
            case PeriodKind.WEEK:
                return ("weekday",)
            case PeriodKind.CUSTOM:
                return ("closing_day", "closing_months")
        return ("basis",)

    @property
    def is_complete(self) -> bool:
        """Whether it says which days."""
        return all(getattr(self, name) for name in self.needed)

    def containing(self, day: date) -> Period:
        """The period the day falls into."""
        match self.kind:
            case PeriodKind.WEEK:
                return self._week(day)
            case PeriodKind.CUSTOM:
                return self._custom(day)
        return containing(day, self.kind, basis=self.basis)

    def before(self, period: Period) -> Period:
        """The period that ends where that one begins."""
        return self.containing(period.first - _DAY)

    def closing(self, first: date, last: date) -> Iterator[Period]:
        """The periods whose figures are closed on one of those days, both included."""
        period = self.containing(first)
        while period.last <= last and period.last.year < LAST_YEAR:
            yield period
            period = self.containing(period.last + _DAY)

    def deadline(self, period: Period, calendar: Calendar) -> date:
        """The day by which the report on the period is to be sent."""
        return sending_day(period, calendar, working_days=self.working_days)

    def _week(self, day: date) -> Period:
        """Seven days up to the weekday of the cut-off; Monday to Sunday has a number."""
        last = day + timedelta(days=((self.weekday or SUNDAY) - day.isoweekday()) % 7)
        if self.weekday == SUNDAY:
            return containing(day, PeriodKind.WEEK)
        return _between(last - _WEEK, last)

    def _custom(self, day: date) -> Period:
        years = range(day.year - 1, day.year + 2)
        closings = [self._closing_day(year, month) for year in years for month in self._months]
        last = next(closing for closing in closings if closing >= day)
        return _between(max(closing for closing in closings if closing < day), last)

    @property
    def _months(self) -> list[int]:
        return sorted(self.closing_months)

    def _closing_day(self, year: int, month: int) -> date:
        end = month_end(date(year, month, 1))
        return end.replace(day=min(self.closing_day or end.day, end.day))


def _between(after: date, last: date) -> Period:
    return custom(after + _DAY, last)


def stage(deadline: date, today: date, calendar: Calendar) -> str:
    """How urgent a report is that was not sent: "" before anybody is reminded, "3", "1", "0" with
    so many working days left at most, then "late-0" for the first week it is late, "late-1", …

    Each is told once, so that a night without a worker is made up for by the next.
    """
    late = calendar.between(deadline, today)
    if today > deadline:
        return f"late-{(late - 1) // AGAIN}" if late else ""
    return next((str(days) for days in STAGES if -late <= days), "")
