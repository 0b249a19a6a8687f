"""What may be done with a report."""

from tracker.models import Group
from tracker.policies.actor import Actor
from tracker.policies.table import Permission, allows


def write(actor: Actor, group: Group | None) -> bool:
    """Write the report of a group, or the consolidated one (directors and administrators)."""
    if group is None:
        return actor.is_administrator or actor.is_director
    return allows(actor, Permission.WRITE_REPORT, group_id=group.id)


def approve(actor: Actor, group: Group | None) -> bool:
    """Approve or return a submitted report."""
    return allows(actor, Permission.APPROVE_REPORT, group_id=group.id if group else None)
