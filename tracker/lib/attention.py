"""What asks for a look first, and why: a rank that can be said in words (ADR 0024).

An item has facts, each a number of days or of things. A fact adds so many points for each; the
sum is the weight, and the rank is by weight. So later is never ranked lower, all else equal, and
the reason for a rank is its facts, the heaviest first.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What kind of thing asks for a look."""

    DECISION = "decision"
    MILESTONE = "milestone"
    DISPUTED = "disputed"
    OVERDUE = "overdue"
    BLOCKED = "blocked"
    APPROVAL = "approval"
    STALE = "stale"


class Measure(StrEnum):
    """What a fact counts: days past a date, days after the plan, days of waiting, or things."""

    LATE = "late"
    SLIP = "slip"
    AGE = "age"
    BLOCKS = "blocks"
    TASKS = "tasks"


class Fact(NamedTuple):
    """A part of the reason for a rank."""

    measure: Measure
    number: int
    points: int


POINTS = {
    Measure.LATE: 2,
    Measure.SLIP: 1,
    Measure.AGE: 1,
    Measure.BLOCKS: 20,
    Measure.TASKS: 3,
}
# Nobody but a director ends the first; the plan says it is better off than its head does.
START = {Kind.DECISION: 30, Kind.DISPUTED: 25, Kind.APPROVAL: 10}
RED = 40
# Of these as many make one: the oldest of several tasks, and what nobody has confirmed.
MANY = {
    (Kind.OVERDUE, Measure.LATE): 4,
    (Kind.STALE, Measure.AGE): 12,
    (Kind.STALE, Measure.TASKS): 3,
}


@dataclass(frozen=True, kw_only=True)
class Item:
    """One thing that asks for a look; `subject` names it for good, as in milestone:HAL-M7.

    `late`, `slip` and `age` are days, `blocks` counts what waits for it, `tasks` what it sums up.
    """

    kind: Kind
    subject: str
    is_red: bool = False
    late: int = 0
    slip: int = 0
    age: int = 0
    blocks: int = 0
    tasks: int = 0

    @property
    def facts(self) -> Sequence[Fact]:
        """Why it stands where it stands, the heaviest first."""
        return sorted(self._facts(), key=lambda fact: -fact.points)

    @property
    def weight(self) -> int:
        """How much it asks for a look."""
        start = START.get(self.kind, 0) + (RED if self.is_red else 0)
        return start + sum(fact.points for fact in self._facts())

    def _facts(self) -> Iterator[Fact]:
        for measure, points in POINTS.items():
            number = getattr(self, measure.value)
            if number > 0:
                many = MANY.get((self.kind, measure), 1)
                yield Fact(measure, number, number * points // many)

    @property
    def gravity(self) -> tuple[int, ...]:
        """How bad it is, the passing of days aside."""
        return (int(self.is_red), int(self.late > 0), self.slip, self.blocks, self.tasks)


class Hide(NamedTuple):
    """That somebody does not want to see an item before a day; `gravity` is as it was then."""

    subject: str
    until: date
    note: str
    gravity: tuple[int, ...]


def ranked(items: Iterable[Item]) -> list[Item]:
    """The heaviest first; what weighs alike stands by its name."""
    return sorted(items, key=lambda item: (-item.weight, item.subject))


def is_worse(now: Sequence[int], then: Sequence[int]) -> bool:
    """Whether anything about an item is graver than it was."""
    return len(now) != len(then) or any(a > b for a, b in zip(now, then, strict=True))


def is_hidden(item: Item, hide: Hide | None, today: date) -> bool:
    """Whether the item stays out of sight: until the day, unless it has become worse."""
    return hide is not None and today < hide.until and not is_worse(item.gravity, hide.gravity)
