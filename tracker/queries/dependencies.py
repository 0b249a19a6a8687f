"""What waits for what: the links of an item, and those among a set of items."""

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import ColumnElement, Row, Select, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from tracker.extensions import db
from tracker.lib.schedule import Link
from tracker.models import Dependency
from tracker.models.dependencies import Key

LinkRow = Row[tuple[int | None, int | None, int | None, int | None, int]]
LINKS: Select[tuple[int | None, int | None, int | None, int | None, int]] = select(
    Dependency.predecessor_task_id,
    Dependency.predecessor_milestone_id,
    Dependency.successor_task_id,
    Dependency.successor_milestone_id,
    Dependency.lag,
)


def among(keys: Collection[Key]) -> Sequence[Link[Key]]:
    """The links whose ends are both among those items, each given by kind and id; one query."""
    tasks, milestones = _ids(keys, "task"), _ids(keys, "milestone")
    before = _is_one_of(
        Dependency.predecessor_task_id, tasks, Dependency.predecessor_milestone_id, milestones
    )
    after = _is_one_of(
        Dependency.successor_task_id, tasks, Dependency.successor_milestone_id, milestones
    )
    return links(db.session.execute(LINKS.where(before, after).order_by(Dependency.id)))


def links(rows: Iterable[LinkRow]) -> list[Link[Key]]:
    """Rows of `LINKS` as the schedule takes them."""
    return [
        Link(
            ("task", task) if task is not None else ("milestone", milestone or 0),
            ("task", later_task) if later_task is not None else ("milestone", later or 0),
            lag,
        )
        for task, milestone, later_task, later, lag in rows
    ]


def _ids(keys: Iterable[Key], kind: str) -> list[int]:
    return [id_ for of_kind, id_ in keys if of_kind == kind]


def _is_one_of(
    task: InstrumentedAttribute[int | None],
    task_ids: Sequence[int],
    milestone: InstrumentedAttribute[int | None],
    milestone_ids: Sequence[int],
) -> ColumnElement[bool]:
    return or_(task.in_(task_ids), milestone.in_(milestone_ids))
