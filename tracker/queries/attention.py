"""What asks for a look across all groups: overdue, blocked and submitted tasks, milestones soon."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, null, select

from tracker.extensions import db
from tracker.lib.paging import SIZE, Page, within
from tracker.models import Group, Milestone, Person, Strand, Task, TaskStatus, Workstream
from tracker.policies import groups as may
from tracker.policies.actor import Actor
from tracker.policies.tasks import Desk, files
from tracker.queries.shapes import Query

SOON = timedelta(days=30)


class Heap(StrEnum):
    """A kind of things to look at."""

    OVERDUE = "overdue"
    BLOCKED = "blocked"
    REVIEW = "review"
    MILESTONES = "milestones"


class Item(NamedTuple):
    """A task or milestone; `day` is why it stands here, `owner` is nobody for a milestone.

    `name` and `name_en` are those of its group.
    """

    code: str
    title: str
    key: str
    name: str
    name_en: str | None
    strand: Strand
    owner: str | None
    day: date | None
    baseline: date | None = None

    @property
    def slip(self) -> int:
        """Days that a milestone is expected after its plan."""
        return (self.day - self.baseline).days if self.day and self.baseline else 0


def page(actor: Actor, heap: Heap, number: int, today: date) -> Page[Item]:
    """One screen of a heap, the longest waiting first; milestones the soonest first."""
    query = _query(actor, heap, today)
    everything = select(func.count()).select_from(query.order_by(None).subquery())
    total = db.session.scalar(everything, files(actor))
    number = within(number, total or 0)
    rows = db.session.execute(query.limit(SIZE).offset((number - 1) * SIZE), files(actor))
    return Page([Item(*row) for row in rows], number, total or 0)


def longest(actor: Actor, heap: Heap, today: date) -> list[Item]:
    """The first screen of a heap, without counting the whole of it."""
    query = _query(actor, heap, today).limit(SIZE)
    return [Item(*row) for row in db.session.execute(query, files(actor))]


def _query(actor: Actor, heap: Heap, today: date) -> Query:
    query = _milestones(today) if heap is Heap.MILESTONES else _tasks(actor, heap, today)
    return query.where(may.visible_to(actor))


def _tasks(actor: Actor, heap: Heap, today: date) -> Query:
    shown = {
        Heap.OVERDUE: Task.due,
        Heap.BLOCKED: Task.status_since,
        Heap.REVIEW: func.coalesce(Task.submitted_on, Task.status_since),
    }[heap]
    return (
        select(
            Task.code,
            Task.title,
            Group.key,
            Group.name,
            Group.name_en,
            Workstream.strand,
            Person.full_name,
            shown,
        )
        .join(Group, Task.group_id == Group.id)
        .join(Workstream, Task.workstream_id == Workstream.id)
        .outerjoin(Person, Task.owner_id == Person.id)
        .where(Task.deleted_at.is_(None), _conditions(actor, today)[heap])
        .order_by(shown, Task.id)
    )


def _conditions(actor: Actor, today: date) -> Mapping[Heap, ColumnElement[bool]]:
    """The overdue and the blocked as the board counts them: without subtasks."""
    is_open = Task.status.not_in((TaskStatus.DONE, TaskStatus.DROPPED))
    is_top = Task.parent_id.is_(None)
    return {
        Heap.OVERDUE: and_(is_top, is_open, Task.due < today),
        Heap.BLOCKED: and_(is_top, Task.status == TaskStatus.BLOCKED),
        Heap.REVIEW: and_(Task.status == TaskStatus.REVIEW, Desk.of(actor).approvable),
    }


def _milestones(today: date) -> Query:
    expected = func.coalesce(Milestone.forecast, Milestone.baseline)
    return (
        select(
            Milestone.code,
            Milestone.title,
            Group.key,
            Group.name,
            Group.name_en,
            Workstream.strand,
            null(),
            expected,
            Milestone.baseline,
        )
        .join(Group, Milestone.group_id == Group.id)
        .join(Workstream, Milestone.workstream_id == Workstream.id)
        .where(_is_soon(today))
        .order_by(expected, Milestone.id)
    )


def _is_soon(today: date) -> ColumnElement[bool]:
    return and_(
        Milestone.deleted_at.is_(None),
        Milestone.closed_on.is_(None),
        func.coalesce(Milestone.forecast, Milestone.baseline).between(today, today + SOON),
    )
