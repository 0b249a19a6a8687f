"""The way into administration: what there is, what wants a hand, and the first steps."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from tracker import policies as may
from tracker.queries import administration as read
from tracker.queries import audit
from tracker.web import clock
from tracker.web.authorization import actor, authorize
from tracker.web.language import current

bp = Blueprint("admin", __name__, url_prefix="/admin")
LATEST = 8


@bp.get("")
def index() -> ResponseReturnValue:
    """Counts, what is amiss, the latest changes."""
    authorize(may.groups.administer(actor()))
    return render_template(
        "admin/index.html",
        overview=read.overview(clock.today(), clock.now()),
        latest=audit.entries(audit.AuditSearch(), current()).rows[:LATEST],
    )


@bp.get("/begin")
def begin() -> ResponseReturnValue:
    """The first steps of a blank installation: a group, its plan, its people."""
    authorize(may.groups.administer(actor()))
    return render_template("admin/begin.html", steps=read.beginning())
