"""What waits for what: links added and taken back on an item's page, and what a move would push."""

import re
from typing import cast

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from tracker import policies as may
from tracker.errors import RuleViolationError
from tracker.extensions import db
from tracker.forms.dependencies import DependencyForm
from tracker.forms.tasks import DatesForm
from tracker.models import Milestone, Task
from tracker.queries import dependencies as read
from tracker.queries import milestones, tasks
from tracker.services import dependencies as do
from tracker.web import pushes as moves
from tracker.web import task_page
from tracker.web.authorization import act, actor, authorize
from tracker.web.language import gettext as _
from tracker.web.responses import answer, found, invalid

bp = Blueprint("dependencies", __name__)
FIELD_OF = {"lag_out_of_range": "lag"}
PLACE = re.compile(r"[\w-]{1,80}", re.ASCII)


@bp.post("/tasks/<code>/waits", defaults={"kind": "task"})
@bp.post("/milestones/<code>/waits", defaults={"kind": "milestone"})
def create(kind: str, code: str) -> ResponseReturnValue:
    """Let the item wait for another one."""
    thing = _thing(kind, code)
    authorize(may.dependencies.link(actor(), thing))
    form = DependencyForm()
    if not form.validate():
        return _again(thing, form)
    codes = read.matches(actor(), form.what.data or "")
    if len(codes) != 1:
        many = {"codes": ", ".join(codes)} if codes else {}
        form.refuse("what", "dependency_not_one" if codes else "dependency_not_found", **many)
        return _again(thing, form)
    predecessor = _found(read.end(actor(), codes[0]))
    try:
        do.link(thing, predecessor, form.lag.data or 0, by=act())
    except RuleViolationError as error:
        form.blame(error, FIELD_OF, "what")
        return _again(thing, form)
    db.session.commit()
    return _answer(thing, _("%(code)s chờ %(other)s", code=code, other=predecessor.code))


@bp.get("/tasks/<code>/waits/offered", defaults={"kind": "task"})
@bp.get("/milestones/<code>/waits/offered", defaults={"kind": "milestone"})
def offered(kind: str, code: str) -> ResponseReturnValue:
    """Items that a text typed may mean, to choose from."""
    thing = _thing(kind, code)
    authorize(may.dependencies.link(actor(), thing))
    hits = read.offered(actor(), request.args.get("what", ""))
    return render_template("dependencies/_offered.html", thing=thing, hits=hits)


@bp.post("/dependencies/<int:dependency_id>/remove")
def destroy(dependency_id: int) -> ResponseReturnValue:
    """Let the one no longer wait for the other."""
    dependency = found(read.find(dependency_id))
    before, after = read.ends(actor(), dependency)
    predecessor, successor = _found(before), _found(after)
    authorize(may.dependencies.link(actor(), successor))
    do.unlink(dependency, by=act())
    db.session.commit()
    return _answer(
        successor,
        _("%(code)s không chờ %(other)s nữa", code=successor.code, other=predecessor.code),
    )


@bp.get("/tasks/<code>/pushes", defaults={"kind": "task"})
@bp.get("/milestones/<code>/pushes", defaults={"kind": "milestone"})
def pushed(kind: str, code: str) -> ResponseReturnValue:
    """What the date in a form would push, while it is being chosen; stores nothing."""
    thing = _thing(kind, code)
    authorize(may.dependencies.move(actor(), thing))
    form = DatesForm(request.args, meta={"csrf": False})
    for field in (form.forecast, form.due):
        field.validate(form)
    at = request.args.get("at", "")
    return render_template(
        "dependencies/_pushes.html",
        kind=kind,
        code=code,
        form=form,
        cascade=moves.preview(thing, form),
        at=at if PLACE.fullmatch(at) else f"{kind}-{code}",
    )


def _found(end: Task | Milestone | None) -> Task | Milestone:
    return cast("Task | Milestone", found(end))


def _thing(kind: str, code: str) -> Task | Milestone:
    if kind == "task":
        return found(tasks.find(actor(), code))
    return found(milestones.find(actor(), code))


def _again(thing: Task | Milestone, form: DependencyForm) -> ResponseReturnValue:
    kind = type(thing).__name__.lower()
    context = {**task_page.sheet_of(thing), "wait_form": form}
    return invalid(f"{kind}s/show.html", "dependencies/_waits.html", **context)


def _answer(thing: Task | Milestone, said: str) -> ResponseReturnValue:
    """What the item waits for as it is stored now."""
    kind = type(thing).__name__.lower()
    return answer(
        "dependencies/changed.html",
        otherwise=f"{task_page.address_of(thing)}#{kind}-{thing.code}-waits",
        said=said,
        **task_page.sheet_of(_thing(kind, thing.code)),
    )
