"""The board: groups × strands, for whoever decides."""

from functools import partial
from urllib.parse import urlencode

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from tracker import policies as may
from tracker.forms.board import BoardForm
from tracker.lib.health import Health
from tracker.lib.paging import Page
from tracker.models import Strand
from tracker.queries import attention, changes, portfolio
from tracker.queries import board as read
from tracker.queries.attention import Heap, Item
from tracker.web import clock, refresh
from tracker.web.authorization import actor, everyone_signed_in
from tracker.web.cache import kept
from tracker.web.compression import contains
from tracker.web.language import current
from tracker.web.responses import found, wants_fragment

bp = Blueprint("board", __name__)


@bp.get("/")
def show() -> ResponseReturnValue:
    """The board as it stands now, beside what changed since a day."""
    everyone_signed_in()
    # The board of a past day is not made yet; today's under that address would be a lie.
    found(None if "as_of" in request.args else True)
    version = f"{read.version()}.{clock.today():%Y%m%d}"
    if refresh.is_current(version):
        return refresh.nothing_new()
    form = BoardForm(request.args)
    key = (
        version,
        current().code,
        actor().scope_key,
        _approves(),
        form.filters,
        form.grouping,
        form.day,
        tuple(form.since.raw_data or ()) if form.since.process_errors else (),
    )
    part = kept().part(("board", *key), lambda: refresh.stamped(_render(form), version))
    if refresh.is_alike(part.text):
        return refresh.nothing_new(part.text)
    contains(part)
    body = Markup(part.text)  # noqa: S704 - rendered by our template
    if wants_fragment():
        return make_response(body)
    return render_template("board/show.html", body=body, day=form.day)


def _render(form: BoardForm) -> str:
    """Everything on the page that is alike for all who see the same groups."""
    judged = kept().parts.setdefault("judged", {})
    everything = read.board(actor(), clock.today(), read.Filters(), judged)
    bundles = portfolio.portfolio(everything.rows, clock.today())
    board = everything
    if not form.filters.is_empty:
        filters = portfolio.resolved(form.filters, bundles)
        board = read.board(actor(), clock.today(), filters, judged)
    return render_template(
        "board/_board.html",
        board=board,
        everything=everything,
        bundles=bundles,
        sections=portfolio.sections(board.rows, form.grouping, bundles, form.filters.programme),
        waiting=_waiting(),
        changes=changes.since(actor(), form.day),
        form=form,
        day=form.day,
        strands=list(Strand),
        healths=list(Health),
        with_=partial(_address, form),
    )


def _approves() -> bool:
    """Whether the reader approves in all groups, so that what was submitted waits for them."""
    return may.tasks.Desk.of(actor()).approves_everything


def _waiting() -> Page[Item]:
    """What was submitted; for who does not approve it nothing."""
    if not _approves():
        return Page(())
    return attention.page(actor(), Heap.REVIEW, 1, clock.today())


def _address(form: BoardForm, **asked: str) -> str:
    """The board's address with these things asked for instead of what the form asks.

    Made from what was understood, never from what was sent: the part is shown to others too.
    """
    wanted = form.asked | asked
    query = urlencode({name: value for name, value in wanted.items() if value})
    return f"?{query}" if query else "/"
