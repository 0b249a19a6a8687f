"""What the figures of the board count, as lists across all groups one may see."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from tracker.lib.numbers import whole
from tracker.queries import attention as read
from tracker.queries.attention import Heap
from tracker.web import clock, listing
from tracker.web.authorization import actor, everyone_signed_in

bp = Blueprint("attention", __name__)


@bp.get("/attention")
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
