"""What is recorded in a meeting: notes, decisions and directives, each once however often sent."""

from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from tracker import policies as may
from tracker.errors import RuleViolationError, StaleError
from tracker.extensions import db
from tracker.forms.meetings import AmendForm, DecideForm, DirectForm
from tracker.lib.agenda import Subject
from tracker.lib.dates import format_date
from tracker.models import MeetingEntry, Workstream
from tracker.queries import agenda as read_agenda
from tracker.queries import meeting_entries as read
from tracker.queries import meetings as read_meetings
from tracker.queries.meetings import Sitting
from tracker.services import meetings as do
from tracker.services.act import Act
from tracker.services.directives import Wanted
from tracker.services.meetings import Said
from tracker.web import clock, conflicts, meeting_screen
from tracker.web.authorization import act, actor, authorize
from tracker.web.language import gettext as _
from tracker.web.meeting_screen import Desk, EntryForm
from tracker.web.responses import answer, found, page

bp = Blueprint("meeting_entries", __name__, url_prefix="/meetings/<int:meeting_id>")
UID_LENGTH = 64
FIELD_OF = {"directive_due_past": "due", "directive_to_nobody": "to"}


@bp.post("/notes")
def note(meeting_id: int) -> ResponseReturnValue:
    """Record what was said."""
    sitting = _recording(meeting_id)
    return _record(
        sitting, "note", lambda said, _form: do.note(sitting.meeting, said, by=_act(sitting))
    )


@bp.post("/decisions")
def decide(meeting_id: int) -> ResponseReturnValue:
    """Answer the question on the screen, or decide what nobody had asked for."""
    sitting = _recording(meeting_id)
    return _record(sitting, "decision", lambda said, form: _decide(sitting, said, form))


@bp.post("/directives")
def direct(meeting_id: int) -> ResponseReturnValue:
    """Give a directive; it is in force at once."""
    sitting = _recording(meeting_id)
    return _record(sitting, "directive", lambda said, form: _direct(sitting, said, form))


@bp.get("/entries/<int:entry_id>")
def edit(meeting_id: int, entry_id: int) -> ResponseReturnValue:
    """A note as a form."""
    sitting = _recording(meeting_id)
    entry = _entry(sitting, entry_id)
    return _form(entry, AmendForm(formdata=None, obj=entry))


@bp.post("/entries/<int:entry_id>")
def update(meeting_id: int, entry_id: int) -> ResponseReturnValue:
    """Put it otherwise; the second of two recorders chooses."""
    sitting = _recording(meeting_id)
    entry = _entry(sitting, entry_id)
    form = AmendForm()
    if not form.validate():
        return _form(entry, form, 422)
    try:
        do.amend(entry, form.text.data or "", by=_act(sitting), seen=form.version.data)
    except StaleError as error:
        return conflicts.ask(form, error, entry, target="#entries")
    return _kept(sitting, entry.item, _("Đã lưu"))


@bp.post("/entries/<int:entry_id>/strike")
def strike(meeting_id: int, entry_id: int) -> ResponseReturnValue:
    """Leave a note out of the minutes."""
    sitting = _recording(meeting_id)
    entry = _entry(sitting, entry_id)
    do.strike(entry, by=_act(sitting))
    return _kept(sitting, entry.item, _("Đã gạch bỏ"))


# ------------------------------------------------------------------ recording


def _record(
    sitting: Sitting, kind: str, do_it: Callable[[Said, EntryForm], MeetingEntry]
) -> ResponseReturnValue:
    """Record what was typed, once however often it is sent; a mistake leaves it on the screen."""
    subject = Subject.read(request.form.get("item", ""))
    uid = request.form.get("uid", "")[:UID_LENGTH] or uuid4().hex
    if read.sent(actor(), sitting.meeting, uid):
        return _kept(sitting, subject.key)
    form = Desk(sitting, subject).form(kind, request.form)
    if not form.validate():
        return _again(sitting, kind, subject.key, form)
    try:
        do_it(_said(sitting, uid, subject, form), form)
    except RuleViolationError as error:
        db.session.rollback()
        form.blame(error, FIELD_OF, "text")
        return _again(_recording(sitting.meeting.id), kind, subject.key, form)
    return _kept(sitting, subject.key)


