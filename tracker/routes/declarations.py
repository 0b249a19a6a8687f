"""How a workstream stands: what its lead declares beside what follows from the plan."""

from flask import Blueprint, make_response, request, url_for
from flask.typing import ResponseReturnValue

from tracker import policies as may
from tracker.errors import RuleViolationError
from tracker.extensions import db
from tracker.forms.declarations import DECLARABLE, FIELD_OF, ConfirmForm, DeclareForm
from tracker.models import Workstream
from tracker.queries import groups as read_groups
from tracker.queries import health_history as read
from tracker.queries.groups import StrandMark
from tracker.services import declarations as do
from tracker.web import clock, plan_page
from tracker.web.authorization import act, actor, authorize
from tracker.web.language import gettext as _
from tracker.web.responses import answer, found, invalid, page, tell, wants_fragment

bp = Blueprint("declarations", __name__, url_prefix="/groups/<key>/<slug>/health")
FORM, FORM_PAGE = "declarations/_form.html", "declarations/new.html"
CONFLICT, UNPROCESSABLE = 409, 422
MEANWHILE = "declared_meanwhile"


@bp.get("")
def show(key: str, slug: str) -> ResponseReturnValue:
    """Both judgements as they are and as they were."""
    stream = _stream(key, slug)
    authorize(may.groups.see(actor(), stream.group))
    return page("declarations/show.html", "declarations/_page.html", **_page(stream))


@bp.route("/declare", methods=["GET", "POST"])
def declare(key: str, slug: str) -> ResponseReturnValue:
    """Say how it stands, with a sentence."""
    stream = _stream(key, slug)
    authorize(may.declarations.declare(actor(), stream.group))
    mark = _mark(stream)
    if request.method == "GET":
        return page(FORM_PAGE, FORM, **_form(stream, mark, _blank(mark)))
    form = DeclareForm(computed=mark.judgement.health)
    if not form.validate():
        return invalid(FORM_PAGE, FORM, **_form(stream, mark, form))
    try:
        do.declare(stream, **form.values(), by=act(), seen=form.version.data or 0)
    except RuleViolationError as error:
        return _refused(stream, mark, form, error)
    db.session.commit()
    return _answer(stream, _("Đã lưu tự đánh giá"))


@bp.post("/confirm")
def confirm(key: str, slug: str) -> ResponseReturnValue:
    """Say that what was declared is still true; where it cannot stand, the form says why."""
    stream = _stream(key, slug)
    authorize(may.declarations.declare(actor(), stream.group))
    mark, form = _mark(stream), ConfirmForm()
    try:
        do.confirm(stream, seen=form.version.data or 0, by=act())
    except RuleViolationError as error:
        return _refused(stream, mark, _blank(mark), error)
    db.session.commit()
    return _answer(stream, _("Đã xác nhận: vẫn đúng"))


def _refused(
    stream: Workstream, mark: StrandMark, form: DeclareForm, error: RuleViolationError
) -> ResponseReturnValue:
    """The form with what was typed, and why it cannot be so."""
    form.blame(error, FIELD_OF, "sentence")
    status = CONFLICT if error.code == MEANWHILE else UNPROCESSABLE
    return invalid(FORM_PAGE, FORM, status, **_form(stream, mark, form))


def _stream(key: str, slug: str) -> Workstream:
    return found(read_groups.workstream(actor(), key, slug))


def _mark(stream: Workstream) -> StrandMark:
    strands = plan_page.standing(stream.group).strands
    return next(mark for mark in strands if mark.strand is stream.strand)


def _page(stream: Workstream) -> dict[str, object]:
    """For `declarations/show.html` and what it is made of."""
    mark = _mark(stream)
    return {
        **_panel(stream, mark),
        "standing": plan_page.standing(stream.group),
        "stream": stream,
        "past": read.past(stream.id, mark.judgement.health, clock.today()),
    }


def _panel(stream: Workstream, mark: StrandMark) -> dict[str, object]:
    """For `declarations/_panel.html` and what stands round it."""
    return {"group": stream.group, "mark": mark}


def _form(stream: Workstream, mark: StrandMark, form: DeclareForm) -> dict[str, object]:
    """For `declarations/_form.html`."""
    return {**_panel(stream, mark), "form": form, "healths": DECLARABLE}


def _blank(mark: StrandMark) -> DeclareForm:
    """As it was declared last, else as the plan says: most of it is still true."""
    said, health = mark.declared, mark.judgement.health
    return DeclareForm(
        computed=health,
        formdata=None,
        health=said.health if said else health,
        sentence=said.sentence if said else "",
        recovery=said.recovery if said else "",
    )


def _answer(stream: Workstream, said: str) -> ResponseReturnValue:
    otherwise = url_for(".show", key=stream.group.key, slug=stream.strand.slug)
    panel = _panel(stream, _mark(stream))
    made = make_response(
        answer("declarations/declared.html", otherwise=otherwise, said=said, **panel)
    )
    if wants_fragment():
        tell(made, "declared")
    return made
