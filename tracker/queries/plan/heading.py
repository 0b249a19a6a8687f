"""The heading of a milestone in the list, by itself."""

from functools import cache

from sqlalchemy import Select, bindparam, select

from tracker.extensions import db
from tracker.models import Milestone, Task, TaskStatus, Workstream
from tracker.queries.plan.asked import number
from tracker.queries.plan.listing import Section


def heading(workstream: Workstream, milestone: Milestone | None) -> Section:
    """As `listing.page` has it, without rows; with no milestone that of the tasks outside any."""
    place = {
        "workstream_id": workstream.id,
        "milestone_id": milestone.id if milestone else None,
    }
    done, total = db.session.execute(_counts(), place).one()
    if milestone is None:
        return Section(None, None, None, done=done, total=total)
    return Section(
        id=milestone.id,
        code=milestone.code,
        title=milestone.title,
        baseline=milestone.baseline,
        forecast=milestone.forecast,
        closed_on=milestone.closed_on,
        version=milestone.version,
        done=done,
        total=total,
    )


@cache
def _counts() -> Select[int, int]:
    return select(
        number(Task.status == TaskStatus.DONE),
        number(Task.status != TaskStatus.DROPPED),
    ).where(
        Task.workstream_id == bindparam("workstream_id"),
        Task.milestone_id.is_not_distinct_from(bindparam("milestone_id")),
        Task.parent_id.is_(None),
        Task.deleted_at.is_(None),
    )
