"""Comments: one by its id, and what it is about."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tracker.extensions import db
from tracker.models import Comment, Deliverable, Milestone, Risk, Task
from tracker.policies.actor import Actor
from tracker.queries import deliverables, milestones, risks, tasks


def find(comment_id: int) -> Comment | None:
    """The comment with its author; ask `thing_of` whether the actor may see it."""
    return db.session.scalar(
        select(Comment).options(joinedload(Comment.author)).where(Comment.id == comment_id)
    )


def thing_of(actor: Actor, comment: Comment) -> Task | Milestone | Deliverable | Risk | None:
    """What it is about, if the actor may see that; not from the trash."""
    if comment.task_id is not None:
        code = db.session.scalar(select(Task.code).where(Task.id == comment.task_id))
        return tasks.find(actor, code) if code else None
    if comment.deliverable_id is not None:
        code = db.session.scalar(
            select(Deliverable.code).where(Deliverable.id == comment.deliverable_id)
        )
        return deliverables.find(actor, code) if code else None
    if comment.risk_id is not None:
        code = db.session.scalar(select(Risk.code).where(Risk.id == comment.risk_id))
        return risks.find(actor, code) if code else None
    code = db.session.scalar(select(Milestone.code).where(Milestone.id == comment.milestone_id))
    return milestones.find(actor, code) if code else None
