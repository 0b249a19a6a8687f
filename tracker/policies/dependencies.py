"""What may be done with what waits for what."""

from tracker.models import Milestone, Task
from tracker.policies import milestones, tasks
from tracker.policies.actor import Actor
from tracker.policies.table import Permission, allows


def link(actor: Actor, successor: Task | Milestone) -> bool:
    """Say what an item waits for, and take it back: whoever may edit what waits.

    What it waits for must only be seen: waiting asks nothing of it.
    """
    if isinstance(successor, Task):
        return tasks.edit(actor, successor)
    return milestones.edit(actor, successor)


def move_forecast(actor: Actor, thing: Task | Milestone) -> bool:
    """Move its forecast."""
    if isinstance(thing, Task):
        return tasks.update(actor, thing)
    return milestones.move_forecast(actor, thing)


def move(actor: Actor, thing: Task | Milestone) -> bool:
    """Move its forecast or its due date, and so ask what that would push."""
    may_move_due = isinstance(thing, Task) and tasks.move_due(actor, thing)
    return may_move_due or move_forecast(actor, thing)


def push(actor: Actor, *, kind: str, group_id: int, owner_id: int | None, item_id: int) -> bool:
    """Move the forecast of what waits, as if asked for it: an item told without its row."""
    if kind == "milestone":
        return allows(actor, Permission.MOVE_DATE, group_id=group_id)
    is_own = owner_id == actor.person_id or item_id in actor.shared_task_ids
    return allows(actor, Permission.UPDATE_TASK, group_id=group_id, is_own=is_own)
