"""Which tasks a list is asked for: where, which, in what order; and the same as conditions."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import (
    ColumnElement,
    Date,
    and_,
    bindparam,
    case,
    func,
    or_,
    select,
)

from tracker.lib.dates import local_day
from tracker.lib.freshness import reference, stale_days
from tracker.lib.lateness import DUE_SOON_WORKING_DAYS
from tracker.lib.text import fold
from tracker.lib.workdays import Calendar
from tracker.models import Group, SearchEntry, Task, TaskStatus, Workstream
from tracker.policies.actor import Actor

ENDED = (TaskStatus.DONE, TaskStatus.DROPPED)


class Due(StrEnum):
    """Lateness as a filter."""

    OVERDUE = "overdue"
    SOON = "soon"
    LATE = "late"
    NONE = "none"


class Sort(StrEnum):
    """The order of a list; by the plan means under the milestones."""

    PLAN = "plan"
    DUE = "due"
    FORECAST = "forecast"
    OWNER = "owner"
    STATUS = "status"
    TITLE = "title"


@dataclass(frozen=True, kw_only=True)
class Filters:
    """Which tasks, in which order, which screen of them; `owner` 0 means nobody's."""

    text: str = ""
    owner: int | None = None
    status: TaskStatus | None = None
    due: Due | None = None
    clear: bool | None = None
    sort: Sort = Sort.PLAN
    page: int = 1

    @property
    def is_narrow(self) -> bool:
        """Whether some tasks are left out; then subtasks are looked at too."""
        return bool(
            self.text or self.owner is not None or self.status or self.due or self.clear is not None
        )


@dataclass(frozen=True)
class Scope:
    """A workstream, or with no strand a whole group, as somebody sees it on a day."""

    actor: Actor
    group: Group
    workstream: Workstream | None
    today: date

    @property
    def is_whole(self) -> bool:
        """Whether it is a whole group."""
        return self.workstream is None

    def parameters(self, calendar: Calendar) -> dict[str, object]:
        """What `inside` and `wanted` have to know of it."""
        return {
            "group_id": self.group.id,
            "workstream_id": self.workstream.id if self.workstream else None,
            "today": self.today,
            "soon": soon_until(self.today, calendar),
        }


def inside(*, is_whole: bool) -> ColumnElement[bool]:
    """The tasks of a group, or of a workstream; those in the trash left out."""
    place = (
        Task.group_id == bindparam("group_id")
        if is_whole
        else Task.workstream_id == bindparam("workstream_id")
    )
    return and_(place, Task.deleted_at.is_(None))


def wanted(filters: Filters, *, is_whole: bool) -> ColumnElement[bool]:
    """The tasks there that the filters leave."""
    conditions = [inside(is_whole=is_whole)]
    if not filters.is_narrow:
        conditions.append(Task.parent_id.is_(None))
    if filters.owner is not None:
        conditions.append(Task.owner_id == (filters.owner or None))
    if filters.status:
        conditions.append(Task.status == filters.status)
    if filters.due:
        conditions.append(_due(filters.due))
    if filters.clear is not None:
        conditions.append(is_clear() if filters.clear else and_(~is_clear(), is_open()))
    if filters.text:
        conditions.append(_says(filters.text))
    return and_(*conditions)


def _due(due: Due) -> ColumnElement[bool]:
    today = bindparam("today", type_=Date)
    match due:
        case Due.OVERDUE:
            return and_(is_open(), Task.due < today)
        case Due.SOON:
            return and_(is_open(), Task.due.between(today, bindparam("soon", type_=Date)))
        case Due.LATE:
            return or_(
                and_(is_open(), Task.due < today),
                and_(Task.status == TaskStatus.DONE, Task.finished_on > Task.due),
            )
        case Due.NONE:
            return Task.due.is_(None)


class Days(NamedTuple):
    """The days that a row is judged by.

    `soon` is the last day that counts as due soon, `since` the cut-off after which everything
    should be confirmed.
    """

    today: date
    soon: date
    since: date


def stale_for(confirmed_at: datetime, on: Days) -> int:
    """For how many days nobody has confirmed an open item; 0 while it is fresh."""
    return stale_days(local_day(confirmed_at), on.today, on.since)


def days(today: date, calendar: Calendar) -> Days:
    """Those of a day."""
    return Days(today, soon_until(today, calendar), reference(today, calendar))


def soon_until(today: date, calendar: Calendar) -> date:
    """The last day that counts as due soon."""
    return calendar.add(today, DUE_SOON_WORKING_DAYS + 1) - timedelta(days=1)


def is_open() -> ColumnElement[bool]:
    return Task.status.not_in(ENDED)


def is_clear() -> ColumnElement[bool]:
    """As `Task.is_clear`."""
    return and_(
        Task.owner_id.is_not(None),
        Task.due.is_not(None),
        Task.lead_unit_id.is_not(None),
        func.coalesce(Task.result, "") != "",
    )


def _says(text: str) -> ColumnElement[bool]:
    entries = select(SearchEntry.subject_id).where(
        SearchEntry.kind == "task",
        SearchEntry.group_id == bindparam("group_id"),
        *(SearchEntry.folded.contains(word, autoescape=True) for word in fold(text).split()),
    )
    return Task.id.in_(entries)


def number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """How many rows of a group it is true for."""
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)
