"""What the templates of a task take, wherever a task is shown."""

from flask import url_for

from tracker.forms.comments import CommentForm
from tracker.models import Milestone, Task, TaskStatus
from tracker.queries import milestones, plan, stream, tasks
from tracker.web import clock, language
from tracker.web.authorization import actor


def facts(task: Task) -> dict[str, object]:
    """For `tasks/_facts.html` and `tasks/_parts.html`."""
    return {
        "task": task,
        "details": tasks.details(task, clock.today()),
        "statuses": list(TaskStatus),
    }


def talk(thing: Task | Milestone, form: CommentForm | None = None) -> dict[str, object]:
    """For `comments/_stream.html`."""
    return {
        "thing": thing,
        "entries": stream.of(thing, language.current()),
        "form": form or CommentForm(formdata=None),
        "said_to": url_for("comments.create", kind=type(thing).__name__.lower(), code=thing.code),
    }


def sheet(task: Task, form: CommentForm | None = None) -> dict[str, object]:
    """For the whole task, as a page or in the drawer."""
    return {**facts(task), **talk(task, form)}


def changed(task: Task) -> dict[str, object]:
    """For an answer that also brings the task's row and card, if the page has them."""
    return {**sheet(task), "row": plan.task_row(actor(), task.code, clock.today())}


def milestone_facts(milestone: Milestone) -> dict[str, object]:
    """For `milestones/_facts.html` and `milestones/_tasks.html`."""
    return {"milestone": milestone, "details": milestones.details(milestone, clock.today())}


def milestone_sheet(milestone: Milestone, form: CommentForm | None = None) -> dict[str, object]:
    """For the whole milestone, as a page or in the drawer."""
    return {**milestone_facts(milestone), **talk(milestone, form)}


def sheet_of(thing: Task | Milestone, form: CommentForm | None = None) -> dict[str, object]:
    """For the whole thing, whichever it is."""
    return sheet(thing, form) if isinstance(thing, Task) else milestone_sheet(thing, form)


def place_of(thing: Task | Milestone, anchor: str = "") -> str:
    """The list in which the thing stands."""
    slug = thing.workstream.strand.slug
    address = url_for("groups.workstream", key=thing.group.key, slug=slug)
    return f"{address}#{anchor}" if anchor else address
