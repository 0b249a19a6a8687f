"""Milestones: one by its code, and lists of them."""

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from tracker.extensions import db
from tracker.models import Milestone
from tracker.policies import groups as may
from tracker.policies.actor import Actor


def find(actor: Actor, code: str) -> Milestone | None:
    """The milestone of that code, if the actor may see it; not from the trash."""
    return db.session.scalar(
        select(Milestone)
        .join(Milestone.group)
        .options(contains_eager(Milestone.group), joinedload(Milestone.workstream))
        .where(
            Milestone.code == code.upper(),
            Milestone.deleted_at.is_(None),
            may.visible_to(actor),
        )
    )
