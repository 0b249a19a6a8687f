"""What may be done with a comment."""

from tracker.models import Comment
from tracker.policies.actor import Actor


def edit(actor: Actor, comment: Comment) -> bool:
    """Put it otherwise or take it back: its author alone, while it stands."""
    return comment.author_id == actor.person_id and comment.deleted_at is None
