"""What may be done with a deliverable: the structure of the plan, so whoever shapes the plan."""

from tracker.models import Deliverable
from tracker.policies.actor import Actor
from tracker.policies.table import Permission, allows


def edit(actor: Actor, deliverable: Deliverable) -> bool:
    """Change it, bring it to a stage, make its milestones, delete it."""
    return allows(actor, Permission.SHAPE_PLAN, group_id=deliverable.group_id)
