"""What every answer with the tasks of a group needs, whichever door gives it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import request, url_for

from tracker.forms import plan_filters
from tracker.lib.health import Thresholds
from tracker.models import Group, Milestone, MoveReason, Task, TaskStatus, Workstream
from tracker.policies import task_rows
from tracker.queries import groups as read_groups
from tracker.queries import plan as read
from tracker.queries.plan import Filters, Scope
from tracker.web import clock
from tracker.web.authorization import actor
from tracker.web.cache import kept
from tracker.web.responses import wants_fragment


@dataclass(frozen=True)
class Around:
    """What the sections of a list have in common: all they show that is not in them."""

    group_key: str
    slug: str
    is_flat: bool
    is_approved: bool
    limits: Thresholds
    may_create: bool
    arrange: bool
    move_due: bool
    back: str
    today: date


def scope(group: Group, workstream: Workstream | None) -> Scope:
    """That workstream, or the whole group, as the reader sees it today."""
    return Scope(actor(), group, workstream, clock.today())


def asked() -> Filters:
    """The filters of this request: of its address, or of the page a form was sent from."""
    if request.method == "POST":
        return plan_filters.read_back(request.form.get("back"), actor().person_id)
    return plan_filters.read(request.args, actor().person_id)


def standing(group: Group) -> read_groups.Standing:
    """How the strands of a group stand; judged once for all who look."""
    return read_groups.standing(group, clock.today(), judged())


def judged() -> read_groups.Judged:
    """Where this process keeps the judgements it made."""
    found: read_groups.Judged = kept().parts.setdefault("strands", {})
    return found


def listing(group: Group, workstream: Workstream | None, **more: object) -> dict[str, Any]:
    """For `groups/_plan.html` and what stands round it."""
    filters = asked()
    plan = read.page(scope(group, workstream), filters)
    found, back = standing(group), plan_filters.back(filters)
    return {
        "group": group,
        "stream": workstream,
        "plan": plan,
        "standing": found,
        "targets": read.targets(found),
        "filters": filters,
        "back": back,
        "at": Around(
            group_key=group.key,
            slug=workstream.strand.slug if workstream else "",
            is_flat=plan.is_flat,
            is_approved=found.is_approved,
            limits=found.limits,
            may_create=plan.may_create,
            arrange=plan.rights.arrange,
            move_due=plan.rights.move_due,
            back=back,
            today=clock.today(),
        ),
        "address": _addresses(_list_address(group, workstream), filters),
        "quick": {},
        **more,
    }


def beside(thing: Task | Milestone) -> dict[str, Any]:
    """For `groups/_head_beside.html` and `groups/_mark_beside.html`: what counts the thing."""
    milestone = thing if isinstance(thing, Milestone) else thing.milestone
    group, strand = thing.group, thing.workstream.strand
    found = standing(group)
    return {
        "group": group,
        "section": read.heading(thing.workstream, milestone, clock.today()),
        "standing": found,
        "mark": next(mark for mark in found.strands if mark.strand is strand),
        "rights": task_rows.in_group(actor(), group.id),
    }


def columns(group: Group, workstream: Workstream | None, **more: object) -> dict[str, Any]:
    """For `groups/_kanban.html` and what stands round it."""
    filters, lengths = asked(), plan_filters.lengths(_arguments())
    found = standing(group)
    return {
        "group": group,
        "stream": workstream,
        "kanban": read.kanban(scope(group, workstream), filters, lengths),
        "standing": found,
        "targets": read.targets(found),
        "filters": filters,
        "back": plan_filters.back(filters, _arguments().get("more", "")),
        "address": _addresses(board_address(group, workstream), filters),
        **more,
    }


def board_address(group: Group, workstream: Workstream | None) -> str:
    """Where the columns are shown."""
    slug = workstream.strand.slug if workstream else None
    return url_for("groups.kanban", key=group.key, slug=slug)


def around(group: Group, workstream: Workstream | None) -> dict[str, Any]:
    """What only a whole page has: the headline, and whom the pickers offer."""
    if wants_fragment():
        return {}
    head = read_groups.head(group, clock.today())
    known = workers(group, workstream, head)
    return {
        "head": head,
        "workers": known,
        "statuses": tuple(TaskStatus),
        "reasons": tuple(MoveReason),
    }


def workers(
    group: Group, workstream: Workstream | None, head: read_groups.Head | None = None
) -> Sequence[read.Worker]:
    """Whom a task can be given to here."""
    head = head or read_groups.head(group, clock.today())
    return read.workers(scope(group, workstream), head.people)


def back_to(group: Group, workstream: Workstream | None, anchor: str = "") -> str:
    """The list that a form was sent from, for those without a script."""
    filters = asked()
    query = plan_filters.back(filters)
    address = _list_address(group, workstream)
    joint = "&" if "?" in address else "?"
    return address + (f"{joint}{query}" if query else "") + (f"#{anchor}" if anchor else "")


def _list_address(group: Group, workstream: Workstream | None) -> str:
    if workstream is None:
        return url_for("groups.show", key=group.key, view="list")
    return url_for("groups.workstream", key=group.key, slug=workstream.strand.slug)


def _arguments() -> Mapping[str, str]:
    if request.method == "POST":
        return plan_filters.arguments(request.form.get("back"))
    return request.args


def _addresses(base: str, filters: Filters) -> Callable[..., str]:
    """`address(page=2)`: the present list with something asked for instead."""
    joint = "&" if "?" in base else "?"

    def address(**changes: object) -> str:
        query = plan_filters.query(filters, changes)
        return base + (f"{joint}{query}" if query else "")

    return address
