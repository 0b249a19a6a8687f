"""Where days stand on a timeline: a stretch of time cut into units, and places in it in percent.

Percent, because a picture is as wide as the page it is on; heights are the drawing's own affair.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from tracker.lib.dates import FIRST_YEAR, LAST_YEAR, add_months, week_start
from tracker.lib.health import Health, Thresholds

UNITS = 12
# So many of them lie before the day that is asked for: more is to come than to look back on.
BEFORE = 4
_DAY = timedelta(days=1)
_EARLIEST, _LATEST = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)


class Zoom(StrEnum):
    """How much of time one unit of a timeline is."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"

    def start(self, day: date) -> date:
        """The first day of the unit that day falls into."""
        if self is Zoom.WEEK:
            return week_start(day)
        months = _MONTHS[self]
        return day.replace(day=1, month=(day.month - 1) // months * months + 1)

    def on(self, start: date, units: int) -> date:
        """The first day of another unit, so many on (back when negative)."""
        if self is Zoom.WEEK:
            return start + timedelta(weeks=units)
        return add_months(start, units * _MONTHS[self])


_MONTHS = {Zoom.MONTH: 1, Zoom.QUARTER: 3}


class Tick(NamedTuple):
    """The beginning of a unit."""

    day: date
    x: float


class Span(NamedTuple):
    """Days as a bar: from `x`, so wide, in percent of the width of the window."""

    x: float
    width: float


@dataclass(frozen=True)
class Window:
    """A stretch of twelve units of time; `first` is the first day of a unit."""

    zoom: Zoom
    first: date

    @classmethod
    def around(cls, day: date, zoom: Zoom) -> "Window":
        """The window in which that day has a third of the time behind it."""
        return cls.beginning(_back(zoom, zoom.start(day), BEFORE), zoom)

    @classmethod
    def beginning(cls, day: date, zoom: Zoom) -> "Window":
        """The window whose first unit has that day in it, or the last one that there is."""
        latest = zoom.start(_back(zoom, zoom.start(_LATEST), UNITS - 1))
        return cls(zoom, min(zoom.start(max(day, _EARLIEST)), latest))

    @property
    def end(self) -> date:
        """The day after the last one."""
        return self.zoom.on(self.first, UNITS)

    @property
    def last(self) -> date:
        """The last day in it."""
        return self.end - _DAY

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end - self.first).days

    @property
    def ticks(self) -> Iterator[Tick]:
        """Where its units begin."""
        for number in range(UNITS):
            day = self.zoom.on(self.first, number)
            yield Tick(day, self.x(day))

    def moved(self, units: int) -> "Window | None":
        """The window so many units on; None where the years that are kept end."""
        try:
            first = self.zoom.on(self.first, units)
        except OverflowError:
            return None
        there = Window.beginning(first, self.zoom)
        return None if there == self else there

    def holds(self, day: date | None) -> bool:
        """Whether that day is in it."""
        return day is not None and self.first <= day < self.end

    def x(self, day: date) -> float:
        """Where that day begins, in percent of the width; outside of the window too."""
        return round((day - self.first).days * 100 / self.days, 3)

    def middle(self, day: date) -> float:
        """Where the noon of that day is: what happens on one day stands there."""
        return round(((day - self.first).days + 0.5) * 100 / self.days, 3)

    def span(self, start: date, last: date) -> Span | None:
        """Both days and all between them, as far as it is in the window; None if nothing is."""
        if last < self.first or start >= self.end or last < start:
            return None
        left = self.x(max(start, self.first))
        right = self.x(min(last, self.last) + _DAY)
        return Span(left, round(right - left, 3))


def _back(zoom: Zoom, day: date, units: int) -> date:
    return max(zoom.on(day, -units), _EARLIEST) if day > _EARLIEST else day


# ---------------------------------------------------------------- how an item stands


def of_milestone(
    planned: date | None,
    expected: date | None,
    *,
    is_closed: bool,
    today: date,
    limits: Thresholds,
) -> Health:
    """The colour of one milestone, by the same limits as a workstream is judged."""
    if is_closed:
        return Health.DONE
    slip = (expected - planned).days if planned and expected else 0
    if (expected is not None and expected < today) or slip > limits.late_slip_days:
        return Health.LATE
    return Health.AT_RISK if slip > limits.risk_slip_days else Health.ON_TRACK


@dataclass(frozen=True)
class Work:
    """What the colour of a task depends on."""

    start: date | None
    due: date | None
    forecast: date | None
    progress: int = 0
    is_done: bool = False
    is_blocked: bool = False
    is_begun: bool = False


def of_task(work: Work, today: date) -> Health:
    """The colour of one task: overdue before blocked or forecast too late, then begun or not."""
    if work.is_done:
        return Health.DONE
    if work.due is not None and work.due < today:
        return Health.LATE
    is_too_late = work.due is not None and work.forecast is not None and work.forecast > work.due
    if work.is_blocked or is_too_late:
        return Health.AT_RISK
    is_begun = work.is_begun or work.progress > 0
    return Health.ON_TRACK if is_begun else Health.NOT_STARTED