def _said(sitting: Sitting, uid: str, subject: Subject, form: EntryForm) -> Said:
    group_id, workstream_id = found(read_agenda.about(sitting, subject))
    return Said(
        uid=uid,
        text=form.said,
        item=subject.key,
        group_id=group_id,
        workstream_id=workstream_id,
    )


def _decide(sitting: Sitting, said: Said, form: EntryForm) -> MeetingEntry:
    assert isinstance(form, DecideForm)  # noqa: S101 - tells the type
    given, asked = form.answer(clock.today()), Desk(sitting, Subject.read(said.item)).question
    meeting, by = sitting.meeting, _act(sitting)
    if asked is None:
        stream = _stream(sitting, form.workstream_id.data)
        question = form.question.data or ""
        placed = _placed(said, stream)
        return do.resolve(meeting, placed, stream, question, given, by=by)
    try:
        return do.decide(
            sitting.meeting, said, asked, given, by=_act(sitting), seen=form.asked.data
        )
    except StaleError:
        raise RuleViolationError("question_changed", code=asked.code) from None


def _direct(sitting: Sitting, said: Said, form: EntryForm) -> MeetingEntry:
    assert isinstance(form, DirectForm)  # noqa: S101 - tells the type
    stream, meeting = _stream(sitting, form.workstream_id.data), sitting.meeting
    wanted = Wanted(
        workstream=stream,
        title=form.text.data or "",
        due=form.due.data or clock.today(),
        result=form.result.data,
        owner_id=form.addressee.person_id,
        lead_unit_id=form.addressee.unit_id,
        # Until the minutes have a number.
        assigning_document=_("Kết luận cuộc họp ngày %(day)s", day=format_date(meeting.held_on)),
        assigning_date=meeting.held_on,
    )
    return do.direct(meeting, _placed(said, stream), wanted, by=_act(sitting))


def _placed(said: Said, stream: Workstream) -> Said:
    return replace(said, group_id=stream.group_id, workstream_id=stream.id)


def _stream(sitting: Sitting, workstream_id: int | None) -> Workstream:
    streams = read_agenda.workstreams(sitting)
    return found(next((one for one in streams if one.id == workstream_id), None))


# ------------------------------------------------------------------ doors and answers


def _recording(meeting_id: int) -> Sitting:
    is_changing = request.method == "POST"
    sitting = found(read_meetings.find(actor(), meeting_id, to_change=is_changing))
    authorize(may.meetings.record(actor(), sitting.meeting, sitting.recorder_ids))
    return sitting


def _entry(sitting: Sitting, entry_id: int) -> MeetingEntry:
    return found(read.find(actor(), sitting.meeting, entry_id))


def _act(sitting: Sitting) -> Act:
    """Whoever typed it; what follows from it is told with the minutes and not one by one."""
    return replace(act(), cause=f"meeting:{sitting.meeting.id}")


def _kept(sitting: Sitting, item: str, said: str = "") -> ResponseReturnValue:
    db.session.commit()
    return answer(
        "meetings/_entries.html",
        otherwise=url_for("meeting_review.show", meeting_id=sitting.meeting.id, item=item),
        said=said or _("Đã ghi"),
        **meeting_screen.recorded(sitting, item),
    )


def _again(sitting: Sitting, kind: str, item: str, form: EntryForm) -> ResponseReturnValue:
    """The form as it was typed, with what is wrong; the whole page for who has no JavaScript."""
    context = meeting_screen.screen(sitting, item, {kind: form})
    context |= {"kind": kind, "form": form}
    return page("meetings/review.html", "meetings/_entry_form.html", **context), 422


def _form(entry: MeetingEntry, form: AmendForm, status: int = 200) -> ResponseReturnValue:
    full, part = "meetings/entry.html", "meetings/_entry_dialog.html"
    return page(full, part, entry=entry, form=form), status
