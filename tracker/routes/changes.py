"""What changed between two days, item by item."""

from collections.abc import Container

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from tracker.forms.changes import ChangesForm
from tracker.lib.numbers import whole
from tracker.lib.paging import cut
from tracker.models import Strand
from tracker.queries import board, comparison, task_changes
from tracker.queries.comparison import Comparison
from tracker.queries.standings import Standings
from tracker.queries.task_changes import Window
from tracker.web import clock, days
from tracker.web.authorization import actor, everyone_signed_in
from tracker.web.listing import address
from tracker.web.responses import page

bp = Blueprint("changes", __name__)


@bp.get("/changes")
def show() -> ResponseReturnValue:
    """Colours, milestones and tasks, of all groups or of one or one of its strands."""
    everyone_signed_in()
    form = ChangesForm(request.args)
    later = days.at_end_of(form.until) if form.until else days.now()
    rows = board.board(actor(), form.until or clock.today(), board.Filters(), later or {}).rows
    window, strand = Window(form.day, form.until), form.place[1]
    asked = [row for row in rows if row.key == form.place[0]]
    tasks = task_changes.lines(actor(), window, asked[0].key if asked else "", strand)
    groups = {row.id: row for row in asked or rows}
    return page(
        "changes/show.html",
        "changes/_changes.html",
        form=form,
        rows=rows,
        groups=groups,
        changes=_compared(window, later, groups, strand),
        tasks=cut(tasks, request.args.get("page", 1, type=whole)),
        address=address,
    )


def _compared(
    window: Window, later: Standings | None, groups: Container[int], strand: Strand | None
) -> Comparison | None:
    """Nothing where one of the two days is not known."""
    is_now = window.until is None and window.since >= clock.today()
    earlier = later if is_now else days.at_end_of(window.since)
    if earlier is None or later is None:
        return None
    was, stands = (
        {place: one for place, one in day.items() if strand in {None, place[1]}}
        for day in (earlier, later)
    )
    return comparison.compare(actor(), groups, was, stands, window, counts_tasks=False)
