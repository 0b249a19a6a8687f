"""One value of a task changed where it stands: in a row, in the drawer, in my work.

A GET asks with a small form, a POST answers with the piece of the page it came from (`view`).
"""

from collections.abc import Callable

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker import policies as may
from tracker.errors import RuleViolationError, StaleError
from tracker.extensions import db
from tracker.forms.base import Form
from tracker.forms.tasks import (
    FIELD_OF,
    DueForm,
    ForecastForm,
    MoveForm,
    OwnerForm,
    ProgressForm,
    SendBackForm,
    StatusForm,
    day_choices,
    people_first,
)
from tracker.models import MoveReason, Task
from tracker.queries import choices
from tracker.queries import tasks as read
from tracker.services import comments, confirmations
from tracker.services import tasks as do
from tracker.web import clock, conflicts, directive_page, my_page, pushes, task_page
from tracker.web.authorization import act, actor, authorize
from tracker.web.language import gettext as _
from tracker.web.responses import (
    found,
    instead,
    page,
    plan_changed,
    saved,
    undoable,
    wants_fragment,
)

bp = Blueprint("task_changes", __name__, url_prefix="/tasks/<code>")
BOTH = ["GET", "POST"]
UNPROCESSABLE = 422
# Which element of the page a view is, by the end of its id.
VIEWS = {"row": "", "facts": "-facts", "todo": "-todo", "part": "-part"}


@bp.route("/status", methods=BOTH)
def status(code: str) -> ResponseReturnValue:
    """Say where the task stands; "finished" by who may approve is an approval."""
    task = _task(code)
    authorize(may.tasks.update(actor(), task))
    form = StatusForm(data={"status": task.status, "version": task.version})
    approves, seen = may.tasks.approve(actor(), task), form.version.data
    return _change(
        task,
        form,
        lambda: do.change_status(task, form.status.data, by=act(), seen=seen, may_approve=approves),
    )


@bp.route("/owner", methods=BOTH)
def owner(code: str) -> ResponseReturnValue:
    """Give the task to somebody."""
    task = _task(code)
    authorize(directive_page.may_edit(task))
    form = OwnerForm(data={"owner": task.owner_id, "version": task.version})
    form.owner.choices = [("", _("Chưa giao")), *_people(task)]
    seen = form.version.data
    return _change(
        task, form, lambda: do.edit(task, {"owner_id": form.owner.data}, by=act(), seen=seen)
    )


@bp.route("/forecast", methods=BOTH)
def forecast(code: str) -> ResponseReturnValue:
    """Say when it will probably be finished, and why that is not as planned."""
    task = _task(code)
    authorize(may.tasks.update(actor(), task))
    form = ForecastForm(data={"forecast": task.forecast, "version": task.version})
    day, seen = form.forecast.data, form.version.data
    return _change(
        task,
        form,
        lambda: pushes.move(
            task,
            form,
            lambda: do.move_forecast(task, day, why=form.why(), by=act(), seen=seen),
        ),
    )


@bp.route("/due", methods=BOTH)
def due(code: str) -> ResponseReturnValue:
    """Move the approved due date, with a reason and who agreed."""
    task = _task(code)
    authorize(may.tasks.move_due(actor(), task))
    form = DueForm(data={"due": task.due, "version": task.version})
    day, seen = form.due.data, form.version.data
    return _change(
        task,
        form,
        lambda: pushes.move(
            task,
            form,
            lambda: do.move_due(task, day, why=form.why(), by=act(), seen=seen),
        ),
    )


@bp.route("/progress", methods=BOTH)
def progress(code: str) -> ResponseReturnValue:
    """Say how much is done."""
    task = _task(code)
    authorize(may.tasks.update(actor(), task))
    form = ProgressForm(data={"progress": task.progress, "version": task.version})
    seen = form.version.data
    return _change(
        task, form, lambda: do.set_progress(task, form.progress.data, by=act(), seen=seen)
    )


@bp.post("/approve")
def approve(code: str) -> ResponseReturnValue:
    """Accept what was submitted."""
    task = _task(code)
    authorize(may.tasks.approve(actor(), task))
    do.approve(task, by=act(), seen=Form().version.data)
    db.session.commit()
    return _answer(task, _("Đã duyệt %(code)s", code=code))


@bp.post("/send-back")
def send_back(code: str) -> ResponseReturnValue:
    """Return what was submitted to its owner, and say what is to be done about it."""
    task = _task(code)
    authorize(may.tasks.approve(actor(), task))
    form = SendBackForm()
    if not form.validate():
        return _again(task, form)
    do.send_back(task, by=act(), seen=form.version.data)
    if form.body.data:
        comments.write(task, form.body.data, by=act())
    db.session.commit()
    return _answer(task, _("Đã trả lại %(code)s", code=code))


