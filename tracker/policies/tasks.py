"""What may be done with a task."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Integer, bindparam, or_, select, true

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


@dataclass(frozen=True)
class Desk:
    """Of what kind the conditions on one's work are; `files` says whose work it is.

    Statements are made once for each kind, so that indexes answer the plainest ones.
    """

    has_shared: bool
    approves_everything: bool

    @classmethod
    def of(cls, actor: Actor) -> "Desk":
        """That of the actor."""
        return cls(bool(actor.shared_task_ids), allows(actor, Permission.APPROVE_TASK))

    @property
    def mine(self) -> ColumnElement[bool]:
        """As `is_mine`; it is as short however much was ever shared."""
        person_id = bindparam("person_id", type_=Integer)
        owned = Task.owner_id == person_id
        if not self.has_shared:
            return owned  # answered by the index of owners alone
        shared = select(Participant.task_id).where(Participant.person_id == person_id)
        return or_(owned, Task.id.in_(shared))

    @property
    def approvable(self) -> ColumnElement[bool]:
        """As `approve`; what one may approve, one may see."""
        if self.approves_everything:
            return true()
        return Task.group_id.in_(bindparam("approved_group_ids", expanding=True))


def files(actor: Actor) -> dict[str, object]:
    """What the conditions of a `Desk` have to know of the actor."""
    return {
        "person_id": actor.person_id,
        "approved_group_ids": sorted(
            group_id
            for group_id in actor.posts
            if allows(actor, Permission.APPROVE_TASK, group_id=group_id)
        ),
    }


def move_due(actor: Actor, task: Task) -> bool:
    """Move the approved due date, with a reason."""
    return allows(actor, Permission.MOVE_DATE, group_id=task.group_id)


def arrange(actor: Actor, task: Task) -> bool:
    """Reorder, move to another milestone, delete."""
    return allows(actor, Permission.SHAPE_PLAN, group_id=task.group_id)
