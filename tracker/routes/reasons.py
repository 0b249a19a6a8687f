"""The facts behind a colour, for a board too long to carry them all."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from tracker import policies as may
from tracker.queries import groups as read
from tracker.web import plan_page
from tracker.web.authorization import actor, authorize
from tracker.web.responses import found

bp = Blueprint("reasons", __name__, url_prefix="/groups")


@bp.get("/<key>/<slug>/why")
def show(key: str, slug: str) -> ResponseReturnValue:
    """Why the workstream has its colour today."""
    stream = found(read.workstream(actor(), key, slug))
    authorize(may.groups.see(actor(), stream.group))
    marks = plan_page.standing(stream.group).strands
    mark = next(mark for mark in marks if mark.strand is stream.strand)
    reasons, said = mark.judgement.reasons, mark.declared
    return render_template("board/_why.html", stream=stream, reasons=reasons, said=said)