@bp.post("/confirm")
def confirm(code: str) -> ResponseReturnValue:
    """Say that the task still stands as it is written."""
    task = _task(code)
    authorize(may.tasks.update(actor(), task))
    confirmations.confirm(task, by=act())
    db.session.commit()
    return _answer(task, _("Đã xác nhận %(code)s vẫn đúng", code=code))


def _task(code: str) -> Task:
    return found(read.find(actor(), code))


def _change(task: Task, form: Form, change: Callable[[], object]) -> ResponseReturnValue:
    """Ask, or check, do and answer: the same for every value."""
    if request.method == "GET":
        return page("tasks/change.html", "tasks/_change.html", **_asked(task, form))
    if not form.validate():
        return _again(task, form)
    try:
        change()
    except StaleError as error:
        return conflicts.ask(form, error, task, target=_target(task))
    except RuleViolationError as error:
        form.blame(error, FIELD_OF, _what())
        return _again(task, form, pushes.status(error))
    db.session.commit()
    return _answer(task, my_page.said(task) if _view() == "todo" else saved())


def _asked(task: Task, form: Form) -> dict[str, object]:
    """For the small form of one value."""
    base = task.forecast or task.due
    return {
        "task": task,
        "form": form,
        "what": _what(),
        "view": _view(),
        "target": _target(task),
        "days": day_choices(base, clock.today()) if isinstance(form, MoveForm) else (),
        "reasons": list(MoveReason),
        "in_drawer": wants_fragment(),
        "cascade": pushes.preview(task, form),
    }


def _again(task: Task, form: Form, status: int = UNPROCESSABLE) -> ResponseReturnValue:
    """The small form with what is wrong: in its place, or in a dialog where it has none."""
    if not wants_fragment():
        return render_template("tasks/change.html", **_asked(task, form)), status
    if _view() == "todo":
        context = my_page.changed(task.code, form)
        context["cascade"] = pushes.preview(task, form)
        return render_template("my_work/todo_changed.html", **context), status
    context = {"thing": task, "asked": "tasks/_change.html", **_asked(task, form)}
    if _view() == "facts":
        own_place = f"#task-{task.code}-fact-{_what()}-form"
        return instead(
            (render_template("tasks/_change.html", **context), status), own_place, "outerHTML"
        )
    return instead((render_template("shared/_asked.html", **context), status))


def _answer(task: Task, said: str) -> ResponseReturnValue:
    """The piece of the page that the change came from, as it is stored now."""
    view = _view()
    if view != "row":  # which is read by itself
        task = _task(task.code)
    fragment, context = _shown(task, view)
    undo = my_page.undo(task) if view == "todo" and _what() in {"status", "approve"} else ""
    response = undoable(fragment, otherwise=_back(task, view), said=said, undo=undo, **context)
    return plan_changed(response) if view == "facts" else response


def _shown(task: Task, view: str) -> tuple[str, dict[str, object]]:
    match view:
        case "row":
            return "tasks/changed_row.html", task_page.row_changed(task)
        case "todo":
            return "my_work/todo_changed.html", my_page.changed(task.code)
        case "part" if task.parent is not None:
            parent = _task(task.parent.code)
            return "tasks/parts_changed.html", task_page.changed(parent)
    facts = task_page.changed(task)
    if my_page.is_behind():
        return "my_work/facts_changed.html", {**facts, **my_page.changed(task.code)}
    return "tasks/changed_facts.html", facts


def _back(task: Task, view: str) -> str:
    """Where one was, for those without JavaScript."""
    match view:
        case "row":
            return task_page.place_of(task, f"task-{task.code}")
        case "todo":
            return my_page.address()
        case "part" if task.parent is not None:
            return url_for("tasks.show", code=task.parent.code)
    return url_for("tasks.show", code=task.code)


def _view() -> str:
    asked = request.values.get("view", "")
    return asked if asked in VIEWS else "row"


def _target(task: Task) -> str:
    """The element that the answer replaces."""
    if _view() == "part" and task.parent is not None:
        return f"#task-{task.parent.code}-parts"
    return f"#task-{task.code}{VIEWS[_view()]}"


def _what() -> str:
    return (request.endpoint or "").partition(".")[2]


def _people(task: Task) -> list[tuple[int, str]]:
    today = clock.today()
    everybody = choices.persons(today, also=task.owner_id)
    return people_first(choices.members(task.group, today), everybody)
