"""The month calendar of a workstream, of a group, and of all groups one sees."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from tracker import policies as may
from tracker.forms import month as forms
from tracker.models import Group, Strand, Workstream
from tracker.queries import groups as read_groups
from tracker.queries import month as read
from tracker.queries.month import Asked, Kind, Place
from tracker.web import clock, plan_page
from tracker.web.authorization import actor, authorize, everyone_signed_in
from tracker.web.responses import found, page, wants_fragment

bp = Blueprint("month", __name__)


@bp.get("/calendar", defaults={"key": None, "slug": None})
@bp.get("/groups/<key>/calendar", defaults={"slug": None})
@bp.get("/groups/<key>/<slug>/calendar")
def show(key: str | None, slug: str | None) -> ResponseReturnValue:
    """A month; with `day=2026-11-23` all of that day."""
    place = _place(key, slug)
    asked = forms.read(request.args, actor().person_id, place.today)
    on = forms.day(request.args)
    if on:
        return page("month/day.html", "month/_day.html", **_day(place, asked, on))
    return page("month/show.html", "month/_month.html", **_month(place, asked))


def _place(key: str | None, slug: str | None) -> Place:
    if key is None:
        everyone_signed_in()
        return Place(actor(), None, None, clock.today())
    stream = found(read_groups.workstream(actor(), key, slug)) if slug else None
    group = stream.group if stream else found(read_groups.find(actor(), key))
    authorize(may.groups.see(actor(), group))
    return Place(actor(), group, stream, clock.today())


def _month(place: Place, asked: Asked) -> dict[str, Any]:
    return {
        "month": read.month(place, asked),
        "standing": plan_page.standing(place.group) if place.group else None,
        **_round(place, asked),
    }


def _day(place: Place, asked: Asked, on: date) -> dict[str, Any]:
    return {"one": read.day(place, asked, on), **_round(place, asked)}


def _round(place: Place, asked: Asked) -> dict[str, Any]:
    whole = not wants_fragment()
    return {
        "asked": asked,
        "group": place.group,
        "stream": place.workstream,
        "address": _addresses(place, asked),
        **(_page(place.group, place.workstream) if whole else {}),
    }


def _page(group: Group | None, stream: Workstream | None) -> dict[str, Any]:
    """What only a whole page has."""
    choices = {"strands": list(Strand), "kinds": list(Kind)}
    if group is None:
        return {"workers": (), **choices}
    head = read_groups.head(group, clock.today())
    return {"head": head, "workers": plan_page.workers(group, stream, head), **choices}


def _addresses(place: Place, asked: Asked) -> Callable[..., str]:
    """`address(month="2026-12")`: the present page with something asked for instead."""
    slug = place.workstream.strand.slug if place.workstream else None
    base = url_for("month.show", key=place.group.key if place.group else None, slug=slug)

    def address(**changes: object) -> str:
        query = forms.query(asked, place.actor.person_id, place.today, changes)
        return base + (f"?{query}" if query else "")

    return address
