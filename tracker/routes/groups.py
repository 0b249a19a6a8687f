"""Working groups: the list of them, one of them, and its workstreams as list and as columns."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from tracker import policies as may
from tracker.lib.numbers import whole
from tracker.models import Group, Strand, Workstream
from tracker.policies import task_rows
from tracker.queries import extension_requests, owed, plan
from tracker.queries import groups as read
from tracker.web import clock, plan_page
from tracker.web.authorization import actor, authorize, everyone_signed_in
from tracker.web.responses import found, page

bp = Blueprint("groups", __name__, url_prefix="/groups")


@bp.get("")
def index() -> ResponseReturnValue:
    """All groups one may see."""
    everyone_signed_in()
    asked = request.args.get("page", 1, type=whole)
    return render_template(
        "groups/index.html",
        screen=read.lines(actor(), clock.today(), max(asked, 1), plan_page.judged()),
        strands=list(Strand),
    )


@bp.get("/<key>")
def show(key: str) -> ResponseReturnValue:
    """A group at a glance; with filters or `view=list`, the list of all its tasks."""
    group = _group(key)
    if request.args:
        return _listing(group, None)
    members = read.members(group, clock.today())
    return render_template(
        "groups/show.html",
        group=group,
        stream=None,
        standing=plan_page.standing(group),
        head=read.Head.of(members),
        members=members,
        unclear=plan.unclear(group),
        waiting=plan.waiting_for_approval(group),
        requests=extension_requests.of_group(group, clock.today()),
        owed=owed.of_group(group, clock.today()),
        rights=task_rows.in_group(actor(), group.id),
        strands=list(Strand),
    )


@bp.get("/<key>/<slug>")
def workstream(key: str, slug: str) -> ResponseReturnValue:
    """The milestones of a workstream with their tasks."""
    stream = _stream(key, slug)
    return _listing(stream.group, stream)


@bp.get("/<key>/kanban", defaults={"slug": None})
@bp.get("/<key>/<slug>/kanban")
def kanban(key: str, slug: str | None) -> ResponseReturnValue:
    """The same tasks in columns by status."""
    stream = _stream(key, slug) if slug else None
    group = stream.group if stream else _group(key)
    return page(
        "groups/kanban.html",
        "groups/_kanban.html",
        **plan_page.columns(group, stream),
        **plan_page.around(group, stream),
    )


def _listing(group: Group, stream: Workstream | None) -> ResponseReturnValue:
    return page(
        "groups/list.html",
        "groups/_plan.html",
        **plan_page.listing(group, stream),
        **plan_page.around(group, stream),
    )


def _group(key: str) -> Group:
    group = found(read.find(actor(), key))
    authorize(may.groups.see(actor(), group))
    return group


def _stream(key: str, slug: str) -> Workstream:
    stream = found(read.workstream(actor(), key, slug))
    authorize(may.groups.see(actor(), stream.group))
    return stream
