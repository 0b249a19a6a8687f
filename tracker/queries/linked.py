"""Milestones and tasks as ends of links: what the schedule reckons with, and how they are shown."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, literal, null, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from tracker.extensions import db
from tracker.lib.schedule import Item
from tracker.lib.workdays import Calendar
from tracker.models import (
    Dependency,
    Group,
    Milestone,
    Person,
    Strand,
    Task,
    TaskStatus,
    Workstream,
)
from tracker.models.dependencies import Key
from tracker.policies import groups as may
from tracker.policies.actor import Actor
from tracker.queries.shapes import Query

# More ids than that are asked for by the links themselves: a statement has room for so many only.
LISTED = 500


class Node(NamedTuple):
    """An item that waits or is waited for. `status` is None for a milestone."""

    key: Key
    code: str
    title: str
    group_id: int
    group_key: str
    strand: Strand
    status: TaskStatus | None
    owner_id: int | None
    owner: str
    start: date | None
    # By the plan: the baseline of a milestone, the due date of a task.
    target: date | None
    forecast: date | None
    over_on: date | None
    is_over: bool
    is_visible: bool

    @property
    def kind(self) -> str:
        """Task or milestone."""
        return self.key[0]

    @property
    def is_dropped(self) -> bool:
        """Whether it was given up: nothing waits for it any more."""
        return self.status is TaskStatus.DROPPED

    @property
    def finish(self) -> date | None:
        """When it was or will be reached, as far as is known."""
        return self.over_on or self.forecast or self.target

    @property
    def slip(self) -> int:
        """Days that it lies after the plan; 0 where either is not known."""
        return (self.finish - self.target).days if self.finish and self.target else 0

    def item(self, calendar: Calendar) -> Item[Key]:
        """As the schedule takes it. A task that has not begun needs the days of its plan."""
        duration = 0
        if self.status is TaskStatus.TODO and self.start and self.target:
            duration = max(0, calendar.between(self.start, self.target))
        return Item(self.key, self.finish, duration, self.target, self.is_over)


def nodes(actor: Actor, keys: Collection[Key]) -> dict[Key, Node]:
    """Those items, less what lies in the trash; one query a kind."""
    found: dict[Key, Node] = {}
    for kind, query, id_, ends in (
        ("milestone", _milestones(actor), Milestone.id, MILESTONE_ENDS),
        ("task", _tasks(actor), Task.id, TASK_ENDS),
    ):
        ids = [of_id for of_kind, of_id in keys if of_kind == kind]
        if ids:
            wanted = set(ids)
            for row in db.session.execute(query.where(_among(id_, ids, ends))):
                if row[0] in wanted:
                    node = Node((kind, row[0]), *row[1:])
                    found[node.key] = node
    return found


def items(nodes_: Iterable[Node], calendar: Calendar) -> Mapping[Key, Item[Key]]:
    """As the schedule takes them. Who waits for what was dropped waits no more."""
    return {node.key: node.item(calendar) for node in nodes_ if not node.is_dropped}


MILESTONE_ENDS = (Dependency.predecessor_milestone_id, Dependency.successor_milestone_id)
TASK_ENDS = (Dependency.predecessor_task_id, Dependency.successor_task_id)


def _among(
    id_: InstrumentedAttribute[int],
    ids: Sequence[int],
    ends: Sequence[InstrumentedAttribute[int | None]],
) -> ColumnElement[bool]:
    if len(ids) <= LISTED:
        return id_.in_(ids)
    return or_(*(id_.in_(select(end).where(end.is_not(None))) for end in ends))


def _milestones(actor: Actor) -> Query:
    return (
        select(
            Milestone.id,
            Milestone.code,
            Milestone.title,
            Milestone.group_id,
            Group.key,
            Workstream.strand,
            null(),
            null(),
            literal(""),
            null(),
            Milestone.baseline,
            Milestone.forecast,
            Milestone.closed_on,
            Milestone.closed_on.is_not(None),
            may.visible_to(actor),
        )
        .join(Group, Group.id == Milestone.group_id)
        .join(Workstream, Workstream.id == Milestone.workstream_id)
        .where(Milestone.deleted_at.is_(None))
    )


def _tasks(actor: Actor) -> Query:
    return (
        select(
            Task.id,
            Task.code,
            Task.title,
            Task.group_id,
            Group.key,
            Workstream.strand,
            Task.status,
            Task.owner_id,
            func.coalesce(Person.full_name, ""),
            Task.start,
            Task.due,
            Task.forecast,
            Task.finished_on,
            Task.status == TaskStatus.DONE,
            may.visible_to(actor),
        )
        .join(Group, Group.id == Task.group_id)
        .join(Workstream, Workstream.id == Task.workstream_id)
        .outerjoin(Person, Person.id == Task.owner_id)
        .where(Task.deleted_at.is_(None))
    )
