"""The minutes of a meeting: looked through, taken as a file, issued, opened again."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker import policies as may
from tracker.errors import RuleViolationError
from tracker.exports import minutes as files
from tracker.extensions import db
from tracker.forms.meetings import IssueForm, ReopenForm
from tracker.lib import minutes_difference
from tracker.lib.numbers import whole
from tracker.lib.sheets import file_name
from tracker.models import MeetingMinutes
from tracker.queries import meetings as read_meetings
from tracker.queries import minutes as read
from tracker.queries.meetings import Sitting
from tracker.queries.minutes_facts import MinutesFacts
from tracker.services import meetings as do
from tracker.web import clock
from tracker.web.authorization import act, actor, authorize, everyone_signed_in
from tracker.web.configuration import config
from tracker.web.files import taken
from tracker.web.language import current
from tracker.web.language import gettext as _
from tracker.web.responses import found, see_other
from tracker.words import DEFAULT_LANGUAGE, LANGUAGES, language

bp = Blueprint("meeting_minutes", __name__, url_prefix="/meetings/<int:meeting_id>/minutes")


@bp.get("")
def show(meeting_id: int) -> ResponseReturnValue:
    """The minutes on a page that prints: as they would be now, or a revision as it was issued."""
    sitting = _sitting(meeting_id)
    everyone_signed_in()
    return render_template("meetings/minutes.html", **_page(sitting))


@bp.get("/file")
def file(meeting_id: int) -> ResponseReturnValue:
    """The same as a Word file; of a revision made again from its frozen facts."""
    sitting = _sitting(meeting_id)
    everyone_signed_in()
    kept = _shown(sitting)
    facts = _facts(sitting, kept)
    if kept is not None and not do.is_intact(kept):
        raise RuleViolationError("minutes_altered")
    lang = language(request.args.get("lang", DEFAULT_LANGUAGE))
    subject = f"TBKL_{facts.held_on:%Y-%m-%d}" + ("" if lang.code == "vi" else f"_{lang.code}")
    name = file_name(subject, facts.revision, None, "docx")
    return taken(files.render(facts, lang), name, files.CONTENT_TYPE)


@bp.post("/issue")
def issue(meeting_id: int) -> ResponseReturnValue:
    """Freeze them under the number and the date of the clerk."""
    sitting = _sitting(meeting_id)
    authorize(may.meetings.issue(actor(), sitting.meeting, sitting.recorder_ids))
    form = IssueForm()
    if not form.validate():
        return render_template("meetings/minutes.html", **_page(sitting, issuing=form)), 422
    try:
        do.issue(
            sitting.meeting,
            _draft(sitting),
            form.number.data or "",
            form.given_on,
            by=act(),
            seen=form.seen.data,
        )
    except RuleViolationError as error:
        db.session.rollback()
        form.blame(error, {"minutes_day_wrong": "day"}, "number")
        page = _page(_sitting(meeting_id), issuing=form)
        return render_template("meetings/minutes.html", **page), 422
    db.session.commit()
    return see_other(_address(meeting_id), said=_("Đã ban hành kết luận"))


@bp.post("/reopen")
def reopen(meeting_id: int) -> ResponseReturnValue:
    """Open them again: what was issued stays, the next is another revision."""
    sitting = _sitting(meeting_id)
    authorize(may.meetings.issue(actor(), sitting.meeting, sitting.recorder_ids))
    form = ReopenForm()
    if not form.validate():
        return render_template("meetings/minutes.html", **_page(sitting, reopening=form)), 422
    do.reopen(sitting.meeting, form.why.data or "", by=act())
    db.session.commit()
    here = url_for("meetings.show", meeting_id=meeting_id)
    return see_other(here, said=_("Đã mở lại; lần ban hành tới là bản mới"))


def _sitting(meeting_id: int) -> Sitting:
    is_changing = request.method == "POST"
    return found(read_meetings.find(actor(), meeting_id, to_change=is_changing))


def _address(meeting_id: int) -> str:
    return url_for("meeting_minutes.show", meeting_id=meeting_id)


def _page(
    sitting: Sitting, issuing: IssueForm | None = None, reopening: ReopenForm | None = None
) -> dict[str, object]:
    meeting, kept = sitting.meeting, _shown(sitting)
    facts = _facts(sitting, kept)
    lang = language(request.args.get("lang") or current().code)
    issued = read.issued(meeting)
    return {
        "sitting": sitting,
        "meeting": meeting,
        "issued": issued,
        "facts": facts,
        "digest": do.digest(facts),
        "is_intact": kept is None or do.is_intact(kept),
        "shown": _revision(),
        "paper": files.paper(facts, lang),
        "chosen": lang,
        "languages": LANGUAGES,
        "differences": _differences(sitting, facts),
        "issuing": issuing or IssueForm(formdata=None),
        "reopening": reopening or ReopenForm(formdata=None),
        "may_issue": may.meetings.issue(actor(), meeting, sitting.recorder_ids),
    }


def _revision() -> int | None:
    return request.args.get("revision", type=whole)


def _shown(sitting: Sitting) -> MeetingMinutes | None:
    """The revision asked for; else the last one issued, if no other is being written."""
    meeting, number = sitting.meeting, _revision()
    if number is None and meeting.is_issued:
        number = meeting.revision
    return None if number is None else found(read.revision(meeting, number))


def _facts(sitting: Sitting, kept: MeetingMinutes | None) -> MinutesFacts:
    """Those of the revision; without one, as they would be now.

    Who does not see all they speak of is told that there is nothing.
    """
    if kept is None:
        return _draft(sitting)
    facts = MinutesFacts.from_json(kept.facts)
    return found(facts if read.may_be_read(actor(), facts.group_ids) else None)


def _draft(sitting: Sitting) -> MinutesFacts:
    facts = read.gather(sitting, clock.today(), config().organisation)
    return found(facts if read.may_be_read(actor(), facts.group_ids) else None)


def _differences(sitting: Sitting, facts: MinutesFacts) -> minutes_difference.Difference | None:
    """What is new against the revision before; nothing for the first one."""
    number = int(facts.revision.partition(".")[2]) - 1
    before = read.revision(sitting.meeting, number) if number >= 0 else None
    if before is None:
        return None
    old, lang = MinutesFacts.from_json(before.facts), current()
    return minutes_difference.between(files.lines(old, lang), files.lines(facts, lang))
