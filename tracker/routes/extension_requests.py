"""Requests for an extension: asked about a task or a milestone, answered, taken back, listed.

An answer comes back to where it was given (`view`): the page of the item, the drawer, my work, or
the request's own page.
"""

from datetime import date
from functools import partial

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker import policies as may
from tracker.errors import RuleViolationError
from tracker.extensions import db
from tracker.forms.extension_requests import GRANT, REFUSE, AnswerForm, AskForm, ListForm
from tracker.forms.tasks import FIELD_OF, day_choices
from tracker.lib.numbers import whole
from tracker.models import ExtensionRequest, Milestone, MoveReason, Task
from tracker.queries import cascades
from tracker.queries import extension_requests as read
from tracker.queries import groups as read_groups
from tracker.queries import milestones as read_milestones
from tracker.queries import tasks as read_tasks
from tracker.services import extension_requests as do
from tracker.web import clock, my_page, pushes, task_page
from tracker.web.authorization import act, actor, authorize
from tracker.web.language import gettext as _
from tracker.web.listing import address
from tracker.web.responses import answer, found, instead, invalid, page, wants_fragment

bp = Blueprint("extension_requests", __name__)
BOTH = ["GET", "POST"]
CONFLICT, UNPROCESSABLE = 409, 422
ASKED_WRONG = {"reason_needed": "reason", "extension_why_needed": "reason_note"}


@bp.route("/tasks/<code>/extension", methods=BOTH)
def of_task(code: str) -> ResponseReturnValue:
    """Ask that the due date of a task be moved."""
    return _ask(found(read_tasks.find(actor(), code)))


@bp.route("/milestones/<code>/extension", methods=BOTH)
def of_milestone(code: str) -> ResponseReturnValue:
    """Ask that the forecast of a milestone be moved."""
    return _ask(found(read_milestones.find(actor(), code)))


@bp.get("/extensions/<int:request_id>")
def show(request_id: int) -> ResponseReturnValue:
    """One request, with its answer or the form to give it."""
    asked = _request(request_id)
    authorize(may.groups.see(actor(), asked.item.group))
    return page(
        "extension_requests/show.html", "extension_requests/_card.html", **_card(asked, "page")
    )


@bp.post("/extensions/<int:request_id>/answer")
def decide(request_id: int) -> ResponseReturnValue:
    """Grant or refuse; the second of two who answer sees the answer of the first."""
    asked = _request(request_id, to_change=True)
    authorize(may.extension_requests.answer(actor(), asked.item))
    form, decision = AnswerForm(), request.form.get("decision")
    if not asked.is_open:
        return _settled(asked, form, decision)
    if decision not in {GRANT, REFUSE}:
        form.form_errors.append(_("Hãy chọn đồng ý hoặc không đồng ý."))
    if not form.validate() or form.form_errors:
        return _again(asked, form)
    try:
        _decide(asked, form, grant=decision == GRANT)
    except RuleViolationError as error:
        form.blame(error, FIELD_OF, "sentence")
        return _again(asked, form, pushes.status(error))
    db.session.commit()
    said = _("Đã đồng ý gia hạn") if decision == GRANT else _("Đã trả lời: không đồng ý")
    return _answer(request_id, said)


def _decide(asked: ExtensionRequest, form: AnswerForm, *, grant: bool) -> None:
    """Answer; what moves shows first what it pushes."""
    sentence = form.sentence.data or ""
    answered = partial(do.answer, asked, grant=grant, sentence=sentence, by=act())
    if not grant:
        answered()
        return
    why = do.why(asked, by=act())
    pushes.move_to(_granted(asked), asked.item, form, answered, why=why)


def _granted(asked: ExtensionRequest) -> date | None:
    """When the item will be reached, once the request is granted."""
    moved = "due" if isinstance(asked.item, Task) else "forecast"
    return pushes.expected(asked.item, **{moved: asked.new_day})


@bp.post("/extensions/<int:request_id>/withdraw")
def withdraw(request_id: int) -> ResponseReturnValue:
    """Take one's own request back."""
    asked = _request(request_id, to_change=True)
    if not asked.is_open:
        authorize(asked.asked_by_id == actor().person_id)
        return _settled(asked, AnswerForm(formdata=None), None)
    authorize(may.extension_requests.withdraw(actor(), asked))
    do.withdraw(asked, by=act())
    db.session.commit()
    return _answer(request_id, _("Đã rút đề nghị gia hạn"))


@bp.get("/groups/<key>/extensions")
def of_group(key: str) -> ResponseReturnValue:
    """Every request of a group, those that wait first."""
    group = found(read_groups.find(actor(), key))
    authorize(may.groups.see(actor(), group))
    form = ListForm(request.args)
    number = request.args.get("page", 1, type=whole)
    return page(
        "extension_requests/index.html",
        "extension_requests/_list.html",
        group=group,
        form=form,
        page_=read.listing(group, form.asked, number, clock.today()),
        address=address,
    )


