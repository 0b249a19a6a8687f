"""The readiness chain of a group, and the critical chains of a group and of all groups."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from tracker import policies as may
from tracker.models import Group, Strand
from tracker.queries import groups as read_groups
from tracker.queries import readiness as read
from tracker.web import clock, plan_page
from tracker.web.authorization import actor, authorize, everyone_signed_in
from tracker.web.responses import found, page

bp = Blueprint("readiness", __name__)


@bp.get("/groups/<key>/readiness")
def show(key: str) -> ResponseReturnValue:
    """What is published and what is missing before it can be used, subject by subject."""
    group = _group(key)
    return page(
        "readiness/show.html",
        "readiness/_subjects.html",
        group=group,
        stream=None,
        readiness=read.of_group(actor(), group),
        strands=list(Strand),
        standing=plan_page.standing(group),
        head=read_groups.head(group, clock.today()),
    )


@bp.get("/chains", defaults={"key": None})
@bp.get("/groups/<key>/chains")
def chains(key: str | None) -> ResponseReturnValue:
    """Which items decide when the rest is done; loaded below a timeline."""
    if key is None:
        everyone_signed_in()
    group = _group(key) if key else None
    found_chains = read.chains(actor(), group)
    context = {"group": group, "chains": found_chains}
    return page("readiness/chains.html", "readiness/_chains.html", **context)


def _group(key: str) -> Group:
    group = found(read_groups.find(actor(), key))
    authorize(may.groups.see(actor(), group))
    return group
