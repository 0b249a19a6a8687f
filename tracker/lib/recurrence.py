"""Rules by which work comes again, and what its instances are called."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tracker.lib.dates import add_months
from tracker.lib.workdays import Calendar

MONTHS_IN_QUARTER = 3
LAST = -1  # the last such weekday of a month
# What may stand in a title for the period of the instance, the one before and the one after.
PERIODS = {"kỳ": 0, "kỳ trước": -1, "kỳ sau": 1}
_PLACE = re.compile(r"\{\s*([^{}]*?)\s*\}")
_ROMAN = ("I", "II", "III", "IV")


class Frequency(StrEnum):
    """How often."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"


class Anchor(StrEnum):
    """Which day of the month."""

    DAY = "day"
    WEEKDAY = "weekday"
    LAST_WORKING_DAY = "last_working_day"


class Shift(StrEnum):
    """Where a due date goes that falls on a day off."""

    NEXT = "next"
    PREVIOUS = "previous"
    STAY = "stay"


@dataclass(frozen=True, kw_only=True)
class Rule:
    """On which days work is due.

    `day` is 1 to 31, the last of the month where that is shorter. `nth` is 1 to 4 or LAST and goes
    with `weekday`, 0 for Monday; weekly work has a weekday alone. `month` is 1 to 12 of a year or
    1 to 3 of a quarter.
    """

    frequency: Frequency
    anchor: Anchor = Anchor.DAY
    day: int | None = None
    nth: int | None = None
    weekday: int | None = None
    month: int | None = None
    shift: Shift = Shift.NEXT

    @property
    def months(self) -> tuple[int, ...]:
        """The months of a year in which it happens."""
        match self.frequency:
            case Frequency.QUARTERLY:
                return tuple(range(self.month or MONTHS_IN_QUARTER, 13, MONTHS_IN_QUARTER))
            case Frequency.YEARLY:
                return (self.month or 12,)
        return tuple(range(1, 13))

    @property
    def needed(self) -> tuple[str, ...]:
        """The fields that the rule cannot do without; the others say nothing."""
        if self.frequency is Frequency.WEEKLY:
            return ("weekday",)
        of_month = {Anchor.DAY: ("day",), Anchor.WEEKDAY: ("nth", "weekday")}
        of_year = () if self.frequency is Frequency.MONTHLY else ("month",)
        return (*of_year, *of_month.get(self.anchor, ()))

    @property
    def is_complete(self) -> bool:
        """Whether it says on which days."""
        return all(getattr(self, name) is not None for name in self.needed)

    def due(self, on: date, calendar: Calendar) -> date:
        """The day by which an instance is to be finished whose day by the rule is `on`."""
        by_month = self.frequency is not Frequency.WEEKLY
        if by_month and self.anchor is Anchor.LAST_WORKING_DAY:
            return calendar.previous_working(on)
        match self.shift:
            case Shift.NEXT:
                return calendar.next_working(on)
            case Shift.PREVIOUS:
                return calendar.previous_working(on)
        return on


def period(frequency: Frequency, on: date) -> str:
    """What the period is called in which that day lies: 47/2026, 11/2026, IV/2026, 2026."""
    match frequency:
        case Frequency.WEEKLY:
            year, week, _day = on.isocalendar()
            return f"{week:02}/{year}"
        case Frequency.MONTHLY:
            return f"{on.month:02}/{on.year}"
        case Frequency.QUARTERLY:
            return f"{_ROMAN[(on.month - 1) // MONTHS_IN_QUARTER]}/{on.year}"
    return str(on.year)


def title(pattern: str, frequency: Frequency, on: date) -> str:
    """The title of an instance: `{kỳ}` becomes its period, `{kỳ sau}` the next one."""

    def filled(found: re.Match[str]) -> str:
        steps = PERIODS.get(found[1])
        return found[0] if steps is None else period(frequency, _moved(frequency, on, steps))

    return _PLACE.sub(filled, pattern)


def name(pattern: str) -> str:
    """What all instances together are called: the period left open."""
    return _PLACE.sub(lambda found: "…" if found[1] in PERIODS else found[0], pattern)


def unknown_places(pattern: str) -> list[str]:
    """What stands in braces and means nothing."""
    return [name for name in _PLACE.findall(pattern) if name not in PERIODS]


def _moved(frequency: Frequency, on: date, steps: int) -> date:
    match frequency:
        case Frequency.WEEKLY:
            return on + timedelta(weeks=steps)
        case Frequency.MONTHLY:
            return add_months(on, steps)
        case Frequency.QUARTERLY:
            return add_months(on, steps * MONTHS_IN_QUARTER)
    return add_months(on, steps * 12)