# ---------------------------------------------------------------- asking


def _ask(item: Task | Milestone) -> ResponseReturnValue:
    authorize(may.extension_requests.ask(actor(), item))
    form = AskForm()
    if request.method == "GET":
        full, part = "extension_requests/ask.html", "extension_requests/_ask.html"
        return page(full, part, **_asked(item, form))
    day = form.new_day.data
    if not form.validate() or day is None:
        return _ask_again(item, form)
    try:
        do.ask(item, day, why=form.why(), by=act())
    except RuleViolationError as error:
        form.blame(error, ASKED_WRONG, "new_day")
        return _ask_again(item, form)
    db.session.commit()
    return _item_answer(item.code, isinstance(item, Task), _("Đã gửi đề nghị gia hạn"))


def _ask_again(item: Task | Milestone, form: AskForm) -> ResponseReturnValue:
    context = _asked(item, form)
    again = invalid("extension_requests/ask.html", "extension_requests/_ask.html", **context)
    return instead(again, f"#extension-ask-{item.code}", "outerHTML") if wants_fragment() else again


def _asked(item: Task | Milestone, form: AskForm) -> dict[str, object]:
    kind = type(item).__name__.lower()
    stands = read.stands(item)
    return {
        "item": item,
        "kind": kind,
        "form": form,
        "stands": stands,
        "days": day_choices(stands, stands or clock.today()),
        "reasons": list(MoveReason),
        "view": _view(),
        "here": url_for(f"{kind}s.show", code=item.code),
        "address": url_for(f"extension_requests.of_{kind}", code=item.code),
        "in_place": wants_fragment(),
    }


# ---------------------------------------------------------------- answering


def _request(request_id: int, *, to_change: bool = False) -> ExtensionRequest:
    return found(read.find(actor(), request_id, to_change=to_change))


def _card(asked: ExtensionRequest, view: str, form: AnswerForm | None = None) -> dict[str, object]:
    """For `extension_requests/_card.html`."""
    return {
        "line": read.line(asked, clock.today()),
        "answerable": may.extension_requests.answer(actor(), asked.item),
        "view": view,
        "answer_form": form,
    }


def _again(
    asked: ExtensionRequest, form: AnswerForm, status: int = UNPROCESSABLE
) -> ResponseReturnValue:
    """The card with what is wrong and what is pushed; in place of itself, wherever it stands."""
    context = _card(asked, _view(), form)
    if asked.is_open:
        context["cascade"] = cascades.of(actor(), asked.item, _granted(asked))
    again = invalid(
        "extension_requests/show.html", "extension_requests/_card.html", status=status, **context
    )
    return instead(again, f"#extension-{asked.id}", "outerHTML")


def _settled(
    asked: ExtensionRequest, form: AnswerForm, decision: str | None
) -> ResponseReturnValue:
    """Somebody was faster: what they answered, and what would have been answered."""
    context = {
        "line": read.line(asked, clock.today()),
        "decision": decision,
        "sentence": form.sentence.data or "",
    }
    if not wants_fragment():
        return render_template("extension_requests/settled.html", **context), CONFLICT
    return instead((render_template("extension_requests/_settled.html", **context), CONFLICT))


def _answer(request_id: int, said: str) -> ResponseReturnValue:
    """The piece of the page that the answer came from, as it is stored now."""
    asked, view = _request(request_id), _view()
    if view == "facts":
        return _item_answer(asked.item.code, asked.task_id is not None, said)
    otherwise = url_for("extension_requests.show", request_id=request_id)
    if view == "todo":
        otherwise = my_page.address()
        context = {**_card(asked, view), **my_page.around_requests()}
        return answer("extension_requests/answered.html", otherwise=otherwise, said=said, **context)
    return answer(
        "extension_requests/_card.html", otherwise=otherwise, said=said, **_card(asked, view)
    )


def _item_answer(code: str, is_task: bool, said: str) -> ResponseReturnValue:  # noqa: FBT001
    """The facts of the item with what waits about it now."""
    if is_task:
        task = found(read_tasks.find(actor(), code))
        otherwise = url_for("tasks.show", code=code)
        context = task_page.changed(task)
        return answer("tasks/changed_facts.html", otherwise=otherwise, said=said, **context)
    milestone = found(read_milestones.find(actor(), code))
    otherwise = url_for("milestones.show", code=code)
    context = task_page.milestone_changed(milestone)
    return answer("milestones/changed.html", otherwise=otherwise, said=said, **context)


def _view() -> str:
    asked = request.values.get("view", "")
    return asked if asked in {"facts", "todo"} else "page"
