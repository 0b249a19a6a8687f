"""Tasks as rows of a list: added where they stand, and put in their place."""

from typing import Any

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from tracker import policies as may
from tracker.errors import RuleViolationError
from tracker.extensions import db
from tracker.forms.task_rows import PlaceForm, TaskRowForm
from tracker.models import Milestone, Task, Workstream
from tracker.queries import groups as read_groups
from tracker.queries import milestones as read_milestones
from tracker.queries import plan
from tracker.queries import tasks as read
from tracker.services import tasks as do
from tracker.web import plan_page
from tracker.web.authorization import act, actor, authorize
from tracker.web.language import current
from tracker.web.language import gettext as _
from tracker.web.responses import answer, found, invalid, page

bp = Blueprint("task_rows", __name__)
END = "end"


@bp.post("/groups/<key>/<slug>/tasks")
def create(key: str, slug: str) -> ResponseReturnValue:
    """Add a task at the end of a milestone, or of the workstream, and stay there."""
    stream = found(read_groups.workstream(actor(), key, slug))
    authorize(may.groups.create_task(actor(), stream))
    form = TaskRowForm()
    milestone = _milestone_of(stream, form.milestone.data)
    anchor = f"milestone-{milestone.code}" if milestone else "milestone-none"
    valid = form.validate()
    details: dict[str, Any] = {
        "due": form.due.data,
        "owner_id": may.groups.owner_of_new(actor(), stream.group),
    }
    if form.owner.data:
        details["owner_id"] = form.owner_among(plan_page.workers(stream.group, stream))
    if not valid or form.owner.errors:
        return _again(stream, anchor, form)
    try:
        task = do.create(stream, form.title.data, by=act(), milestone=milestone, **details)
    except RuleViolationError as error:
        form.refuse("due", error.code, **error.values)
        return _again(stream, anchor, form)
    db.session.commit()
    return answer(
        "groups/plan_changed.html",
        otherwise=plan_page.back_to(stream.group, stream, anchor),
        said=_("Đã thêm %(code)s", code=task.code),
        **plan_page.listing(stream.group, stream),
    )


@bp.get("/tasks/<code>/place")
def choose_place(code: str) -> ResponseReturnValue:
    """Where the task can be moved to, as a page of its own (the way without a script)."""
    task = found(read.find(actor(), code))
    authorize(may.tasks.arrange(actor(), task))
    form = PlaceForm(to=_spot(task), after="", back=request.args.get("back", ""))
    return page("tasks/place.html", "tasks/_place.html", **_choices(task), form=form)


@bp.post("/tasks/<code>/place")
def place(code: str) -> ResponseReturnValue:
    """Put the task behind another one, first or last, in a milestone or strand of its group."""
    task = found(read.find(actor(), code))
    authorize(may.tasks.arrange(actor(), task))
    form = PlaceForm()
    target = _target(task, form.to.data or "")
    if not form.validate() or target is None:
        return invalid("tasks/place.html", "tasks/_place.html", **_choices(task), form=form)
    shown = task.workstream
    stream, milestone = target
    before = _before(task, stream, milestone, form.after.data or "")
    do.place(task, by=act(), workstream=stream, milestone=milestone, before=before)
    db.session.commit()
    anchor = f"milestone-{milestone.code}" if milestone else "milestone-none"
    return answer(
        "groups/plan_changed.html",
        otherwise=plan_page.back_to(stream.group, stream, anchor),
        said=_said(task, shown, stream, milestone),
        **plan_page.listing(shown.group, shown),
    )


def _again(stream: Workstream, anchor: str, form: TaskRowForm) -> ResponseReturnValue:
    """The list with the form as it was sent and what is wrong with it."""
    listing = plan_page.listing(stream.group, stream, quick={anchor: form})
    around = plan_page.around(stream.group, stream)
    return invalid("groups/list.html", "groups/_plan.html", **listing, **around)


def _milestone_of(stream: Workstream, code: str | None) -> Milestone | None:
    if not code:
        return None
    milestone = found(read_milestones.find(actor(), code))
    return found(milestone if milestone.workstream_id == stream.id else None)


def _target(task: Task, to: str) -> tuple[Workstream, Milestone | None] | None:
    """The place that is meant by a milestone's code or a strand's address, in the same group."""
    stream = read_groups.workstream(actor(), task.group.key, to)
    if stream is not None:
        return stream, None
    milestone = read_milestones.find(actor(), to)
    if milestone is None or milestone.group_id != task.group_id:
        return None
    return milestone.workstream, milestone


def _before(task: Task, stream: Workstream, milestone: Milestone | None, after: str) -> Task | None:
    """The task it is to stand before; None for the end of the list."""
    if after == END:
        return None
    others = plan.siblings(task, stream, milestone)
    codes = [other.code for other in others]
    index = codes.index(after) + 1 if after in codes else len(others) if after else 0
    return others[index] if index < len(others) else None


def _said(task: Task, shown: Workstream, stream: Workstream, milestone: Milestone | None) -> str:
    """Nothing where one sees it; where to, if it left the list."""
    if stream.id == shown.id:
        return _("Đã chuyển %(code)s", code=task.code)
    where = milestone.title if milestone else current().label(stream.strand)
    return _("Đã chuyển %(code)s sang %(where)s", code=task.code, where=where)


def _spot(task: Task) -> str:
    return task.milestone.code if task.milestone else task.workstream.strand.slug


def _choices(task: Task) -> dict[str, object]:
    return {
        "task": task,
        "targets": plan.targets(plan_page.standing(task.group)),
        "others": plan.siblings(task, task.workstream, task.milestone),
        "otherwise": url_for(
            "groups.workstream", key=task.group.key, slug=task.workstream.strand.slug
        ),
    }
