"""The facts by which workstreams are judged, gathered from the plan as it stands."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from sqlalchemy import String, bindparam, case, func, select, type_coerce

from tracker.extensions import db
from tracker.lib.dates import local_day
from tracker.lib.health import MilestoneFact, TaskFact, WorkstreamFacts, gather
from tracker.models import Milestone, Task, TaskStatus
from tracker.queries.shapes import Query


def of(workstream_ids: Iterable[int]) -> dict[int, WorkstreamFacts]:
    """The facts of each workstream; two queries whatever their number."""
    ids = list(workstream_ids)
    tasks = _tasks(ids)
    milestones = _milestones(ids)
    return {id_: gather(tasks[id_], milestones[id_]) for id_ in ids}


def _tasks(ids: list[int]) -> dict[int, list[TaskFact]]:
    found: dict[int, list[TaskFact]] = defaultdict(list)
    for workstream_id, *fact, confirmed_at in db.session.execute(_task_facts(), {"ids": ids}):
        found[workstream_id].append(TaskFact(*(*fact, local_day(confirmed_at))))
    return found


def _milestones(ids: list[int]) -> dict[int, list[MilestoneFact]]:
    found: dict[int, list[MilestoneFact]] = defaultdict(list)
    for workstream_id, *fact, confirmed_at in db.session.execute(_milestone_facts(), {"ids": ids}):
        found[workstream_id].append(MilestoneFact(*(*fact, local_day(confirmed_at))))
    return found


@cache
def _task_facts() -> Query:
    return select(
        Task.workstream_id,
        Task.code,
        type_coerce(Task.status, String),  # its value is enough, and sooner read
        Task.due,
        Task.start,
        Task.progress,
        case((Task.status == TaskStatus.BLOCKED, Task.status_since)),
        func.coalesce(Task.confirmed_at, Task.created_at),
    ).where(
        Task.workstream_id.in_(bindparam("ids", expanding=True)),
        Task.deleted_at.is_(None),
        Task.parent_id.is_(None),
    )


@cache
def _milestone_facts() -> Query:
    return (
        select(
            Milestone.workstream_id,
            Milestone.code,
            Milestone.title,
            Milestone.baseline,
            Milestone.forecast,
            Milestone.closed_on,
            func.coalesce(Milestone.confirmed_at, Milestone.created_at),
        )
        .where(
            Milestone.workstream_id.in_(bindparam("ids", expanding=True)),
            Milestone.deleted_at.is_(None),
        )
        .order_by(Milestone.position, Milestone.id)
    )
