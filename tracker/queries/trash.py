"""What lies in the trash, and for how long yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, false, func, select, true, union_all
from sqlalchemy.orm import joinedload

from tracker.extensions import db
from tracker.models import Deliverable, Group, Milestone, Task, Trash
from tracker.policies.actor import Actor
from tracker.policies.table import Permission, allows

KEPT = timedelta(days=30)


@dataclass(frozen=True)
class Thrown:
    """One deletion: what went, who did it, and how many days are left."""

    trash: Trash
    group: Group
    things: int
    days_left: int


def find(actor: Actor, trash_id: int) -> Trash | None:
    """A deletion the actor may take back."""
    return db.session.scalar(select(Trash).where(Trash.id == trash_id, _restorable_by(actor)))


def listing(actor: Actor, now: datetime) -> Sequence[Thrown]:
    """What the actor may bring back, the latest first."""
    rows = db.session.execute(
        select(Trash, Group)
        .join(Group, Group.id == Trash.group_id)
        .options(joinedload(Trash.person))
        .where(Trash.purged_at.is_(None), Trash.restored_at.is_(None), _restorable_by(actor))
        .order_by(Trash.at.desc(), Trash.id.desc())
    ).all()
    sizes = _sizes([trash.id for trash, _ in rows])
    return [
        Thrown(trash, group, sizes.get(trash.id, 0), _days_left(trash.at, now))
        for trash, group in rows
    ]


def _days_left(at: datetime, now: datetime) -> int:
    """Days begun count: what was just thrown away has them all."""
    return max(0, -((now - at - KEPT) // timedelta(days=1)))


def _restorable_by(actor: Actor) -> ColumnElement[bool]:
    """As `policies.groups.shape_plan`, for all groups at once."""
    if allows(actor, Permission.SHAPE_PLAN):
        return true()
    own = [id_ for id_ in actor.posts if allows(actor, Permission.SHAPE_PLAN, group_id=id_)]
    return Trash.group_id.in_(own) if own else false()


def _sizes(trash_ids: Sequence[int]) -> dict[int, int]:
    things = union_all(
        select(Task.trash_id).where(Task.trash_id.in_(trash_ids)),
        select(Milestone.trash_id).where(Milestone.trash_id.in_(trash_ids)),
        select(Deliverable.trash_id).where(Deliverable.trash_id.in_(trash_ids)),
    ).subquery()
    rows = db.session.execute(
        select(things.c.trash_id, func.count()).group_by(things.c.trash_id)
    ).all()
    return {row[0]: row[1] for row in rows}
