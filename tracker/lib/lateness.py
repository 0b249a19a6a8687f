"""Whether a task is in time, and the four cells of official statistics."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple, Protocol

from tracker.lib.workdays import Calendar

DUE_SOON_WORKING_DAYS = 3

# The two statuses that end a task; paused and under review are unfinished (product.md).
_DONE, _DROPPED = "done", "dropped"


class Lateness(StrEnum):
    """A task against its due date, always computed, never stored."""

    DONE_ON_TIME = "done_on_time"
    DONE_LATE = "done_late"
    ON_TIME = "on_time"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"


def lateness(
    *,
    status_is_done: bool,
    due: date | None,
    finished_on: date | None,
    today: date,
    calendar: Calendar,
) -> Lateness:
    """Judge one task; without a due date it is in time, and so is one done on an unknown day.

    The due day itself is in time. Due soon: within 3 working days, today's included.
    """
    if status_is_done:
        late = due is not None and finished_on is not None and finished_on > due
        return Lateness.DONE_LATE if late else Lateness.DONE_ON_TIME
    if due is None:
        return Lateness.ON_TIME
    if due < today:
        return Lateness.OVERDUE
    if calendar.between(today, due) <= DUE_SOON_WORKING_DAYS:
        return Lateness.DUE_SOON
    return Lateness.ON_TIME


@dataclass(frozen=True)
class FourCells:
    """Numbers of tasks; the first four are official statistics, dropped ones stand apart.

    Add cells with +; `sum(cells, FourCells())` works.
    """

    done_on_time: int = 0
    done_late: int = 0
    open_on_time: int = 0
    open_overdue: int = 0
    dropped: int = 0

    def __add__(self, other: "FourCells") -> "FourCells":
        return FourCells(
            self.done_on_time + other.done_on_time,
            self.done_late + other.done_late,
            self.open_on_time + other.open_on_time,
            self.open_overdue + other.open_overdue,
            self.dropped + other.dropped,
        )

    @property
    def done(self) -> int:
        """Finished tasks, in time or late."""
        return self.done_on_time + self.done_late

    @property
    def open(self) -> int:
        """Unfinished tasks."""
        return self.open_on_time + self.open_overdue

    @property
    def total(self) -> int:
        """All tasks but the dropped ones: the four cells together."""
        return self.done + self.open

    @property
    def due(self) -> int:
        """Tasks due, the denominator of published percentages: finished and overdue ones."""
        return self.done + self.open_overdue

    @property
    def completed_share(self) -> float | None:
        """Finished of due, 0 to 1; None when nothing was due."""
        return self.done / self.due if self.due else None

    @property
    def overdue_share(self) -> float | None:
        """Overdue of due, 0 to 1; None when nothing was due."""
        return self.open_overdue / self.due if self.due else None


class Countable(Protocol):
    """What is asked of a task to count it; `status` is the value of its status."""

    @property
    def status(self) -> str: ...
    @property
    def due(self) -> date | None: ...
    @property
    def finished_on(self) -> date | None: ...
    @property
    def is_top_level(self) -> bool: ...


class CountedTask(NamedTuple):
    """The plainest countable."""

    status: str
    due: date | None = None
    finished_on: date | None = None
    is_top_level: bool = True


def count(tasks: Iterable[Countable], *, today: date) -> FourCells:
    """Sort top-level tasks into the four cells as of that day; subtasks are not counted."""
    cells = Counter(
        cell(task.status, task.due, task.finished_on, today) for task in tasks if task.is_top_level
    )
    return FourCells(**cells)


def cell(status: str, due: date | None, finished_on: date | None, today: date) -> str:
    """The name of the cell that a task is counted in as of that day."""
    if status == _DROPPED:
        return "dropped"
    if status == _DONE:
        late = due and finished_on and finished_on > due
        return "done_late" if late else "done_on_time"
    return "open_overdue" if due and due < today else "open_on_time"
