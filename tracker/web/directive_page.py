"""What the templates of a directive take, wherever its task is shown, and who may edit the task."""

from tracker import policies as may
from tracker.models import Task
from tracker.queries import directives as read
from tracker.queries import meeting_entries as entries
from tracker.web import clock
from tracker.web.authorization import actor


def of_task(task: Task) -> dict[str, object]:
    """For `directives/_source.html`: who gave the task, and who of the unit could do it."""
    directive = read.of_task(task)
    waits = directive is not None and task.owner_id is None and task.status.is_open
    offered = waits and may.directives.edit_task(actor(), task, directive)
    return {
        "directive": directive,
        "given_in": entries.of_task(actor(), task.id) if directive else None,
        "unit_people": read.people_of(task.lead_unit_id, clock.today()) if offered else (),
    }


def may_edit(task: Task) -> bool:
    """Whether the reader edits the task: as any task, or as a director a directive."""
    who = actor()
    return may.tasks.edit(who, task) or (
        may.directives.give(who) and may.directives.edit(who, read.of_task(task))
    )
