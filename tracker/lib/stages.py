"""The way of a deliverable through its stages: the earliest dates of what follows, and days left.

A window is how long a deliverable stays in a stage at the least, counted from the day it came
there: 60 days from 02/11 end on 01/01, and on that day the next stage may begin.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby
from typing import Any, Generic, Protocol, TypeVar

from tracker.lib.dates import add_months
from tracker.lib.workdays import Calendar


class StageRole(StrEnum):
    """What a stage is on the way of a deliverable."""

    ROUTE = "route"  # passed through on the usual way
    GOAL = "goal"  # what the way leads to
    DETOUR = "detour"  # sends back to a stage before, or repeats one
    LATER = "later"  # the life after the goal: reviews, surveillance, withdrawal
    ABANDONED = "abandoned"  # given up before the goal


class WindowUnit(StrEnum):
    """In what a window is counted; days, weeks and months are those of the calendar."""

    DAYS = "days"
    WORKING_DAYS = "working_days"
    WEEKS = "weeks"
    MONTHS = "months"


# Of a plain object or of a table: mypy does not see that a mapped column gives its value.
Column = Any


class Step(Protocol):
    """A stage, as far as dates need it."""

    @property
    def code(self) -> Column: ...
    @property
    def role(self) -> Column: ...
    @property
    def window(self) -> Column: ...
    @property
    def window_unit(self) -> Column: ...
    @property
    def is_retired(self) -> Column: ...


Kind = TypeVar("Kind", bound=Step)


@dataclass(frozen=True)
class Ahead(Generic[Kind]):
    """A stage that follows, and the first day on which it can begin."""

    step: Kind
    earliest: date


@dataclass(frozen=True)
class Countdown:
    """What is left of a window: until that day, so many of the unit's days (0 once it is over)."""

    ends: date
    left: int
    unit: WindowUnit

    @property
    def is_working(self) -> bool:
        """Whether `left` counts working days; calendar days otherwise."""
        return self.unit is WindowUnit.WORKING_DAYS


def window_end(step: Step, entered: date, calendar: Calendar) -> date:
    """The day the window of the stage ends for what came there that day; that day without one."""
    if not step.window or step.window_unit is None:
        return entered
    match step.window_unit:
        case WindowUnit.WORKING_DAYS:
            return calendar.add(entered, step.window)
        case WindowUnit.WEEKS:
            return entered + timedelta(weeks=step.window)
        case WindowUnit.MONTHS:
            return add_months(entered, step.window)
    return entered + timedelta(days=step.window)


def countdown(
    step: Step, entered: date | None, today: date, calendar: Calendar
) -> Countdown | None:
    """What is left of the window of the stage; None where it has none or its begin is unknown."""
    if not step.window or step.window_unit is None or entered is None:
        return None
    ends = window_end(step, entered, calendar)
    if step.window_unit is WindowUnit.WORKING_DAYS:
        left = calendar.between(today, ends)
    else:
        left = (ends - today).days
    return Countdown(ends, max(0, left), step.window_unit)


def ahead(
    steps: Sequence[Kind],
    current: Kind | None,
    entered: date | None,
    today: date,
    calendar: Calendar,
) -> list[Ahead[Kind]]:
    """The stages that follow up to the goal, each with the first day on which it can begin.

    Nothing begins before today, nor before the windows before it are over. `steps` are in their
    order; before the first stage all of them follow. Off the usual way nothing can be foretold.
    """
    if current is not None and current.role is not StageRole.ROUTE:
        return []
    following = list(_following(steps, current))
    day = max(today, window_end(current, entered or today, calendar)) if current else today
    if current is not None and entered is None:
        day = today  # how much of its window is over is not known
    found = []
    for step in following:
        found.append(Ahead(step, day))
        day = window_end(step, day, calendar)
    return found


def _following(steps: Sequence[Kind], current: Kind | None) -> Iterator[Kind]:
    passed = current is None
    for step in steps:
        if passed and not step.is_retired and step.role in {StageRole.ROUTE, StageRole.GOAL}:
            yield step
            if step.role is StageRole.GOAL:
                return
        passed = passed or step == current


def phases(steps: Sequence[Kind]) -> list[tuple[str, list[Kind]]]:
    """The stages by the part of their code before the dot (40 of 40.20); "" where there is none."""
    return [
        (phase, list(group)) for phase, group in groupby(steps, key=lambda step: _phase(step.code))
    ]


def _phase(code: str) -> str:
    head, dot, _ = code.partition(".")
    return head if dot else ""


def code_of_number(number: int) -> str:
    """A stage as ISO Open Data writes it, 6060, as people do, 60.60; below 100 it is 00.xx."""
    whole, rest = divmod(number, 100)
    return f"{whole:02}.{rest:02}"


class Move(Protocol):
    """A row of the moves, as far as taking back needs it."""

    @property
    def id(self) -> Column: ...
    @property
    def corrects_id(self) -> Column: ...


AnyMove = TypeVar("AnyMove", bound=Move)


def standing(moves: Sequence[AnyMove]) -> list[AnyMove]:
    """The moves that count: neither taken back nor a taking back."""
    gone = {move.corrects_id for move in moves}
    return [move for move in moves if move.corrects_id is None and move.id not in gone]
