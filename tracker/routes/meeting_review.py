"""The screen of a meeting: one thing after the other, and what the others record meanwhile."""

from collections.abc import Sequence

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue

from tracker.queries import meeting_entries as read_entries
from tracker.queries import meetings as read
from tracker.queries.meeting_entries import Recorded
from tracker.web import meeting_screen
from tracker.web.authorization import actor, everyone_signed_in
from tracker.web.language import current
from tracker.web.language import gettext as _
from tracker.web.responses import found, page, toast

bp = Blueprint("meeting_review", __name__, url_prefix="/meetings/<int:meeting_id>")
LONGEST = 80  # signs of what is told in passing


@bp.get("/review")
def show(meeting_id: int) -> ResponseReturnValue:
    """One item of the agenda on the whole screen."""
    sitting = found(read.find(actor(), meeting_id))
    everyone_signed_in()
    context = meeting_screen.screen(sitting, request.args.get("item"))
    return page("meetings/review.html", "meetings/_review.html", **context)


@bp.get("/entries")
def entries(meeting_id: int) -> ResponseReturnValue:
    """What was recorded; nothing for a screen that has `seen` all of it."""
    sitting = found(read.find(actor(), meeting_id))
    everyone_signed_in()
    seen = request.args.get("seen", "")
    if seen and seen == read_entries.mark(sitting.meeting):
        return "", 204
    context = meeting_screen.recorded(sitting, request.args.get("item", ""))
    response = make_response(render_template("meetings/_entries.html", **context))
    for entry in _news(context["entries"], seen)[-1:]:
        toast(response, _told(entry))
    return response


def _news(entries_: Sequence[Recorded], seen: str) -> Sequence[Recorded]:
    """What somebody else has recorded after what was seen."""
    last = seen.partition(".")[0]
    known = int(last) if last.isdecimal() else 0
    return [one for one in entries_ if one.id > known and one.by_id != actor().person_id]


def _told(entry: Recorded) -> str:
    words = entry.words if len(entry.words) <= LONGEST else f"{entry.words[: LONGEST - 1]}…"
    kind = current().label(entry.kind).lower()
    return _("%(person)s vừa ghi %(kind)s: %(words)s", person=entry.by, kind=kind, words=words)
