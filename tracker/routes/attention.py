"""What needs attention: ranked over all groups, put off until a day, and counted in heaps."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker import policies as may
from tracker.errors import RuleViolationError
from tracker.extensions import db
from tracker.forms.attention import HideForm
from tracker.forms.tasks import day_choices
from tracker.lib.dates import format_date
from tracker.lib.numbers import whole
from tracker.lib.paging import cut
from tracker.queries import attention as read
from tracker.queries.attention import Heap
from tracker.queries.ranked import Point, Points
from tracker.services import hides as do
from tracker.web import attention_page, clock, kept_lists, listing
from tracker.web.authorization import act, actor, authorize, everyone_signed_in
from tracker.web.language import gettext as _
from tracker.web.responses import elsewhere, found, invalid, page

bp = Blueprint("attention", __name__, url_prefix="/attention")


@bp.get("")
def show() -> ResponseReturnValue:
    """One heap, whichever the address names; nonsense counts as not asked."""
    everyone_signed_in()
    heap = next((heap for heap in Heap if heap == request.args.get("show")), Heap.OVERDUE)
    number = request.args.get("page", 1, type=whole)
    return render_template(
        "attention/show.html",
        heap=heap,
        heaps=list(Heap),
        screen=read.page(actor(), heap, number, clock.today()),
        address=listing.address,
    )


@bp.get("/all")
def everything() -> ResponseReturnValue:
    """All that asks for a look, the heaviest first, and what the reader put off."""
    everyone_signed_in()
    points = attention_page.points() if attention_page.puts_off() else None
    return kept_lists.page(
        "attention/everything.html",
        "attention/_everything.html",
        make=lambda: _everything(points or attention_page.points()),
        by=(attention_page.approves(), attention_page.mark()),
        hidden=points.hidden if points else (),
    )


def _everything(points: Points) -> dict[str, object]:
    number = request.args.get("page", 1, type=whole)
    return {"screen": cut(points.shown, number), "address": listing.address}


@bp.get("/hide")
def ask() -> ResponseReturnValue:
    """Until when, in a dialog or on a page of its own."""
    authorize(may.decisions.hide(actor()))
    point = _point(request.args.get("subject", ""))
    form = HideForm(formdata=None)
    return page("attention/hide.html", "attention/_hide_dialog.html", **_asked(point, form))


@bp.post("/hide")
def hide() -> ResponseReturnValue:
    """Put it off, for oneself alone."""
    authorize(may.decisions.hide(actor()))
    form = HideForm()
    point = _point(form.subject.data or "")
    until = form.until.data
    if not form.validate() or until is None:
        return _again(point, form)
    try:
        do.hide(point.item, until, form.note.data or "", by=act())
    except RuleViolationError as error:
        form.blame(error, {}, "until")
        return _again(point, form)
    db.session.commit()
    said = _("Đã ẩn đến %(day)s", day=format_date(until))
    return elsewhere(url_for("board.show"), said=said)


@bp.post("/show")
def look_again() -> ResponseReturnValue:
    """Have it back among the others."""
    authorize(may.decisions.hide(actor()))
    do.show(request.form.get("subject", ""), by=act())
    db.session.commit()
    return elsewhere(url_for("attention.everything"), said=_("Đã hiện lại"))


def _point(subject: str) -> Point:
    return found(attention_page.points().find(subject))


def _again(point: Point, form: HideForm) -> ResponseReturnValue:
    return invalid("attention/hide.html", "attention/_hide.html", **_asked(point, form))


def _asked(point: Point, form: HideForm) -> dict[str, object]:
    return {"point": point, "form": form, "days": day_choices(None, clock.today())}
