"""The check-in: everything of one's own on a page, each still true, late or done.

Opening it changes nothing: mail scanners open links too.
"""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker import policies as may
from tracker.errors import RuleViolationError, StaleError
from tracker.extensions import db
from tracker.forms.base import Form
from tracker.forms.check_in import Answer, LateForm, LineForm, ReachedForm
from tracker.forms.tasks import FIELD_OF
from tracker.models import Milestone, MoveReason, Task, TaskStatus
from tracker.queries import check_in as read
from tracker.queries import milestones as read_milestones
from tracker.queries import tasks as read_tasks
from tracker.services import comments, confirmations
from tracker.services import milestones as do_milestones
from tracker.services import tasks as do_tasks
from tracker.web import clock, conflicts, pushes
from tracker.web.authorization import act, actor, authorize, everyone_signed_in
from tracker.web.language import gettext as _
from tracker.web.responses import answer as answered
from tracker.web.responses import found, page, wants_fragment

bp = Blueprint("check_in", __name__)
CONFLICT, UNPROCESSABLE = 409, 422
UNSEEN = "confirmed_unseen"
# Under which field the sentence of a refused rule stands that belongs to no other.
FIELDS = ("forecast", "evidence", "line")


@bp.get("/check-in")
def show() -> ResponseReturnValue:
    """What the reader has to confirm, the unconfirmed first."""
    everyone_signed_in()
    check_in = read.check_in(actor(), clock.today())
    return page(
        "check_in/show.html", "check_in/_check_in.html", check_in=check_in, reasons=list(MoveReason)
    )


@bp.post("/check-in/<code>")
def answer(code: str) -> ResponseReturnValue:
    """One item is still as it is written, will be late, or is done."""
    thing = _thing(code)
    authorize(_may_update(thing))
    form = _form(thing)
    if not form.validate():
        return _again(thing, form)
    try:
        _do(thing, form)
    except StaleError as error:
        return conflicts.ask(form, error, thing, target=f"#check-in-{thing.code}")
    except RuleViolationError as error:
        form.blame(error, FIELD_OF, next(name for name in FIELDS if name in form))
        return _again(thing, form, CONFLICT if error.code == UNSEEN else pushes.status(error))
    if "line" in form and form["line"].data:
        comments.write(thing, form["line"].data, by=act())
    db.session.commit()
    return answered(
        "check_in/item_answered.html",
        otherwise=url_for("check_in.show"),
        said=_said(thing),
        check_in=read.head(actor(), clock.today()),
        just=True,
        **_item(thing, form=None),
    )


def _thing(code: str) -> Task | Milestone:
    task = read_tasks.find(actor(), code)
    return task if task is not None else found(read_milestones.find(actor(), code))


def _may_update(thing: Task | Milestone) -> bool:
    if isinstance(thing, Milestone):
        return may.milestones.edit(actor(), thing)
    return may.tasks.update(actor(), thing)


def _form(thing: Task | Milestone) -> Form:
    match request.form.get("answer"):
        case Answer.LATE:
            return LateForm()
        case Answer.DONE if isinstance(thing, Milestone):
            return ReachedForm(data={"closed_on": clock.today()})
    return LineForm()


def _do(thing: Task | Milestone, form: Form) -> None:
    match form:
        case LateForm():
            pushes.move(thing, form, lambda: _move(thing, form))
        case ReachedForm() if isinstance(thing, Milestone):
            _close(thing, form)
        case _ if isinstance(thing, Task) and form["answer"].data == Answer.DONE:
            _finish(thing, form)
        case _:
            confirmations.confirm(thing, by=act(), seen=form.version.data)


def _move(thing: Task | Milestone, form: LateForm) -> None:
    """A day that is the one it had before is a word on it, too."""
    by, day, seen = act(), form.forecast.data, form.version.data
    if isinstance(thing, Milestone):
        do_milestones.move_forecast(thing, day, why=form.why(), by=by, seen=seen)
    else:
        do_tasks.move_forecast(thing, day, why=form.why(), by=by, seen=seen)
    if thing.confirmed_at != by.at:
        confirmations.confirm(thing, by=by)


def _close(milestone: Milestone, form: ReachedForm) -> None:
    do_milestones.close(
        milestone,
        form.evidence.data,
        by=act(),
        on=form.closed_on.data,
        evidence_date=form.evidence_date.data,
        seen=form.version.data,
    )


def _finish(task: Task, form: Form) -> None:
    """Where the group wants that, until somebody approves it."""
    approves = may.tasks.approve(actor(), task)
    do_tasks.change_status(
        task, TaskStatus.DONE, by=act(), seen=form.version.data, may_approve=approves
    )


def _again(thing: Task | Milestone, form: Form, status: int = UNPROCESSABLE) -> ResponseReturnValue:
    """The card with what is wrong; without JavaScript on a page of its own."""
    template = "check_in/_item.html" if wants_fragment() else "check_in/item.html"
    context = {**_item(thing, form), "cascade": pushes.preview(thing, form)}
    return render_template(template, **context), status


def _item(thing: Task | Milestone, form: Form | None) -> dict[str, object]:
    """For `check_in/_item.html`."""
    item = found(read.item(actor(), thing.code, clock.today()))
    return {"item": item, "form": form, "reasons": list(MoveReason)}


def _said(thing: Task | Milestone) -> str:
    if isinstance(thing, Task) and thing.status is TaskStatus.REVIEW:
        return _("%(code)s đã gửi đi chờ duyệt", code=thing.code)
    return _("Đã ghi %(code)s", code=thing.code)
