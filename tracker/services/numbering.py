"""Codes such as HAL-47: one counter a group and kind, numbers never reused."""

from sqlalchemy import update

from tracker.extensions import db
from tracker.lib import codes
from tracker.models import Counter, Group

TASK, MILESTONE, DELIVERABLE = "task", "milestone", "deliverable"


def next_code(group: Group, kind: str) -> str:
    """The next code of the group for that kind."""
    number = db.session.scalar(
        update(Counter)
        .where(Counter.group_id == group.id, Counter.kind == kind)
        .values(last=Counter.last + 1)
        .returning(Counter.last)
    )
    if number is None:
        number = 1
        db.session.add(Counter(group_id=group.id, kind=kind, last=number))
        db.session.flush()  # the row must exist before the next code is asked for
    match kind:
        case "task":
            return codes.task_code(group.key, number)
        case "milestone":
            return codes.milestone_code(group.key, number)
        case _:
            return codes.deliverable_code(group.key, number)
