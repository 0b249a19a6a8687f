"""Tasks: one by its code, and lists of them."""

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from tracker.extensions import db
from tracker.models import Task
from tracker.policies import groups as may
from tracker.policies.actor import Actor

WITH_ALL = (
    joinedload(Task.workstream),
    joinedload(Task.milestone),
    joinedload(Task.parent),
    joinedload(Task.owner),
    joinedload(Task.lead_unit),
)


def find(actor: Actor, code: str) -> Task | None:
    """The task of that code with what it hangs on, if the actor may see it; not from the trash."""
    return db.session.scalar(
        select(Task)
        .join(Task.group)
        .options(contains_eager(Task.group), *WITH_ALL)
        .where(Task.code == code.upper(), Task.deleted_at.is_(None), may.visible_to(actor))
    )
