"""What may be done with a difficulty or a risk."""

from tracker.models import Group, Risk, Workstream
from tracker.policies.actor import Actor
from tracker.policies.table import Permission, allows


def record(actor: Actor, workstream: Workstream) -> bool:
    """Add one to the register of the workstream."""
    return allows(
        actor,
        Permission.RECORD_RISK,
        group_id=workstream.group_id,
        strand=workstream.strand,
    )


def record_in(actor: Actor, group: Group) -> bool:
    """The same in some workstream of the group."""
    return allows(actor, Permission.RECORD_RISK, group_id=group.id)


def edit(actor: Actor, risk: Risk) -> bool:
    """Change it, let it come true, close it and open it again."""
    own = actor.person_id in {risk.owner_id, risk.created_by_id}
    return allows(actor, Permission.EDIT_RISK, group_id=risk.group_id, is_own=own)
