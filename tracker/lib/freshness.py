"""Whether somebody has lately said that an item still stands as it is written (ADR 0022)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from tracker.lib.periods import PeriodKind, containing
from tracker.lib.workdays import Calendar

# After the cut-off of a month people have so many working days to confirm what is theirs.
GRACE_WORKING_DAYS = 5
# So many of them are left when whoever has not done so is asked by mail.
ASKED_WORKING_DAYS = 2
# Whoever says one of these of an item has looked at it.
CONFIRMING = frozenset(
    {"status", "progress", "forecast", "due", "finished_on", "baseline", "closed_on"}
)
_IMPORT, _UNDO, _CASCADE = "import", "undo", "cascade"


# ---------------------------------------------------------------- which day counts


def cut_off(day: date) -> date:
    """The last day of the latest month of Decree 09 that is over: the 14th before that day."""
    return containing(day, PeriodKind.MONTH).previous().last


def deadline(cut_off_: date, calendar: Calendar) -> date:
    """The last day to confirm after a cut-off before an item counts as stale."""
    return calendar.add(cut_off_, GRACE_WORKING_DAYS)


def is_asking(day: date, calendar: Calendar) -> bool:
    """Whether on that day people are asked by mail to confirm what is theirs."""
    closed = cut_off(day)
    first = calendar.add(closed, GRACE_WORKING_DAYS - ASKED_WORKING_DAYS)
    return first <= day <= deadline(closed, calendar)


def reference(day: date, calendar: Calendar) -> date:
    """The latest cut-off after which everything should be confirmed by that day."""
    found = cut_off(day)
    while deadline(found, calendar) >= day:
        found = cut_off(found)
    return found


def is_fresh(confirmed_on: date, since: date) -> bool:
    """Whether an item last confirmed on that day was so after the cut-off."""
    return confirmed_on > since


# ---------------------------------------------------------------- sums


@dataclass(frozen=True)
class Coverage:
    """How many of the open items are fresh. Add with +; `sum(all, Coverage())` works."""

    confirmed: int = 0
    of: int = 0

    def __add__(self, other: "Coverage") -> "Coverage":
        return Coverage(self.confirmed + other.confirmed, self.of + other.of)

    @property
    def missing(self) -> int:
        """Open items that are stale."""
        return self.of - self.confirmed

    @property
    def percent(self) -> int:
        """Rounded down, so that 100 means all; also of nothing."""
        return self.confirmed * 100 // self.of if self.of else 100


@dataclass(frozen=True)
class Freshness:
    """How lately the open items of a workstream were confirmed, as of a day.

    `oldest` is when the item that waits longest was last confirmed; None when nothing is open.
    """

    day: date
    reference: date
    oldest: date | None = None
    coverage: Coverage = Coverage()

    def stale_days(self, declared_on: date | None = None) -> int:
        """For how many days nobody has vouched for all of it; 0 while it is fresh.

        The head vouches by declaring its health (`declared_on`), else item by item.
        """
        if self.oldest is None:
            return 0
        vouched = max(self.oldest, declared_on or self.oldest)
        return stale_days(vouched, self.day, self.reference)


def stale_days(confirmed_on: date, day: date, since: date) -> int:
    """For how many days nobody has confirmed an open item; 0 while it is fresh."""
    return 0 if is_fresh(confirmed_on, since) else (day - confirmed_on).days


def judge(confirmed: Iterable[tuple[date, int]], day: date, since: date) -> Freshness:
    """Sum up open items: days, with how many were last confirmed on each."""
    known = tuple(confirmed)
    fresh = sum(number for on, number in known if is_fresh(on, since))
    return Freshness(
        day=day,
        reference=since,
        oldest=min((on for on, number in known if number), default=None),
        coverage=Coverage(fresh, sum(number for _, number in known)),
    )


# ---------------------------------------------------------------- who said so


class Word(NamedTuple):
    """That an item was confirmed at a moment; `cause` as in the history."""

    at: datetime
    cause: str


def vouches(field: str, cause: str, *, by_person: bool) -> bool:
    """Whether a change is somebody's word on the item itself.

    Not so what pushed it along with another one, what was undone, and what the tracker does.
    """
    origin = cause.partition(":")[0]
    if field not in CONFIRMING or origin in {_UNDO, _CASCADE}:
        return False
    return by_person or origin == _IMPORT


def last_word(words: Iterable[Word], undone: Iterable[str] = ()) -> datetime | None:
    """When the item was last confirmed, leaving out imports that were undone (by number)."""
    taken_back = {f"{_IMPORT}:{number}" for number in undone}
    return max((word.at for word in words if word.cause not in taken_back), default=None)
