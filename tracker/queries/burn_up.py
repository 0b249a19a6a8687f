"""How much of the work of a group or workstream was finished, week by week, and when the rest is.

From the tasks as they stand (top-level ones; subtasks are parts of them): a task counts from the
day it was entered until it was dropped or thrown away, as finished from the day it was finished.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select

from tracker.extensions import db
from tracker.lib.burn_up import ENOUGH, WEEKS, Range, weeks_until
from tracker.lib.dates import local_day, week_start
from tracker.models import Group, Task, TaskStatus, Workstream

ITEMS = 20
_WEEK = timedelta(days=7)


class Item(NamedTuple):
    """A task that is not finished."""

    code: str
    title: str
    due: date | None


@dataclass(frozen=True)
class BurnUp:
    """Finished tasks and all tasks at the end of each week (Sundays; the last day is today).

    `likely` and `safe` are the days by which the rest is done with 50 % and with 85 %; None where
    nothing can be said: too few are finished, or it would take more than five years. `items` are
    the next of those that are left.
    """

    ends: tuple[date, ...]
    finished: tuple[int, ...]
    scope: tuple[int, ...]
    likely: date | None
    safe: date | None
    items: tuple[Item, ...]

    @property
    def remaining(self) -> int:
        """How many are left."""
        return self.scope[-1] - self.finished[-1]

    @property
    def has_too_few(self) -> bool:
        """Whether too few are finished to say when the rest will be."""
        return self.finished[-1] < ENOUGH


def burn_up(group: Group, workstream: Workstream | None, today: date) -> BurnUp:
    """The last half a year, or since the first task was entered."""
    inside = Task.workstream_id == workstream.id if workstream else Task.group_id == group.id
    entered, gone, finished = _days(inside)
    ends = _ends(entered, today)
    done = tuple(bisect_right(finished, end) for end in ends)
    scope = tuple(bisect_right(entered, end) - bisect_right(gone, end) for end in ends)
    range_ = Range(None, None)
    if done[-1] >= ENOUGH:
        # The last step is to today: a week that is not over says too little of itself.
        weekly = [later - earlier for earlier, later in pairwise(done[:-1])]
        range_ = weeks_until(scope[-1] - done[-1], weekly)
    likely, safe = (today + _WEEK * weeks if weeks is not None else None for weeks in range_)
    return BurnUp(ends, done, scope, likely, safe, _left(inside))


def _ends(entered: Sequence[date], today: date) -> tuple[date, ...]:
    """The Sundays of the last weeks since there were tasks, and today."""
    monday = week_start(today)
    first = week_start(entered[0]) if entered else monday
    weeks = min((monday - first) // _WEEK, WEEKS)
    sundays = (monday - timedelta(days=1) - _WEEK * back for back in range(weeks, -1, -1))
    return (*sundays, today)


def _days(inside: ColumnElement[bool]) -> tuple[list[date], list[date], list[date]]:
    """When tasks were entered, dropped or thrown away, and finished; each in order."""
    entered, gone, finished = [], [], []
    for created_at, deleted_at, status, since, finished_on in db.session.execute(
        select(
            Task.created_at, Task.deleted_at, Task.status, Task.status_since, Task.finished_on
        ).where(inside, Task.parent_id.is_(None))
    ):
        # What was finished before it was entered here was work before, too.
        is_done = status is TaskStatus.DONE and deleted_at is None
        done = finished_on or since
        begun = local_day(created_at)
        entered.append(min(begun, done) if is_done else begun)
        if is_done:
            finished.append(done)
        elif deleted_at is not None:
            gone.append(local_day(deleted_at))
        elif status is TaskStatus.DROPPED:
            gone.append(max(since, begun))
    return sorted(entered), sorted(gone), sorted(finished)


def _left(inside: ColumnElement[bool]) -> tuple[Item, ...]:
    expected = func.coalesce(Task.forecast, Task.due)
    rows = db.session.execute(
        select(Task.code, Task.title, expected)
        .where(
            inside,
            Task.parent_id.is_(None),
            Task.deleted_at.is_(None),
            Task.status.not_in((TaskStatus.DONE, TaskStatus.DROPPED)),
        )
        .order_by(expected.is_(None), expected, Task.id)
        .limit(ITEMS)
    )
    return tuple(Item(*row) for row in rows)
