"""The facts behind a colour, for a board too long to carry them all."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from tracker import policies as may
from tracker.forms.board import BoardForm
from tracker.queries import groups as read
from tracker.web import days
from tracker.web.authorization import actor, authorize
from tracker.web.responses import found

bp = Blueprint("reasons", __name__, url_prefix="/groups")


@bp.get("/<key>/<slug>/why")
def show(key: str, slug: str) -> ResponseReturnValue:
    """Why the workstream has its colour today, or had it on a past day."""
    stream = found(read.workstream(actor(), key, slug))
    authorize(may.groups.see(actor(), stream.group))
    form = BoardForm(request.args)
    stand = days.at_end_of(form.past) if form.past else days.now()
    standing = found((stand or {}).get((stream.group_id, stream.strand)))
    return render_template(
        "board/_why.html",
        stream=stream,
        reasons=standing.judgement.reasons,
        said=standing.declared,
    )
