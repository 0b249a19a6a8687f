"""A task as a page and in the drawer: shown, added, edited, thrown away."""

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from tracker import policies as may
from tracker.errors import RuleViolationError, StaleError
from tracker.extensions import db
from tracker.forms.tasks import FIELD_OF, PartForm, TaskForm
from tracker.models import Task, Workstream
from tracker.queries import choices
from tracker.queries import groups as read_groups
from tracker.queries import milestones as read_milestones
from tracker.queries import tasks as read
from tracker.services import tasks as do
from tracker.services import trash
from tracker.web import clock, conflicts, directive_page, pushes, task_page
from tracker.web.authorization import act, actor, authorize
from tracker.web.language import gettext as _
from tracker.web.responses import (
    answer,
    elsewhere,
    found,
    invalid,
    page,
    plan_changed,
    see_other,
    wants_fragment,
)

bp = Blueprint("tasks", __name__)


@bp.get("/tasks/<code>")
def show(code: str) -> ResponseReturnValue:
    """The whole task, with what was said and what changed."""
    task = _task(code)
    authorize(may.groups.see(actor(), task.group))
    return page("tasks/show.html", "tasks/_drawer.html", **task_page.sheet(task))


@bp.get("/tasks/<code>/edit")
def edit(code: str) -> ResponseReturnValue:
    """Everything of the task that is typed, as a form."""
    task = _task(code)
    authorize(directive_page.may_edit(task))
    form = _form(task.workstream, task)
    return page("tasks/edit.html", "tasks/_edit.html", **_edited(task, form))


@bp.post("/tasks/<code>/edit")
def update(code: str) -> ResponseReturnValue:
    """Store what was typed; the second of two editors chooses."""
    task = _task(code)
    authorize(directive_page.may_edit(task))
    form = _form(task.workstream, task)
    if not form.validate():
        return invalid("tasks/edit.html", "tasks/_edit.html", **_edited(task, form))
    place = task.milestone_id
    try:
        values, seen = form.columns_typed(), form.version.data
        pushes.move(task, form, lambda: do.edit(task, values, by=act(), why=form.why(), seen=seen))
    except StaleError as error:
        return conflicts.ask(form, error, task, target=f"#task-{code}-edit")
    except RuleViolationError as error:
        form.blame(error, FIELD_OF, "title")
        return invalid(
            "tasks/edit.html",
            "tasks/_edit.html",
            pushes.status(error),
            **_edited(task, form),
        )
    db.session.commit()
    response = answer(
        "tasks/edited.html",
        otherwise=url_for("tasks.show", code=code),
        said=_("Đã lưu %(code)s", code=code),
        **task_page.changed(_task(code)),
    )
    return plan_changed(response, moved=task.milestone_id != place)


@bp.get("/groups/<key>/<slug>/tasks/new")
def new(key: str, slug: str) -> ResponseReturnValue:
    """An empty form; `?milestone=` says where the task goes."""
    stream = _stream(key, slug)
    authorize(may.groups.create_task(actor(), stream))
    return page("tasks/new.html", "tasks/_new.html", **_new(stream, _form(stream)))


@bp.post("/groups/<key>/<slug>/tasks/new")
def create(key: str, slug: str) -> ResponseReturnValue:
    """Add the task; "and one more" comes back with an empty form."""
    stream = _stream(key, slug)
    authorize(may.groups.create_task(actor(), stream))
    form = _form(stream)
    if not form.validate():
        return invalid("tasks/new.html", "tasks/_new.html", **_new(stream, form))
    values = form.columns_typed()
    milestone = read_milestones.inside(stream, values.pop("milestone_id"))
    try:
        task = do.create(stream, values.pop("title"), by=act(), milestone=milestone, **values)
    except RuleViolationError as error:
        form.blame(error, FIELD_OF, "title")
        return invalid("tasks/new.html", "tasks/_new.html", **_new(stream, form))
    db.session.commit()
    said = _("Đã thêm %(code)s", code=task.code)
    if form.more.data:
        into = milestone.code if milestone else None
        return see_other(url_for("tasks.new", key=key, slug=slug, milestone=into), said=said)
    return elsewhere(url_for("tasks.show", code=task.code), said=said)


@bp.post("/tasks/<code>/parts")
def add_part(code: str) -> ResponseReturnValue:
    """Add a subtask by its title."""
    task = _task(code)
    authorize(may.groups.create_task(actor(), task.workstream))
    form = PartForm()
    if not form.validate():
        context = {**task_page.sheet(task), "part": form}
        return invalid("tasks/show.html", "tasks/_parts.html", **context)
    do.create(task.workstream, form.title.data, by=act(), parent=task, owner_id=task.owner_id)
    db.session.commit()
    return answer(
        "tasks/parts_changed.html",
        otherwise=url_for("tasks.show", code=code),
        said="",
        **task_page.changed(_task(code)),
    )


@bp.post("/tasks/<code>/trash")
def destroy(code: str) -> ResponseReturnValue:
    """Put the task with its subtasks into the trash; the message can take it back."""
    task = _task(code)
    authorize(may.tasks.arrange(actor(), task))
    thrown = trash.throw_away(task, by=act())
    db.session.commit()
    return elsewhere(
        task_page.place_of(task),
        said=_("Đã xóa %(code)s", code=code),
        undo=url_for("trash.restore", trash_id=thrown.id),
        gone=url_for("tasks.show", code=code),
    )


def _task(code: str) -> Task:
    return found(read.find(actor(), code))


def _stream(key: str, slug: str) -> Workstream:
    return found(read_groups.workstream(actor(), key, slug))


def _form(stream: Workstream, task: Task | None = None) -> TaskForm:
    """The form with its lists, without the fields the person may not change."""
    form = TaskForm(obj=task, data=read.list_ids(task) if task else _beginning(stream))
    today = clock.today()
    form.offer(
        members=choices.members(stream.group, today),
        persons=choices.persons(today, also=task.owner_id if task else None),
        units=choices.units(today, also=task.lead_unit_id if task else None),
        milestones=choices.milestones(stream),
    )
    form.drop(*(_closed_fields(task) if task else ("forecast", "progress")))
    return form


def _closed_fields(task: Task) -> list[str]:
    """Whoever edits the text of a task may not always move its dates or its place."""
    who, closed = actor(), []
    if task.due is not None and not may.tasks.move_due(who, task):
        closed.append("due")
    if not may.tasks.update(who, task):
        closed += ["forecast", "progress"]
    if task.parent_id is not None or not may.tasks.arrange(who, task):
        closed.append("milestone_id")
    return closed


def _beginning(stream: Workstream) -> dict[str, object]:
    """A member's new task is their own; `?milestone=HAL-M3` chooses the milestone."""
    code = request.args.get("milestone", "")
    milestone = read_milestones.find(actor(), code) if code else None
    inside = milestone is not None and milestone.workstream_id == stream.id
    return {
        "milestone_id": milestone.id if milestone and inside else None,
        "owner_id": may.groups.owner_of_new(actor(), stream.group),
    }


def _new(stream: Workstream, form: TaskForm) -> dict[str, object]:
    return {"stream": stream, "form": form, "in_drawer": wants_fragment()}


def _edited(task: Task, form: TaskForm) -> dict[str, object]:
    return {
        "task": task,
        "form": form,
        "in_drawer": wants_fragment(),
        "cascade": pushes.preview(task, form),
    }
