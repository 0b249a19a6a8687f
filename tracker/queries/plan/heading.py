"""The heading of a milestone in the list, by itself."""

from dataclasses import replace
from datetime import date
from functools import cache

from sqlalchemy import Select, bindparam, select

from tracker.extensions import db
from tracker.models import Milestone, Task, TaskStatus, Workstream
from tracker.queries import settings
from tracker.queries.plan.asked import days, number
from tracker.queries.plan.listing import Section, head_of


def heading(workstream: Workstream, milestone: Milestone | None, today: date) -> Section:
    """As `listing.page` has it, without rows; with no milestone that of the tasks outside any."""
    place = {
        "workstream_id": workstream.id,
        "milestone_id": milestone.id if milestone else None,
    }
    done, total = db.session.execute(_counts(), place).one()
    if milestone is None:
        return Section(None, None, None, done=done, total=total)
    head = head_of(milestone, days(today, settings.calendar()))
    return replace(head, done=done, total=total)


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
