"""What may be done with a request for an extension, and who is asked.

Whoever may move a date moves it; the others ask. Asked in the first place are those who lead the
group, and for a milestone the directors too; an administrator may answer but is not troubled.
"""

from sqlalchemy import Boolean, ColumnElement, bindparam, or_

from tracker.models import ExtensionRequest, Group, Milestone, Task
from tracker.policies import milestones, tasks
from tracker.policies.actor import Actor
from tracker.policies.table import Permission, allows


def ask(actor: Actor, item: Task | Milestone) -> bool:
    """Ask for a later date: owner and participants of a task, for a milestone the members of its
    strand. The strand is that of `item.workstream`.
    """
    if isinstance(item, Task):
        if tasks.move_due(actor, item):
            return False
        return allows(actor, Permission.ASK_EXTENSION, is_own=tasks.is_mine(actor, item))
    return allows(
        actor,
        Permission.ASK_MILESTONE_EXTENSION,
        group_id=item.group_id,
        strand=item.workstream.strand,
    ) and not milestones.move_forecast(actor, item)


def answer(actor: Actor, item: Task | Milestone) -> bool:
    """Grant or refuse."""
    return allows(actor, Permission.ANSWER_EXTENSION, group_id=item.group_id)


def answer_in(actor: Actor, group: Group) -> bool:
    """The same of whatever is asked in the group."""
    return allows(actor, Permission.ANSWER_EXTENSION, group_id=group.id)


def withdraw(actor: Actor, request: ExtensionRequest) -> bool:
    """Take it back: who asked, while nobody has answered."""
    return request.is_open and request.asked_by_id == actor.person_id


def asked_of() -> ColumnElement[bool]:
    """What waits for an actor's answer, as a condition on tasks and milestones joined outer.

    The statement is made once for all actors; `files` is asked with it.
    """
    is_asked = bindparam("is_director", type_=Boolean)
    return or_(
        Task.group_id.in_(bindparam("answering_group_ids", expanding=True)),
        Milestone.group_id.in_(bindparam("answering_group_ids", expanding=True)),
        is_asked & ExtensionRequest.milestone_id.is_not(None),
    )


def files(actor: Actor) -> dict[str, object]:
    """What `asked_of` has to know of the actor."""
    return {
        "is_director": actor.is_director,
        "answering_group_ids": sorted(
            group_id
            for group_id in actor.posts
            if allows(actor, Permission.ANSWER_EXTENSION, group_id=group_id)
        ),
    }
