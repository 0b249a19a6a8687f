"""What may be done with a directive besides what may be done with any task."""

from tracker.models import Directive, Task
from tracker.policies import tasks
from tracker.policies.actor import Actor
from tracker.policies.table import Permission, allows


def give(actor: Actor) -> bool:
    """Give one, in any group: the leadership sees them all."""
    return allows(actor, Permission.DECIDE)


def edit(actor: Actor, directive: Directive | None) -> bool:
    """Change what it says, recall it; a task without a directive is none of it.

    Any director may: who gave it may be away, or gone.
    """
    return directive is not None and allows(actor, Permission.EDIT_DIRECTIVE)


def edit_task(actor: Actor, task: Task, directive: Directive | None) -> bool:
    """Edit the task behind it, name its person: whoever edits tasks, and the directors."""
    return tasks.edit(actor, task) or edit(actor, directive)
