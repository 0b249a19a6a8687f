"""The month calendar of a workstream, of a group, and of all groups one sees."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import Blueprint, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from tracker import policies as may
from tracker.forms import month as forms
from tracker.models import Strand
from tracker.queries import board
from tracker.queries import groups as read_groups
from tracker.queries import month as read
from tracker.queries.month import Asked, Kind, Place
from tracker.web import clock, plan_page
from tracker.web.authorization import actor, authorize, everyone_signed_in
from tracker.web.cache import kept
from tracker.web.compression import contains
from tracker.web.language import current
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
    body = Markup(_body(place, asked))  # noqa: S704 - rendered by our template
    if wants_fragment():
        return make_response(body)
    return render_template("month/show.html", body=body, **_page(place, asked))


def _body(place: Place, asked: Asked) -> str:
    """The month itself; that of all groups is kept for all who see the same ones."""

    def render() -> str:
        return render_template("month/_month.html", **_month(place, asked))

    if place.group is not None or asked.owner is not None:
        return render()
    state = (board.version(), place.today, current().code, place.actor.scope_key)
    part = kept().part(("month", *state, asked), render)
    contains(part)
    return part.text


def _place(key: str | None, slug: str | None) -> Place:
    if key is None:
        everyone_signed_in()
        return Place(actor(), None, None, clock.today())
    stream = found(read_groups.workstream(actor(), key, slug)) if slug else None
    group = stream.group if stream else found(read_groups.find(actor(), key))
    authorize(may.groups.see(actor(), group))
    return Place(actor(), group, stream, clock.today())


def _month(place: Place, asked: Asked) -> dict[str, Any]:
    return {"month": read.month(place, asked), **_round(place, asked)}


def _day(place: Place, asked: Asked, on: date) -> dict[str, Any]:
    return {
        "one": read.day(place, asked, on),
        "group": place.group,
        "stream": place.workstream,
        **_round(place, asked),
    }


def _round(place: Place, asked: Asked) -> dict[str, Any]:
    return {"asked": asked, "address": _addresses(place, asked)}


def _page(place: Place, asked: Asked) -> dict[str, Any]:
    """What only a whole page has: the headline, the views, the filters."""
    group, stream = place.group, place.workstream
    head = read_groups.head(group, place.today) if group else None
    return {
        "group": group,
        "stream": stream,
        "asked": asked,
        "address": _addresses(place, asked),
        "head": head,
        "standing": plan_page.standing(group) if group else None,
        "workers": plan_page.workers(group, stream, head) if group else (),
        "strands": list(Strand),
        "kinds": list(Kind),
    }


def _addresses(place: Place, asked: Asked) -> Callable[..., str]:
    """`address(month="2026-12")`: the present page with something asked for instead."""
    slug = place.workstream.strand.slug if place.workstream else None
    base = url_for("month.show", key=place.group.key if place.group else None, slug=slug)

    def address(**changes: object) -> str:
        query = forms.query(asked, place.actor.person_id, place.today, changes)
        return base + (f"?{query}" if query else "")

    return address
