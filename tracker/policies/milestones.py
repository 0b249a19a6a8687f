"""What may be done with a milestone."""

from tracker.models import Milestone
from tracker.policies.actor import Actor
from tracker.policies.table import Permission, allows


def edit(actor: Actor, milestone: Milestone) -> bool:
    """Change, close with evidence, reopen, delete."""
    return allows(actor, Permission.SHAPE_PLAN, group_id=milestone.group_id)


def move_forecast(actor: Actor, milestone: Milestone) -> bool:
    """Move the forecast, with a reason."""
    return allows(actor, Permission.MOVE_DATE, group_id=milestone.group_id)
