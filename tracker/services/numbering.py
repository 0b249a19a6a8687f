"""Codes such as HAL-47: one counter a group and kind, numbers never reused."""

from functools import cache

from sqlalchemy import Integer, bindparam, update
from sqlalchemy.sql.dml import ReturningUpdate

from tracker.extensions import db
from tracker.lib import codes
from tracker.models import Counter, Group

TASK, MILESTONE, DELIVERABLE, DECISION = "task", "milestone", "deliverable", "decision"
RISK = "risk"


def next_code(group: Group, kind: str) -> str:
    """The next code of the group for that kind."""
    number = reserve(group, kind, 1)
    match kind:
        case "task":
            return codes.task_code(group.key, number)
        case "milestone":
            return codes.milestone_code(group.key, number)
        case "risk":
            return codes.risk_code(group.key, number)
        case "decision":
            return codes.decision_code(group.key, number)
        case _:
            return codes.deliverable_code(group.key, number)


def reserve(group: Group, kind: str, count: int) -> int:
    """Take so many numbers of the group and kind at once; returns the first of them."""
    last = db.session.scalar(_taken(), {"of_group": group.id, "of_kind": kind, "count": count})
    if last is None:
        last = count
        db.session.add(Counter(group_id=group.id, kind=kind, last=last))
        db.session.flush()  # the row must exist before the next code is asked for
    return last - count + 1


@cache
def _taken() -> ReturningUpdate[int]:
    return (
        update(Counter)
        .where(Counter.group_id == bindparam("of_group"), Counter.kind == bindparam("of_kind"))
        .values(last=Counter.last + bindparam("count", type_=Integer))
        .returning(Counter.last)
    )
