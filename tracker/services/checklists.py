"""Ticking the boxes of a checklist, which is Markdown in the description of a task."""

from tracker.adapters import markdown
from tracker.errors import RuleViolationError
from tracker.models import Task
from tracker.services import history, search
from tracker.services.act import Act


def tick(task: Task, number: int, *, on: bool, by: Act, seen: int | None = None) -> None:
    """Tick a box or take the tick away. Refused once somebody has changed the text meanwhile:
    the box of that number may be another one.
    """
    history.as_seen(task, ["description"], seen=seen)
    text = markdown.ticked(task.description, number, on=on)
    if text is None:
        raise RuleViolationError("no_such_box", code=task.code)
    history.change(task, {"description": text}, by=by)
    search.index(task)
