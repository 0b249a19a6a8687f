"""Decisions wanted of directors: listed, asked, put otherwise, answered, taken back."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker import policies as may
from tracker.errors import RuleViolationError, StaleError
from tracker.exports import decisions as files
from tracker.extensions import db
from tracker.forms.base import Form
from tracker.forms.decisions import (
    ANSWER_FIELD_OF,
    FIELD_OF,
    AnswerForm,
    DecisionForm,
    DocumentForm,
    ListForm,
    WithdrawForm,
    as_typed,
)
from tracker.lib.numbers import whole
from tracker.models import Decision, Group, Milestone, Task
from tracker.queries import choices
from tracker.queries import decisions as read
from tracker.queries import dependencies as read_dependencies
from tracker.queries import groups as read_groups
from tracker.services import decisions as do
from tracker.web import clock, conflicts, decision_page, kept_lists
from tracker.web.authorization import act, actor, authorize, everyone_signed_in
from tracker.web.files import sheet
from tracker.web.language import current
from tracker.web.language import gettext as _
from tracker.web.listing import address, file_at
from tracker.web.responses import (
    answer,
    found,
    instead,
    invalid,
    page,
    plan_changed,
    see_other,
    wants_fragment,
)

bp = Blueprint("decisions", __name__)
BOTH = ["GET", "POST"]
CONFLICT = 409
Item = Task | Milestone


# ---------------------------------------------------------------- lists


@bp.get("/decisions")
def index() -> ResponseReturnValue:
    """What waits in the groups one may see, the oldest first."""
    everyone_signed_in()
    return _listed(None)


@bp.get("/groups/<key>/decisions")
def of_group(key: str) -> ResponseReturnValue:
    """The same of one group."""
    return _listed(_seen(key))


@bp.get("/decisions.<format_name>")
def file(format_name: str) -> ResponseReturnValue:
    """What is asked for, as a file."""
    everyone_signed_in()
    return _file(None, format_name)


@bp.get("/groups/<key>/decisions.<format_name>")
def file_of_group(key: str, format_name: str) -> ResponseReturnValue:
    """The same of one group."""
    return _file(_seen(key), format_name)


def _seen(key: str) -> Group:
    group = found(read_groups.find(actor(), key))
    authorize(may.groups.see(actor(), group))
    return group


def _listed(group: Group | None) -> ResponseReturnValue:
    asking = _asking(group)
    return kept_lists.page(
        "decisions/index.html",
        "decisions/_filters.html",
        "decisions/_list.html",
        make=lambda: _register(group, asking),
        by=(*(one.key for one in asking[:2]), "mine" in request.args and actor().person_id),
        group=group,
        asking=asking,
    )


def _register(group: Group | None, asking: Sequence[Group]) -> dict[str, object]:
    form = _list_form(group)
    key = group.key if group else ""
    number = request.args.get("page", 1, type=whole)
    filters = form.filters(key)
    return {
        "group": group,
        "asking": asking,
        "form": form,
        "filters": filters,
        "counts": read.counts(actor(), key),
        "page_": read.listing(actor(), filters, number, clock.today()),
        "address": address,
        "file_at": _file_at(group),
    }


def _list_form(group: Group | None) -> ListForm:
    form = ListForm(request.args)
    if group is None:
        groups = [(one.key, one.key) for one in read_groups.listing(actor())]
        form.group.choices = [("", _("Mọi tổ")), *groups]
    form.who.choices = [("", _("Mọi lãnh đạo")), *read.directors_asked(actor())]
    return form


def _asking(group: Group | None) -> Sequence[Group]:
    """The groups the reader may ask for."""
    if group is not None:
        return [group] if may.decisions.ask(actor(), group) else []
    if not may.decisions.ask_somewhere(actor()):
        return []
    return [one for one in read_groups.listing(actor()) if may.decisions.ask(actor(), one)]


def _file_at(group: Group | None) -> Callable[[str], str]:
    if group is not None:
        return file_at("decisions.file_of_group", key=group.key)
    return file_at("decisions.file")


def _file(group: Group | None, format_name: str) -> ResponseReturnValue:
    filters = ListForm(request.args).filters(group.key if group else "")
    lang, today = current(), clock.today()
    lines = partial(read.rows, actor(), filters, today)
    make = {
        "csv": lambda: files.as_csv(lines(), lang),
        "xlsx": lambda: files.as_xlsx(lines(), lang, today),
    }
    db.session.commit()  # who waits for a turn holds no connection
    return sheet(format_name, make, f"{filters.group or 'ALL'}-decisions", today.isoformat())


# ---------------------------------------------------------------- asking


@bp.route("/groups/<key>/decisions/new", methods=BOTH)
def new(key: str) -> ResponseReturnValue:
    """Put a question; `stalls` in the address names what stalls already."""
    group = found(read_groups.find(actor(), key))
    authorize(may.decisions.ask(actor(), group))
    form, items = _form(), _typed_items()
    if request.method == "GET":
        return render_template("decisions/new.html", **_asked(group, form, items))
    if not _taken(form, items):
        return _again("decisions/new.html", _asked(group, form, items), form)
    try:
        decision = do.ask(group, form.asked(items), by=act())
    except RuleViolationError as error:
        form.blame(error, FIELD_OF, "question")
        return _again("decisions/new.html", _asked(group, form, items), form)
    db.session.commit()
    return see_other(_at(decision), said=_("Đã gửi kiến nghị %(code)s", code=decision.code))


@bp.route("/decisions/<code>/edit", methods=BOTH)
def edit(code: str) -> ResponseReturnValue:
    """Put it otherwise; the second of two editors chooses."""
    decision = _decision(code, to_change=request.method == "POST")
    authorize(may.decisions.edit(actor(), decision))
    form = _form(decision)
    shown = _asked(decision.group, form, _typed_items(decision), decision)
    if request.method == "GET":
        form.fill(decision)
        return render_template("decisions/edit.html", **shown)
    items = shown["items"]
    if not _taken(form, items):
        return _again("decisions/edit.html", shown, form)
    stalls = [*items, *read.hidden_items(actor(), decision)]
    try:
        do.edit(decision, form.asked(stalls), by=act(), seen=form.version.data)
    except StaleError as error:
        return conflicts.ask(form, as_typed(error), decision)
    except RuleViolationError as error:
        form.blame(error, FIELD_OF, "question")
        return _again("decisions/edit.html", shown, form)
    db.session.commit()
    return see_other(_at(decision), said=_("Đã lưu"))


@bp.get("/groups/<key>/decisions/offered")
def offered(key: str) -> ResponseReturnValue:
    """Items of the group that a text typed may mean, to choose from."""
    group = found(read_groups.find(actor(), key))
    authorize(may.decisions.ask(actor(), group))
    hits = read_dependencies.offered(actor(), request.args.get("stall", ""))
    own = [hit for hit in hits if hit.code.startswith(f"{group.key}-")]
    return render_template("decisions/_offered.html", hits=own)


def _form(decision: Decision | None = None) -> DecisionForm:
    form = DecisionForm() if request.method == "POST" else DecisionForm(formdata=None)
    also = decision.wanted_from_id if decision else None
    form.offer(choices.directors(clock.today(), also=also))
    return form


def _asked(
    group: Group, form: DecisionForm, items: list[Item], decision: Decision | None = None
) -> dict[str, Any]:
    return {"group": group, "form": form, "items": items, "decision": decision}


def _typed_items(decision: Decision | None = None) -> list[Item]:
    """What stalls by what was sent; by what is stored where nothing was."""
    if decision is not None and request.method == "GET":
        codes = [stall.code for stall in read.stalls_of(actor(), decision)]
    else:
        codes = request.values.getlist("stalls")
    items = (read.item(actor(), code) for code in dict.fromkeys(codes))
    return [item for item in items if item is not None]


def _taken(form: DecisionForm, items: list[Item]) -> bool:
    """Whether the form can be stored; one more thing that stalls may be all that is asked for."""
    adds = "add" in request.form
    fine = adds or form.validate()
    return _take_stall(form, items) and fine and not adds


def _take_stall(form: DecisionForm, items: list[Item]) -> bool:
    """Let what is being typed stall too; False where it names nothing, or several things."""
    for text in (form.stall.data or "").split(","):
        if not text.strip():
            continue
        codes = read_dependencies.matches(actor(), text)
        item = read.item(actor(), codes[0]) if len(codes) == 1 else None
        if item is None:
            many = {"codes": ", ".join(codes)} if codes else {}
            form.refuse("stall", "dependency_not_one" if codes else "dependency_not_found", **many)
            return False
        if item.code not in {one.code for one in items}:
            items.append(item)
    form.stall.data = None
    return True


def _again(template: str, context: dict[str, Any], form: DecisionForm) -> ResponseReturnValue:
    return render_template(template, **context), 422 if form.errors else 200


# ---------------------------------------------------------------- one question


@bp.get("/decisions/<code>")
def show(code: str) -> ResponseReturnValue:
    """The question with its answer, or with the form to give it."""
    decision = _decision(code)
    authorize(may.groups.see(actor(), decision.group))
    context = decision_page.card(decision)
    return page("decisions/show.html", "decisions/_drawer.html", **context)


@bp.post("/decisions/<code>/answer")
def decide(code: str) -> ResponseReturnValue:
    """Keep what a director decided; the second of two who answer sees what the first said."""
    decision = _decision(code, to_change=True)
    authorize(may.decisions.answer(actor()))
    form = AnswerForm()
    form.offer(decision.options)
    if not decision.is_open:
        return _settled(decision, form)
    if not form.validate():
        return _card_again(decision, form)
    try:
        do.answer(
            decision,
            form.answer(),
            decided_by=actor().person_id,
            by=act(),
            seen=form.version.data,
        )
    except StaleError:
        form.form_errors.append(
            _("Câu hỏi vừa được sửa. Hãy đọc lại rồi trả lời; ý kiến bạn đã viết còn ở đây.")
        )
        return _card_again(decision, form, CONFLICT)
    except RuleViolationError as error:
        form.blame(error, ANSWER_FIELD_OF, "text")
        return _card_again(decision, form)
    db.session.commit()
    return _changed(code, _("Đã cho ý kiến về %(code)s", code=code))


@bp.post("/decisions/<code>/document")
def document(code: str) -> ResponseReturnValue:
    """Write down the document that tells the answer."""
    decision = _decision(code, to_change=True)
    authorize(may.decisions.add_document(actor(), decision))
    form = DocumentForm()
    if not form.validate():
        return _card_again(decision, form)
    number, day = form.document_number.data or "", form.document_date.data
    do.add_document(decision, number, day, by=act())
    db.session.commit()
    return _changed(code, _("Đã lưu"))


@bp.post("/decisions/<code>/withdraw")
def withdraw(code: str) -> ResponseReturnValue:
    """Take it back, with a reason."""
    decision = _decision(code, to_change=True)
    authorize(may.decisions.ask(actor(), decision.group))
    form = WithdrawForm()
    if not form.validate():
        return _card_again(decision, form)
    do.withdraw(decision, form.because.data or "", by=act())
    db.session.commit()
    return _changed(code, _("Đã rút kiến nghị"))


def _decision(code: str, *, to_change: bool = False) -> Decision:
    return found(read.find(actor(), code, to_change=to_change))


def _at(decision: Decision) -> str:
    return url_for("decisions.show", code=decision.code)


def _changed(code: str, said: str) -> ResponseReturnValue:
    """The card as it is stored now; what stands behind it asks anew."""
    decision = _decision(code)
    context = decision_page.card(decision)
    shown = answer("decisions/_decision.html", otherwise=_at(decision), said=said, **context)
    return plan_changed(shown)


def _card_again(decision: Decision, form: Form, status: int = 422) -> ResponseReturnValue:
    context = decision_page.card(decision, form)
    return invalid("decisions/show.html", "decisions/_decision.html", status, **context)


def _settled(decision: Decision, form: AnswerForm) -> ResponseReturnValue:
    """Somebody was faster: what they said, and what would have been said."""
    context = {**decision_page.card(decision), "mine": form}
    if not wants_fragment():
        return render_template("decisions/settled.html", **context), CONFLICT
    return instead((render_template("decisions/_settled.html", **context), CONFLICT))
