"""The board: groups × strands, for whoever decides."""

from functools import partial
from urllib.parse import urlencode

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from tracker.forms.board import BoardForm, Density
from tracker.lib.health import Health
from tracker.models import Strand
from tracker.queries import board as read
from tracker.queries import changes, portfolio
from tracker.web import attention_page, clock, refresh
from tracker.web.authorization import actor, everyone_signed_in
from tracker.web.cache import kept
from tracker.web.compression import contains
from tracker.web.language import current
from tracker.web.responses import came_from_here, found, wants_fragment

bp = Blueprint("board", __name__)
DENSITY = "density"  # the cookie that remembers it
YEAR = 365 * 24 * 3600


@bp.get("/")
def show() -> ResponseReturnValue:
    """The board as it stands now, beside what changed since a day."""
    everyone_signed_in()
    # The board of a past day is not made yet; today's under that address would be a lie.
    found(None if "as_of" in request.args else True)
    version = f"{read.version()}.{clock.today():%Y%m%d}{attention_page.mark()}"
    if refresh.is_current(version):
        return refresh.nothing_new()
    form = BoardForm(request.args)
    is_compact = (form.asked_density or request.cookies.get(DENSITY)) == Density.COMPACT
    key = (
        version,
        current().code,
        actor().scope_key,
        attention_page.approves(),
        *form.asked.values(),
        is_compact,
        tuple(form.since.raw_data or ()) if form.since.process_errors else (),
    )
    part = kept().part(
        ("board", *key), lambda: refresh.stamped(_render(form, is_compact=is_compact), version)
    )
    if refresh.is_alike(part.text):
        return refresh.nothing_new(part.text)
    contains(part)
    body = Markup(part.text)  # noqa: S704 - rendered by our template
    if wants_fragment():
        return make_response(body)
    page = make_response(render_template("board/show.html", body=body, day=form.day))
    if form.asked_density and came_from_here():
        page.set_cookie(DENSITY, form.asked_density, max_age=YEAR, samesite="Lax", httponly=True)
    return page


def _render(form: BoardForm, *, is_compact: bool) -> str:
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
        **attention_page.now(board.rows),
        changes=changes.since(actor(), form.day),
        form=form,
        is_compact=is_compact,
        day=form.day,
        strands=list(Strand),
        healths=list(Health),
        with_=partial(_address, form),
    )


def _address(form: BoardForm, **asked: str) -> str:
    """The board's address with these things asked for instead of what the form asks.

    Made from what was understood, never from what was sent: the part is shown to others too.
    """
    wanted = form.asked | asked
    query = urlencode({name: value for name, value in wanted.items() if value})
    return f"?{query}" if query else "/"
