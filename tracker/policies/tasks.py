"""What may be done with a task."""

from sqlalchemy import ColumnElement, or_, select, true

from tracker.models import Participant, Task
from tracker.policies.actor import Actor
from tracker.policies.table import Permission, allows


def is_mine(actor: Actor, task: Task) -> bool:
    """Owned by the actor or shared with them."""
    return task.owner_id == actor.person_id or task.id in actor.shared_task_ids


def mine(actor: Actor) -> ColumnElement[bool]:
    """The same as a condition; it is as short however much was ever shared."""
    owned = Task.owner_id == actor.person_id
    if not actor.shared_task_ids:
        return owned  # answered by the index of owners alone
    shared = select(Participant.task_id).where(Participant.person_id == actor.person_id)
    return or_(owned, Task.id.in_(shared))


def update(actor: Actor, task: Task) -> bool:
    """Change status, progress and forecast; confirm that it still stands.

    Whose it is may, with or without a post in the group: imported owners often have none.
    """
    return allows(
        actor, Permission.UPDATE_TASK, group_id=task.group_id, is_own=is_mine(actor, task)
    )


def edit(actor: Actor, task: Task) -> bool:
    """Change what the task is: title, owner, units, result."""
    own = actor.person_id in {task.owner_id, task.created_by_id}
    return allows(actor, Permission.EDIT_TASK, group_id=task.group_id, is_own=own)


def approve(actor: Actor, task: Task) -> bool:
    """Approve a task that was submitted as finished."""
    return allows(actor, Permission.APPROVE_TASK, group_id=task.group_id)


def approvable_by(actor: Actor) -> ColumnElement[bool]:
    """The same as a condition; what one may approve, one may see."""
    if allows(actor, Permission.APPROVE_TASK):
        return true()
    groups = (
        group_id
        for group_id in actor.posts
        if allows(actor, Permission.APPROVE_TASK, group_id=group_id)
    )
    return Task.group_id.in_(sorted(groups))


def move_due(actor: Actor, task: Task) -> bool:
    """Move the approved due date, with a reason."""
    return allows(actor, Permission.MOVE_DATE, group_id=task.group_id)


def arrange(actor: Actor, task: Task) -> bool:
    """Reorder, move to another milestone, delete."""
    return allows(actor, Permission.SHAPE_PLAN, group_id=task.group_id)
