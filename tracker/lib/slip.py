"""By how much a date lies after the one that was approved, in both kinds of days."""

from dataclasses import dataclass
from datetime import date

from tracker.lib.workdays import Calendar


@dataclass(frozen=True)
class Slip:
    """Calendar days and working days; negative when it comes sooner."""

    days: int
    working_days: int


def slip(approved: date | None, expected: date | None, calendar: Calendar) -> Slip | None:
    """The slip, or None while one of the two dates is unknown."""
    if approved is None or expected is None:
        return None
    return Slip((expected - approved).days, calendar.between(approved, expected))
