"""The board: groups × strands, for whoever decides."""

from datetime import date
from functools import partial
from io import BytesIO
from urllib.parse import urlencode

from flask import Blueprint, make_response, render_template, request, send_file
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from tracker.exports import board as paper
from tracker.extensions import db
from tracker.forms.board import BoardForm, Density
from tracker.lib.health import Health
from tracker.models import Strand
from tracker.queries import board as read
from tracker.queries import comparison, decisions, meetings, nights, portfolio
from tracker.queries.standings import Standings, Totals
from tracker.queries.task_changes import Window
from tracker.web import attention_page, clock, days, refresh, turns
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
    """The board as it stands now or stood on a past day, beside what changed since another."""
    everyone_signed_in()
    version = refresh.stamp(read.version())
    form = BoardForm(request.args)
    form.last_meeting = meetings.last_on_all(form.shown)
    is_compact = (form.asked_density or request.cookies.get(DENSITY)) == Density.COMPACT
    key = (
        version,
        current().code,
        actor().scope_key,
        attention_page.approves(),
        attention_page.mark(),
        *form.asked.values(),
        is_compact,
        form.day,
        form.as_of.data,
        *(tuple(day.raw_data or ()) for day in (form.since, form.as_of) if day.process_errors),
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
    page = make_response(render_template("board/show.html", body=body, form=form))
    if form.asked_density and came_from_here():
        page.set_cookie(DENSITY, form.asked_density, max_age=YEAR, samesite="Lax", httponly=True)
    return page


def _render(form: BoardForm, *, is_compact: bool) -> str:
    """Everything on the page that is alike for all who see the same groups."""
    first = nights.first_day() if form.past else None
    stand = _standings(form, first)
    if stand is None:
        return render_template("board/_no_day.html", form=form, first=first)
    weeks = days.weeks_before(form.shown)
    everything = read.board(actor(), form.shown, read.Filters(), stand, weeks)
    bundles = portfolio.portfolio(everything.rows, clock.today())
    board = everything
    if not form.filters.is_empty:
        filters = portfolio.resolved(form.filters, bundles)
        board = read.board(actor(), form.shown, filters, stand, weeks)
    return render_template(
        "board/_board.html",
        board=board,
        everything=everything,
        bundles=bundles,
        sections=portfolio.sections(board.rows, form.grouping, bundles, form.filters.programme),
        **_attention(form, board),
        **_changes(form, everything),
        form=form,
        is_compact=is_compact,
        day=form.day,
        strands=list(Strand),
        healths=list(Health),
        with_=partial(_address, form),
    )


@bp.get("/board.pdf")
def sheet() -> ResponseReturnValue:
    """The same rows on one sheet of A3."""
    everyone_signed_in()
    form = BoardForm(request.args)
    stand = found(_standings(form, nights.first_day() if form.past else None))
    everything = read.board(actor(), form.shown, read.Filters(), stand)
    bundles = portfolio.portfolio(everything.rows, clock.today())
    rows = read.board(actor(), form.shown, portfolio.resolved(form.filters, bundles), stand).rows
    sections = portfolio.sections(rows, form.grouping, bundles, form.filters.programme)
    made, lang = paper.Sheet(form.shown, sections, form.filters, bundles), current()
    db.session.commit()  # the end of reading: who waits for a turn holds no connection
    with turns.turn():
        content = paper.pdf(made, lang)
    return send_file(
        BytesIO(content),
        mimetype="application/pdf",
        download_name=f"bang-dieu-hanh-{form.shown.isoformat()}.pdf",
        max_age=0,
    )


def _attention(form: BoardForm, board: read.Board) -> dict[str, object]:
    """What asks for a look, or asked for one then."""
    if form.past:
        return attention_page.then(board.rows, form.past)
    return attention_page.now(board.rows)


def _standings(form: BoardForm, first: date | None) -> Standings | None:
    """How all stand on the day that is asked for; None of a day of which nothing is known."""
    if form.past:
        return days.at_end_of(form.past) if first and first <= form.past else None
    return None if form.as_of.process_errors or form.is_ahead else days.now()


def _changes(form: BoardForm, everything: read.Board) -> dict[str, object]:
    """What is different from the other day; nothing where that day is not known."""
    earlier = days.at_end_of(form.day) if form.day < form.shown else everything.standings
    if earlier is None:
        return {"changes": None, "before": None, "wanted_before": 0}
    seen = {row.id for row in everything.rows}
    window = Window(form.day, form.past)
    return {
        "changes": comparison.compare(actor(), seen, earlier, everything.standings, window),
        "before": Totals.of(one for place, one in earlier.items() if place[0] in seen),
        "wanted_before": decisions.waited(actor(), form.day),
    }


def _address(form: BoardForm, **asked: str) -> str:
    """The board's address with these things asked for instead of what the form asks.

    Made from what was understood, never from what was sent: the part is shown to others too.
    """
    wanted = form.asked | asked
    query = urlencode({name: value for name, value in wanted.items() if value})
    return f"?{query}" if query else "/"
