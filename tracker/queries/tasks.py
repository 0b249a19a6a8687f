"""Tasks: one by its code, and what stands round it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import contains_eager, joinedload

from tracker.extensions import db
from tracker.lib.lateness import Lateness, lateness
from tracker.lib.slip import Slip, slip
from tracker.lib.text import initials
from tracker.models import (
    Baseline,
    BaselineItem,
    Change,
    Confirmation,
    CooperatingUnit,
    Participant,
    Person,
    Task,
    TaskStatus,
    Unit,
)
from tracker.policies import groups as may
from tracker.policies.actor import Actor
from tracker.queries import settings
from tracker.queries.confirmations import stale_days

WITH_ALL = (
    joinedload(Task.workstream),
    joinedload(Task.milestone),
    joinedload(Task.parent),
    joinedload(Task.owner),
    joinedload(Task.lead_unit),
)


@dataclass(frozen=True)
class Confirmed:
    """Who said last that it still stands, and when."""

    name: str
    at: datetime


@dataclass(frozen=True)
class Approved:
    """The day that was last approved, and by which document."""

    number: int
    document_number: str
    document_date: date
    day: date | None


@dataclass(frozen=True, kw_only=True)
class Details:
    """What a task's page says beyond its own columns, judged for a day."""

    lateness: Lateness | None
    days_late: int
    approved: Approved | None
    slip: Slip | None
    first_due: date | None
    cooperating: Sequence[Unit]
    participants: Sequence[Person]
    parts: Sequence[Task]
    confirmed: Confirmed | None
    stale_days: int
    missing: Sequence[str]
    initials: str = ""

    @property
    def parts_done(self) -> int:
        """How many subtasks are finished."""
        return sum(part.status is TaskStatus.DONE for part in self.parts)

    @property
    def tone(self) -> str:
        """The colour that the lateness calls for; empty when the status says it all."""
        match self.lateness:
            case Lateness.OVERDUE:
                return "late"
            case Lateness.DUE_SOON:
                return "risk"
        return ""


def find(actor: Actor, code: str) -> Task | None:
    """The task of that code with what it hangs on, if the actor may see it; not from the trash."""
    return db.session.scalar(_by_code(), {"code": code.upper(), **may.sight(actor)})


@cache
def _by_code() -> Select[Task]:
    return (
        select(Task)
        .join(Task.group)
        .options(contains_eager(Task.group), *WITH_ALL)
        .where(Task.code == bindparam("code"), Task.deleted_at.is_(None), may.visible())
        .execution_options(populate_existing=True)
    )


def details(task: Task, today: date) -> Details:
    """The rest of the task's page; the same number of queries for every task."""
    calendar, approved = settings.calendar(), _approved(task)
    judged = lateness(
        status_is_done=task.status is TaskStatus.DONE,
        due=task.due,
        finished_on=task.finished_on,
        today=today,
        calendar=calendar,
    )
    ends = task.finished_on or today
    expected = task.finished_on or task.forecast or task.due
    return Details(
        lateness=None if task.status is TaskStatus.DROPPED else judged,
        days_late=max(0, (ends - task.due).days) if task.due else 0,
        approved=approved,
        slip=slip(approved.day if approved else task.due, expected, calendar),
        first_due=_first_due(task),
        cooperating=_cooperating(task),
        participants=_participants(task),
        parts=parts(task),
        confirmed=_confirmed(task),
        stale_days=stale_days(task, today, calendar) if task.status.is_open else 0,
        missing=missing(task),
        initials=initials(task.owner.full_name) if task.owner else "",
    )


def missing(task: Task) -> Sequence[str]:
    """Which of the "5 rõ" the task lacks, by the names of its columns."""
    wanted = ("owner_id", "title", "due", "result", "lead_unit_id")
    return [field for field in wanted if not getattr(task, field)]


def parts(task: Task) -> Sequence[Task]:
    """The subtasks, in order, with their owners."""
    return db.session.scalars(_parts(), {"task_id": task.id}).all()


@cache
def _parts() -> Select[Task]:
    return (
        select(Task)
        .options(joinedload(Task.owner))
        .where(Task.parent_id == bindparam("task_id"), Task.deleted_at.is_(None))
        .order_by(Task.position, Task.id)
    )


def list_ids(task: Task) -> dict[str, list[int]]:
    """The lists of a task as its form has them."""
    return {
        "cooperating_unit_ids": [unit.id for unit in _cooperating(task)],
        "participant_ids": [person.id for person in _participants(task)],
    }


def _approved(task: Task) -> Approved | None:
    """As it stands in the last approval; one that was added since waits for the next."""
    row = db.session.execute(_approvals(), {"task_id": task.id}).first()
    return Approved(*row) if row else None


@cache
def _approvals() -> Select[int, str, date, date | None]:
    return (
        select(
            Baseline.number,
            Baseline.document_number,
            Baseline.document_date,
            BaselineItem.due,
        )
        .join(BaselineItem, BaselineItem.baseline_id == Baseline.id)
        .where(BaselineItem.kind == "task", BaselineItem.subject_id == bindparam("task_id"))
        .order_by(Baseline.id.desc())
        .limit(1)
    )


def _first_due(task: Task) -> date | None:
    """The due date before it ever moved, or None when it never did."""
    old = db.session.scalar(_moved_due(), {"task_id": task.id})
    first = date.fromisoformat(old) if isinstance(old, str) else None
    return first if first != task.due else None


@cache
def _moved_due() -> Select[object]:
    return (
        select(Change.old)
        .where(
            Change.kind == "task",
            Change.subject_id == bindparam("task_id"),
            Change.field == "due",
            Change.reason.is_not(None),
        )
        .order_by(Change.id)
        .limit(1)
    )


def _cooperating(task: Task) -> Sequence[Unit]:
    return db.session.scalars(_units(), {"task_id": task.id}).all()


@cache
def _units() -> Select[Unit]:
    return (
        select(Unit)
        .join(CooperatingUnit, CooperatingUnit.unit_id == Unit.id)
        .where(CooperatingUnit.task_id == bindparam("task_id"))
        .order_by(CooperatingUnit.position)
    )


def _participants(task: Task) -> Sequence[Person]:
    return db.session.scalars(_persons(), {"task_id": task.id}).all()


@cache
def _persons() -> Select[Person]:
    return (
        select(Person)
        .join(Participant, Participant.person_id == Person.id)
        .where(Participant.task_id == bindparam("task_id"))
        .order_by(Person.sort_key)
    )


def _confirmed(task: Task) -> Confirmed | None:
    row = db.session.execute(_confirmation(), {"task_id": task.id}).first()
    return Confirmed(*row) if row else None


@cache
def _confirmation() -> Select[str, datetime]:
    return (
        select(Person.full_name, Confirmation.at)
        .join(Person, Person.id == Confirmation.person_id)
        .where(Confirmation.task_id == bindparam("task_id"))
        .order_by(Confirmation.at.desc())
        .limit(1)
    )
