"""What a person put off looking at, and until when. Nobody else's is ever read."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import func, select

from tracker.extensions import db
from tracker.lib.attention import Hide
from tracker.models import AttentionHide
from tracker.policies import decisions as may
from tracker.policies.actor import Actor


def last(actor: Actor) -> datetime | None:
    """When the actor last put something off or back; None for who never did."""
    return db.session.scalar(
        select(func.max(AttentionHide.at)).where(AttentionHide.person_id == actor.person_id)
    )


def of(actor: Actor, today: date) -> Mapping[str, Hide]:
    """What the actor does not want to see today, by subject."""
    if not may.hide(actor):
        return {}
    rows = db.session.scalars(
        select(AttentionHide).where(
            AttentionHide.person_id == actor.person_id, AttentionHide.until > today
        )
    )
    return {row.subject: Hide(row.subject, row.until, row.note, tuple(row.gravity)) for row in rows}


def find(person_id: int, subject: str) -> AttentionHide | None:
    """What the person once said about the subject."""
    return db.session.scalar(
        select(AttentionHide).where(
            AttentionHide.person_id == person_id, AttentionHide.subject == subject
        )
    )
