"""What may be done with a question to a director. Whoever sees the group sees what it asks."""

from tracker.models import Decision, Group
from tracker.policies.actor import Actor
from tracker.policies.table import Permission, allows, may_anywhere


def ask(actor: Actor, group: Group) -> bool:
    """Put a question for the group."""
    return allows(actor, Permission.ASK_DECISION, group_id=group.id)


def ask_somewhere(actor: Actor) -> bool:
    """Whether there is a group the actor may ask for."""
    return may_anywhere(actor, Permission.ASK_DECISION)


def edit(actor: Actor, decision: Decision) -> bool:
    """Put it otherwise, or take it back, while nobody has answered."""
    return decision.is_open and allows(actor, Permission.ASK_DECISION, group_id=decision.group_id)


def answer(actor: Actor) -> bool:
    """Decide: any director, also one who was not asked."""
    return allows(actor, Permission.DECIDE)


def add_document(actor: Actor, decision: Decision) -> bool:
    """Write down the document of an answer that has none: who decides, and who asks."""
    if decision.decided_on is None or decision.document_number:
        return False
    return answer(actor) or allows(actor, Permission.ASK_DECISION, group_id=decision.group_id)


def hide(actor: Actor) -> bool:
    """Put off looking at something that needs attention: whoever it is shown to for deciding."""
    return answer(actor)
