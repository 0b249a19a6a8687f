"""What a review meeting sees of one workstream: what is late, stuck, moved and in the way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import func, or_, select

from tracker.extensions import db
from tracker.models import (
    Change,
    DateMove,
    Milestone,
    MoveReason,
    Person,
    Risk,
    RiskKind,
    Task,
    TaskStatus,
    Unit,
)

SHOWN = 6


class Work(NamedTuple):
    """A task that is overdue or blocked."""

    code: str
    title: str
    owner: str | None
    unit: str | None
    due: date | None
    status: TaskStatus


class Moved(NamedTuple):
    """A date that moved since the last meeting, and why; `days` later is more."""

    kind: str
    code: str
    title: str
    to_day: date
    days: int
    reason: MoveReason | None
    sentence: str | None


class Trouble(NamedTuple):
    """A difficulty or a risk that is open."""

    code: str
    title: str
    kind: RiskKind
    response: str


@dataclass(frozen=True)
class Facts:
    """The lists on the screen of a workstream, the longest waiting first, cut to what fits."""

    work: Sequence[Work] = ()
    moved: Sequence[Moved] = ()
    troubles: Sequence[Trouble] = ()


def of_workstream(workstream_id: int, today: date, since: date | None) -> Facts:
    """In three statements, whatever there is."""
    return Facts(
        _work(workstream_id, today), _moved(workstream_id, since), _troubles(workstream_id)
    )


def _work(workstream_id: int, today: date) -> Sequence[Work]:
    is_open = Task.status.not_in((TaskStatus.DONE, TaskStatus.DROPPED))
    rows = db.session.execute(
        select(Task.code, Task.title, Person.full_name, Unit.name, Task.due, Task.status)
        .outerjoin(Person, Person.id == Task.owner_id)
        .outerjoin(Unit, Unit.id == Task.lead_unit_id)
        .where(
            Task.workstream_id == workstream_id,
            Task.deleted_at.is_(None),
            Task.parent_id.is_(None),
            or_(is_open & (Task.due < today), Task.status == TaskStatus.BLOCKED),
        )
        .order_by(Task.due.is_(None), Task.due, Task.id)
        .limit(SHOWN)
    )
    return [Work(*row) for row in rows]


def _moved(workstream_id: int, since: date | None) -> Sequence[Moved]:
    if since is None:
        return []
    rows = db.session.execute(
        select(
            DateMove.kind,
            DateMove.code,
            func.coalesce(Task.title, Milestone.title, ""),
            DateMove.to_day,
            DateMove.days,
            DateMove.reason,
            Change.sentence,
        )
        .join(Change, Change.id == DateMove.change_id)
        .outerjoin(Task, Task.code == DateMove.code)
        .outerjoin(Milestone, Milestone.code == DateMove.code)
        .where(DateMove.workstream_id == workstream_id, DateMove.moved_on >= since)
        .order_by(DateMove.days.desc(), DateMove.change_id)
        .limit(SHOWN)
    )
    return [Moved(*row) for row in rows]


def _troubles(workstream_id: int) -> Sequence[Trouble]:
    rows = db.session.execute(
        select(Risk.code, Risk.title, Risk.kind, Risk.response)
        .where(Risk.workstream_id == workstream_id, Risk.closed_on.is_(None))
        .order_by((Risk.likelihood * Risk.impact).desc(), Risk.id)
        .limit(SHOWN)
    )
    return [Trouble(*row) for row in rows]
