"""The timeline of a workstream, of a group, and of all groups one sees."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from flask import Blueprint, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from tracker import policies as may
from tracker.exports import charts
from tracker.exports.charts.formats import FORMATS
from tracker.extensions import db
from tracker.forms import timeline as forms
from tracker.lib.burn_up import ENOUGH, WEEKS
from tracker.lib.timeline import UNITS, Zoom
from tracker.models import Group, Strand, Workstream
from tracker.queries import board, choices
from tracker.queries import groups as read_groups
from tracker.queries import timeline as read
from tracker.queries.burn_up import burn_up
from tracker.queries.timeline import Asked, Kind, Place
from tracker.queries.trend import trend
from tracker.web import clock, plan_page, turns
from tracker.web.authorization import actor, authorize, everyone_signed_in
from tracker.web.cache import kept
from tracker.web.compression import contains
from tracker.web.files import taken
from tracker.web.language import current
from tracker.web.language import gettext as _
from tracker.web.responses import found, wants_fragment
from tracker.web.templating import named

bp = Blueprint("timeline", __name__)
Key = tuple[object, ...]


@bp.get("/timeline", defaults={"key": None, "slug": None})
@bp.get("/groups/<key>/timeline", defaults={"slug": None})
@bp.get("/groups/<key>/<slug>/timeline")
def show(key: str | None, slug: str | None) -> ResponseReturnValue:
    """Bars and diamonds; with `as=table` the same in a table."""
    place = _place(key, slug)
    asked = forms.read(request.args, actor().person_id)
    as_table = request.args.get("as") == forms.TABLE
    same = _key(place)
    part = kept().part(
        ("timeline", *same, asked, as_table), lambda: _render(place, asked, as_table)
    )
    contains(part)
    body = Markup(part.text)  # noqa: S704 - rendered by our template
    if wants_fragment():
        return make_response(body)
    is_mine = asked.owner == actor().person_id
    filters = kept().part(
        ("timeline filters", *same, replace(asked, page=1), is_mine),
        lambda: _render_filters(place, asked, is_mine=is_mine),
    )
    return render_template(
        "timeline/show.html",
        body=body,
        filters=Markup(filters.text),  # noqa: S704 - rendered by our template
        **_heads(place),
    )


@bp.get("/groups/<key>/outlook", defaults={"slug": None})
@bp.get("/groups/<key>/<slug>/outlook")
def outlook(key: str, slug: str | None) -> ResponseReturnValue:
    """What stands below the timeline of a group: what moved, and when the rest is done."""
    place = _place(key, slug)
    part = kept().part(("outlook", *_key(place)), lambda: _render_outlook(place))
    contains(part)
    body = Markup(part.text)  # noqa: S704 - rendered by our template
    if wants_fragment():
        return make_response(body)
    return render_template("timeline/outlook.html", body=body, **_heads(place))


@bp.get("/timeline.<suffix>", defaults={"key": None, "slug": None})
@bp.get("/groups/<key>/timeline.<suffix>", defaults={"slug": None})
@bp.get("/groups/<key>/<slug>/timeline.<suffix>")
def file(key: str | None, slug: str | None, suffix: str) -> ResponseReturnValue:
    """The same rows as a picture, or on paper; more of them than on a screen."""
    place = _place(key, slug)
    render, content_type = found(FORMATS.get(suffix))
    asked = replace(forms.read(request.args, actor().person_id), page=1)
    chart = read.timeline_of(place, asked, read.PAPER_ROWS)
    title, lang = _title(place.group), current()
    db.session.commit()  # the end of reading: who waits for a turn holds no connection
    with turns.turn():
        content = render(chart, title, lang)
    name = f"{place.group.key if place.group else 'NQI'}-{place.today.isoformat()}"
    return taken(content, f"tien-do-{name}.{suffix}", content_type)


def _render_outlook(place: Place) -> str:
    group, stream = place.group, place.workstream
    if group is None:
        return ""
    moved, done = trend(group, stream, place.today), burn_up(group, stream, place.today)
    lang = current()
    return render_template(
        "timeline/_outlook.html",
        group=group,
        stream=stream,
        trend=moved,
        burn_up=done,
        most=charts.trend.MOST,
        enough=ENOUGH,
        weeks=WEEKS,
        trend_drawing=Markup(charts.trend.draw(moved, _("Xu hướng mốc"), lang)),  # noqa: S704
        burn_up_drawing=Markup(charts.burn_up.draw(done, _("Khối lượng"), lang)),  # noqa: S704
    )


def _place(key: str | None, slug: str | None) -> Place:
    if key is None:
        everyone_signed_in()
        return Place(actor(), None, None, clock.today())
    stream = found(read_groups.workstream(actor(), key, slug)) if slug else None
    group = stream.group if stream else found(read_groups.find(actor(), key))
    authorize(may.groups.see(actor(), group))
    return Place(actor(), group, stream, clock.today())


def _key(place: Place) -> Key:
    """What two readers must have in common to be shown the same."""
    return (
        board.version(),
        place.today,
        current().code,
        request.script_root,
        place.group.key if place.group else "",
        place.workstream.strand if place.workstream else "",
        place.actor.scope_key,
        may.milestones.movable_in(place.actor),
    )


def _render(place: Place, asked: Asked, as_table: bool) -> str:  # noqa: FBT001 - from the address
    chart = read.timeline_of(place, asked)
    address = _addresses(place, asked, as_table)
    base, query = address_of(place.group, place.workstream), forms.query(asked, {})
    drawing = "" if as_table else charts.timeline.draw(chart, _title(place.group), current())
    return render_template(
        "timeline/_timeline.html",
        chart=chart,
        group=place.group,
        stream=place.workstream,
        asked=asked,
        as_table=as_table,
        address=address,
        files={name: f"{base}.{name}{'?' if query else ''}{query}" for name in FORMATS},
        drawing=Markup(drawing),  # noqa: S704 - drawn by us, with every word escaped
        earlier=chart.window.moved(-UNITS // 2),
        later=chart.window.moved(UNITS // 2),
        at={
            True: url_for("milestones.show", code="X").removesuffix("X"),
            False: url_for("tasks.show", code="X").removesuffix("X"),
        },
    )


def _title(group: Group | None) -> str:
    return _("Tiến độ: %(name)s", name=named(group)) if group else _("Tiến độ các tổ công tác")


def _addresses(place: Place, asked: Asked, as_table: bool) -> Callable[..., str]:  # noqa: FBT001
    """`address(page=2)`: the present page with something asked for instead."""
    base = address_of(place.group, place.workstream)
    present = {"as": forms.TABLE if as_table else ""}

    def address(**changes: object) -> str:
        query = forms.query(asked, {**present, **changes})
        return base + (f"?{query}" if query else "")

    return address


def address_of(group: Group | None, stream: Workstream | None) -> str:
    """Where a timeline is."""
    slug = stream.strand.slug if stream else None
    return url_for("timeline.show", key=group.key if group else None, slug=slug)


def _render_filters(place: Place, asked: Asked, *, is_mine: bool) -> str:
    """The form of the filters, with what it offers."""
    group, stream = place.group, place.workstream
    return render_template(
        "timeline/_filters.html",
        asked=asked,
        is_mine=is_mine,
        here=address_of(group, stream),
        group=group,
        stream=stream,
        zooms=list(Zoom),
        kinds=list(Kind),
        strands=list(Strand),
        units=choices.units(place.today, also=asked.unit),
        groups=() if group else read_groups.listing(place.actor),
        workers=plan_page.workers(group, stream) if group else (),
    )


def _heads(place: Place) -> dict[str, Any]:
    """The head of the page."""
    group = place.group
    context: dict[str, Any] = {"group": group, "stream": place.workstream}
    if group is None:
        return context
    head, standing = read_groups.head(group, place.today), plan_page.standing(group)
    return {**context, "head": head, "standing": standing}
