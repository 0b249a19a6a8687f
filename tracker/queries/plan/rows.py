"""A task as a line of a list or a card, whatever the list."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from sqlalchemy import Integer, bindparam, cast, func, select
from sqlalchemy.orm import aliased

from tracker.extensions import db
from tracker.lib.text import initials
from tracker.models import (
    Comment,
    Directive,
    Group,
    Milestone,
    Person,
    Priority,
    Strand,
    Task,
    TaskStatus,
    Unit,
    Workstream,
)
from tracker.policies import groups as may
from tracker.policies import task_rows as rights_of
from tracker.policies.actor import Actor
from tracker.policies.task_rows import Rights
from tracker.queries import settings
from tracker.queries.plan.asked import ENDED, Days, days, number, stale_for
from tracker.queries.shapes import AnyRow, Query


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task as a line of a list or a card, with what the reader may do to it."""

    id: int
    code: str
    title: str
    status: TaskStatus
    priority: Priority
    owner_id: int | None
    owner: str | None
    unit: str | None
    due: date | None
    forecast: date | None
    progress: int
    version: int
    milestone_id: int | None
    milestone: str | None
    milestone_code: str | None
    strand: Strand
    parent: str | None
    comments: int
    children: int
    children_done: int
    is_clear: bool
    days_late: int
    stale_days: int
    is_due_soon: bool
    may_update: bool
    may_edit: bool
    may_move_due: bool
    may_arrange: bool
    is_directive: bool = False

    @property
    def is_open(self) -> bool:
        """Neither finished nor dropped."""
        return self.status not in ENDED

    @property
    def has_notes(self) -> bool:
        """Whether there is more to say than title, owner and dates."""
        return bool(
            self.days_late
            or self.stale_days
            or self.comments
            or self.children
            or self.parent
            or self.is_directive
            or (self.is_open and not self.is_clear)
            or self.priority is not Priority.NORMAL
        )

    @property
    def place(self) -> str:
        """Where it stands, as `places.targets` names places."""
        return self.milestone_code or self.strand.slug

    @property
    def initials(self) -> str:
        """Two letters of the owner, for the round picture."""
        return initials(self.owner) if self.owner else ""

    @property
    def tone(self) -> str:
        """The colour of the row where it differs from that of its status."""
        return "risk" if self.days_late and self.status is not TaskStatus.DONE else ""


def task_row(actor: Actor, code: str, today: date) -> TaskRow | None:
    """The row of one task, if the actor may see it; not from the trash."""
    asked = {"code": code.upper(), **may.sight(actor)}
    found = db.session.execute(_by_code(), asked).one_or_none()
    if found is None:
        return None
    rights = rights_of.in_group(actor, found.group_id)
    return row_of(found, rights, days(today, settings.calendar()))


@cache
def _by_code() -> Query:
    return (
        columns()
        .join(Group, Task.group_id == Group.id)
        .where(Task.code == bindparam("code"), Task.deleted_at.is_(None), may.visible())
        .add_columns(Task.group_id)
    )


@cache
def columns() -> Query:
    """What a row is made of, in one statement."""
    child, parent = aliased(Task), aliased(Task)
    children = (
        select(cast(func.count(child.id) * 1000 + number(child.status == TaskStatus.DONE), Integer))
        .where(child.parent_id == Task.id, child.deleted_at.is_(None))
        .correlate(Task)
        .scalar_subquery()
    )
    comments = (
        select(func.count(Comment.id))
        .where(Comment.task_id == Task.id, Comment.deleted_at.is_(None))
        .correlate(Task)
        .scalar_subquery()
    )
    return (
        select(
            Task.id,
            Task.code,
            Task.title,
            Task.status,
            Task.priority,
            Task.owner_id,
            Task.created_by_id,
            Task.lead_unit_id,
            Task.result,
            Task.due,
            Task.forecast,
            Task.finished_on,
            Task.progress,
            func.coalesce(Task.confirmed_at, Task.created_at).label("confirmed_at"),
            Task.version,
            Task.milestone_id,
            Milestone.title.label("milestone"),
            Milestone.code.label("milestone_code"),
            Workstream.strand,
            Person.full_name.label("owner"),
            func.coalesce(Unit.abbreviation, Unit.name).label("unit"),
            parent.code.label("parent"),
            children.label("children"),
            comments.label("comments"),
            Directive.task_id.label("directive_id"),
        )
        .select_from(Task)
        .join(Workstream, Task.workstream_id == Workstream.id)
        .outerjoin(Milestone, Task.milestone_id == Milestone.id)
        .outerjoin(Person, Task.owner_id == Person.id)
        .outerjoin(Unit, Task.lead_unit_id == Unit.id)
        .outerjoin(parent, Task.parent_id == parent.id)
        .outerjoin(Directive, Directive.task_id == Task.id)
    )


def row_of(row: AnyRow, rights: Rights, on: Days) -> TaskRow:
    """One of them, as of a day."""
    status, due, today = row.status, row.due, on.today
    is_open = status not in ENDED
    until = row.finished_on if status is TaskStatus.DONE else today if is_open else None
    return TaskRow(
        id=row.id,
        code=row.code,
        title=row.title,
        status=status,
        priority=row.priority,
        owner_id=row.owner_id,
        owner=row.owner,
        unit=row.unit,
        due=due,
        forecast=row.forecast,
        progress=row.progress,
        version=row.version,
        milestone_id=row.milestone_id,
        milestone=row.milestone,
        milestone_code=row.milestone_code,
        strand=row.strand,
        parent=row.parent,
        comments=row.comments,
        children=row.children // 1000,
        children_done=row.children % 1000,
        is_clear=bool(row.owner_id and due and row.lead_unit_id and row.result),
        days_late=max(0, (until - due).days) if due and until else 0,
        stale_days=stale_for(row.confirmed_at, on) if is_open else 0,
        is_due_soon=bool(is_open and due and today <= due <= on.soon),
        may_update=rights.may_update(row.id, row.owner_id),
        may_edit=rights.may_edit(row.owner_id, row.created_by_id),
        may_move_due=rights.move_due,
        may_arrange=rights.arrange,
        is_directive=row.directive_id is not None,
    )
