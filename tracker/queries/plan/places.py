"""Where a task or a milestone can be put."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import select

from tracker.extensions import db
from tracker.models import Milestone, Strand, Task, Workstream
from tracker.queries.groups import Standing, StrandMark


class Target(NamedTuple):
    """A place a task can be moved to: a milestone, or a workstream with no milestone."""

    value: str
    strand: Strand
    title: str | None
    is_closed: bool = False


def targets(standing: Standing) -> tuple[tuple[Strand, tuple[Target, ...]], ...]:
    """By strand: the workstream itself (no milestone), then its milestones in order."""
    return tuple((mark.strand, tuple(_targets(mark))) for mark in standing.strands)


def _targets(mark: StrandMark) -> Iterator[Target]:
    yield Target(mark.strand.slug, mark.strand, None)
    for milestone in mark.milestones:
        yield Target(milestone.code, mark.strand, milestone.title, not milestone.is_open)


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
