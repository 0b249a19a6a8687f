"""The heading of a milestone in the list, by itself."""

from sqlalchemy import select

from tracker.extensions import db
from tracker.models import Milestone, Task, TaskStatus, Workstream
from tracker.queries.plan.asked import number
from tracker.queries.plan.listing import Section


def heading(workstream: Workstream, milestone: Milestone | None) -> Section:
    """As `listing.page` has it, without rows; with no milestone that of the tasks outside any."""
    done, total = db.session.execute(
        select(
            number(Task.status == TaskStatus.DONE),
            number(Task.status != TaskStatus.DROPPED),
        ).where(
            Task.workstream_id == workstream.id,
            Task.milestone_id == (milestone.id if milestone else None),
            Task.parent_id.is_(None),
            Task.deleted_at.is_(None),
        )
    ).one()
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
