"""What a person put off looking at, and until when. Nobody else's is ever read."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import func, select

from tracker.extensions import db
from tracker.lib.attention import Hide
from tracker.models import AttentionHide
from tracker.policies.actor import Actor


def last(actor: Actor) -> int:
    """A number that rises with whatever the actor puts off or back; 0 for who never did."""
    found = select(func.max(AttentionHide.id)).where(AttentionHide.person_id == actor.person_id)
    return db.session.scalar(found) or 0


def of(actor: Actor, today: date) -> Mapping[str, Hide]:
    """What the actor does not want to see today, by subject."""
    said = select(func.max(AttentionHide.id)).where(AttentionHide.person_id == actor.person_id)
    rows = db.session.scalars(
        select(AttentionHide).where(
            AttentionHide.id.in_(said.group_by(AttentionHide.subject)), AttentionHide.until > today
        )
    )
    return {row.subject: Hide(row.subject, row.until, row.note, tuple(row.gravity)) for row in rows}
