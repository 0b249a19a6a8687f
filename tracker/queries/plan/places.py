"""Where a task or a milestone can be put."""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from sqlalchemy import bindparam, select

from tracker.extensions import db
from tracker.models import (
    Group,
    Milestone,
    Strand,
    Task,
    Workstream,
)
from tracker.queries.plan.asked import Query


class Target(NamedTuple):
    """A place a task can be moved to: a milestone, or a workstream with no milestone."""

    value: str
    strand: Strand
    title: str | None
    is_closed: bool = False


def targets(group: Group) -> tuple[tuple[Strand, tuple[Target, ...]], ...]:
    """By strand: the workstream itself (no milestone), then its milestones in order."""
    found = {strand: [Target(strand.slug, strand, None)] for strand in Strand}
    for row in db.session.execute(_targets(), {"group_id": group.id}):
        target = Target(row.code, row.strand, row.title, row.closed_on is not None)
        found[row.strand].append(target)
    return tuple((strand, tuple(places)) for strand, places in found.items())


@cache
def _targets() -> Query:
    return (
        select(Milestone.code, Milestone.title, Milestone.closed_on, Workstream.strand)
        .join(Workstream, Milestone.workstream_id == Workstream.id)
        .where(Milestone.group_id == bindparam("group_id"), Milestone.deleted_at.is_(None))
        .order_by(Milestone.position, Milestone.id)
    )


def siblings(task: Task, workstream: Workstream, milestone: Milestone | None) -> Sequence[Task]:
    """The top-level tasks of a milestone, or of none in the workstream, but for `task`."""
    return db.session.scalars(
        select(Task)
        .where(
            Task.workstream_id == workstream.id,
            Task.milestone_id == (milestone.id if milestone else None),
            Task.parent_id.is_(None),
            Task.deleted_at.is_(None),
            Task.id != task.id,
        )
        .order_by(Task.position, Task.id)
    ).all()


def milestones_of(workstream: Workstream) -> Sequence[Milestone]:
    """The milestones of a workstream in their order."""
    return db.session.scalars(
        select(Milestone)
        .where(Milestone.workstream_id == workstream.id, Milestone.deleted_at.is_(None))
        .order_by(Milestone.position, Milestone.id)
    ).all()
