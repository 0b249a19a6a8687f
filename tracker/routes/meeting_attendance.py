"""Who is there: the people expected at a meeting, and guests by name."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker import policies as may
from tracker.errors import StaleError
from tracker.extensions import db
from tracker.forms.meetings import GuestForm, PresenceForm
from tracker.models import Attendance
from tracker.queries import attendance as read
from tracker.queries import meetings as read_meetings
from tracker.queries.meetings import Sitting
from tracker.services import meetings as do
from tracker.web import conflicts
from tracker.web.authorization import act, actor, authorize, everyone_signed_in
from tracker.web.responses import found, page, see_other, wants_fragment

bp = Blueprint("meeting_attendance", __name__, url_prefix="/meetings/<int:meeting_id>/attendance")


@bp.get("")
def show(meeting_id: int) -> ResponseReturnValue:
    """Everybody expected, and whether they are there."""
    sitting = found(read_meetings.find(actor(), meeting_id))
    everyone_signed_in()
    full, part = "meetings/attendance.html", "meetings/_attendance_dialog.html"
    return page(full, part, **_list(sitting, GuestForm(formdata=None)))


@bp.post("")
def invite(meeting_id: int) -> ResponseReturnValue:
    """Write down a guest."""
    sitting = _marking(meeting_id)
    form = GuestForm()
    if not form.validate():
        full, part = "meetings/attendance.html", "meetings/_attendance.html"
        return page(full, part, **_list(sitting, form)), 422
    do.invite_guest(sitting.meeting, form.name.data or "", form.post.data or "", by=act())
    return _marked(sitting)


@bp.post("/everyone")
def everyone(meeting_id: int) -> ResponseReturnValue:
    """Everybody of whom nothing was said is there."""
    sitting = _marking(meeting_id)
    do.all_present(sitting.meeting, read.unmarked(sitting), by=act())
    return _marked(sitting)


@bp.post("/persons/<int:person_id>")
def attend(meeting_id: int, person_id: int) -> ResponseReturnValue:
    """Whether one of those expected is there."""
    sitting = _marking(meeting_id)
    person, form = found(read.person(sitting, person_id)), PresenceForm()
    if form.validate():
        do.attend(sitting.meeting, person, form.presence.data, by=act())
    return _marked(sitting)


@bp.post("/<int:row_id>")
def mark(meeting_id: int, row_id: int) -> ResponseReturnValue:
    """Say otherwise; the second of two who do is asked."""
    sitting = _marking(meeting_id)
    row: Attendance = found(read.find(sitting.meeting, row_id))
    form = PresenceForm()
    if form.validate():
        try:
            do.mark(row, form.presence.data, by=act(), seen=form.version.data)
        except StaleError as error:
            return conflicts.ask(form, error, row, target="#attendance")
    return _marked(sitting)


def _marking(meeting_id: int) -> Sitting:
    sitting = found(read_meetings.find(actor(), meeting_id, to_change=True))
    authorize(may.meetings.record(actor(), sitting.meeting, sitting.recorder_ids))
    return sitting


def _marked(sitting: Sitting) -> ResponseReturnValue:
    """The roll goes on: where it is called in a dialog, that stays open."""
    db.session.commit()
    if not wants_fragment():
        return see_other(url_for("meeting_attendance.show", meeting_id=sitting.meeting.id))
    context = _list(sitting, GuestForm(formdata=None))
    return render_template("meetings/_attendance.html", **context)


def _list(sitting: Sitting, form: GuestForm) -> dict[str, object]:
    meeting = sitting.meeting
    return {
        "sitting": sitting,
        "meeting": meeting,
        "seats": read.seats(sitting),
        "form": form,
        "records": not meeting.is_issued
        and may.meetings.record(actor(), meeting, sitting.recorder_ids),
    }
