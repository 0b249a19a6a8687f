"""Who says how a workstream stands."""

from tracker.models import Group
from tracker.policies.actor import Actor
from tracker.policies.table import Permission, allows


def declare(actor: Actor, group: Group) -> bool:
    """Declare or confirm the health of a workstream of the group."""
    return allows(actor, Permission.DECLARE_HEALTH, group_id=group.id)
