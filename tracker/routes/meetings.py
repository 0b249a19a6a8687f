"""Review meetings: which there are, one of them before, while and after it is held."""

from urllib.parse import urlencode

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker import policies as may
from tracker.errors import RuleViolationError, StaleError
from tracker.extensions import db
from tracker.forms.meetings import FIELD_OF, MeetingForm
from tracker.lib.numbers import whole
from tracker.models import Group, MeetingState
from tracker.queries import attendance, choices, minutes, programmes
from tracker.queries import groups as read_groups
from tracker.queries import meetings as read
from tracker.queries.choices import Choice
from tracker.queries.meetings import Sitting
from tracker.services import meetings as do
from tracker.web import clock, conflicts, meeting_screen
from tracker.web.authorization import act, actor, authorize, everyone_signed_in
from tracker.web.language import current
from tracker.web.language import gettext as _
from tracker.web.responses import found, see_other

bp = Blueprint("meetings", __name__, url_prefix="/meetings")


@bp.get("")
def index() -> ResponseReturnValue:
    """Those to come, and those that were held, the last one first."""
    everyone_signed_in()
    return render_template(
        "meetings/index.html",
        ahead=read.ahead(actor()),
        past=read.past(actor(), request.args.get("page", 1, type=whole)),
        address=lambda number: f"?{urlencode({'page': number})}",
    )


@bp.get("/now")
def now() -> ResponseReturnValue:
    """The screen of the meeting that is going on, else the next meeting, else a new one."""
    authorize(may.meetings.hold_somewhere(actor()))
    ahead = [line.meeting for line in read.ahead(actor())]
    running = next((one for one in ahead if one.state is MeetingState.RUNNING), None)
    if running:
        return see_other(url_for("meeting_review.show", meeting_id=running.id))
    return see_other(_address(ahead[0].id) if ahead else url_for("meetings.new"))


@bp.get("/new")
def new() -> ResponseReturnValue:
    """An empty form."""
    authorize(may.meetings.hold_somewhere(actor()))
    form = _offered(MeetingForm(formdata=None))
    form.chair_id.data = actor().person_id if actor().is_director else None
    return render_template("meetings/edit.html", form=form, meeting=None)


@bp.post("/new")
def create() -> ResponseReturnValue:
    """Prepare the meeting."""
    authorize(may.meetings.hold_somewhere(actor()))
    form = _offered(MeetingForm())
    if not form.validate():
        return render_template("meetings/edit.html", form=form, meeting=None), 422
    wanted = form.plan(_programmes())
    if not may.meetings.hold(actor(), wanted.group_ids):
        form.refuse("group_ids", "meeting_groups_needed")
        return render_template("meetings/edit.html", form=form, meeting=None), 422
    try:
        meeting = do.plan(wanted, by=act())
    except RuleViolationError as error:
        db.session.rollback()
        form.blame(error, FIELD_OF, "title")
        return render_template("meetings/edit.html", form=form, meeting=None), 422
    db.session.commit()
    return see_other(_address(meeting.id), said=_("Đã thêm cuộc họp"))


@bp.get("/<int:meeting_id>")
def show(meeting_id: int) -> ResponseReturnValue:
    """What it will be about, or what was said in it."""
    sitting = _sitting(meeting_id)
    everyone_signed_in()
    return render_template(
        "meetings/show.html",
        **meeting_screen.recorded(sitting, ""),
        agenda=meeting_screen.agenda_of(sitting) if sitting.meeting.is_ahead else None,
        conducts=_may_conduct(sitting),
        starts=may.meetings.start(actor()),
        present=attendance.present(sitting.meeting),
        reads_minutes=minutes.may_be_read(actor(), minutes.spoken_of(sitting)),
    )


@bp.get("/<int:meeting_id>/edit")
def edit(meeting_id: int) -> ResponseReturnValue:
    """All of it as a form."""
    sitting = _held(meeting_id)
    form = MeetingForm(
        formdata=None,
        obj=sitting.meeting,
        group_ids=sorted(sitting.group_ids),
        recorder_ids=sorted(sitting.recorder_ids),
    )
    _offered(form)
    _keep_staff(form, sitting)
    return render_template("meetings/edit.html", form=form, meeting=sitting.meeting)


@bp.post("/<int:meeting_id>/edit")
def update(meeting_id: int) -> ResponseReturnValue:
    """Store what was typed; the second of two editors chooses."""
    sitting = _held(meeting_id)
    form, meeting = _offered(MeetingForm()), sitting.meeting
    asks_other_staff = _keep_staff(form, sitting)
    if not form.validate() or asks_other_staff:
        if asks_other_staff:
            form.form_errors.append(current().sentence("meeting_staff_by_director"))
        return render_template("meetings/edit.html", form=form, meeting=meeting), 422
    wanted = form.plan(_programmes())
    if not may.meetings.hold(actor(), wanted.group_ids):
        form.refuse("group_ids", "meeting_groups_needed")
        return render_template("meetings/edit.html", form=form, meeting=meeting), 422
    try:
        do.edit(meeting, wanted, by=act(), seen=form.version.data)
    except StaleError as error:
        return conflicts.ask(form, error, meeting)
    except RuleViolationError as error:
        db.session.rollback()
        form.blame(error, FIELD_OF, "title")
        return render_template("meetings/edit.html", form=form, meeting=meeting), 422
    db.session.commit()
    return see_other(_address(meeting_id), said=_("Đã lưu"))


@bp.post("/<int:meeting_id>/start")
def start(meeting_id: int) -> ResponseReturnValue:
    """Open the meeting and go to its screen."""
    sitting = _sitting(meeting_id)
    authorize(may.meetings.start(actor()))
    do.start(sitting.meeting, by=act())
    db.session.commit()
    return see_other(url_for("meeting_review.show", meeting_id=meeting_id))


@bp.post("/<int:meeting_id>/call-off")
def call_off(meeting_id: int) -> ResponseReturnValue:
    """It is not held after all."""
    sitting = _held(meeting_id)
    do.call_off(sitting.meeting, by=act())
    db.session.commit()
    return see_other(url_for("meetings.index"), said=_("Cuộc họp không diễn ra"))


@bp.post("/<int:meeting_id>/end")
def end(meeting_id: int) -> ResponseReturnValue:
    """Close the meeting; its minutes are to be looked through."""
    sitting = _sitting(meeting_id)
    authorize(_may_conduct(sitting))
    do.end(sitting.meeting, by=act())
    db.session.commit()
    return see_other(_address(meeting_id), said=_("Đã kết thúc cuộc họp"))


def _sitting(meeting_id: int) -> Sitting:
    return found(read.find(actor(), meeting_id, to_change=request.method == "POST"))


def _held(meeting_id: int) -> Sitting:
    sitting = _sitting(meeting_id)
    authorize(may.meetings.hold(actor(), sitting.group_ids))
    return sitting


def _keep_staff(form: MeetingForm, sitting: Sitting) -> bool:
    """Take chair and recorders out where the actor may not change them; whether that was asked."""
    if may.meetings.appoint(actor(), sitting.meeting):
        return False
    return form.keep_staff(sitting.meeting.chair_id, sitting.recorder_ids)


def _may_conduct(sitting: Sitting) -> bool:
    """Close it, and see to it that it is opened: who prepared it, and who records in it."""
    return may.meetings.hold(actor(), sitting.group_ids) or may.meetings.record(
        actor(), sitting.meeting, sitting.recorder_ids
    )


def _address(meeting_id: int) -> str:
    return url_for("meetings.show", meeting_id=meeting_id)


def _offered(form: MeetingForm) -> MeetingForm:
    today = clock.today()
    form.offer(
        directors=choices.directors(today),
        persons=choices.persons(today),
        groups=[Choice(group.id, _named(group)) for group in _groups()],
        programmes=[Choice(one.id, _named(one)) for one, _ids in programmes.in_use()],
    )
    return form


def _groups() -> list[Group]:
    """What the actor may hold a meeting about."""
    return [g for g in read_groups.listing(actor()) if may.meetings.hold(actor(), {g.id})]


def _programmes() -> dict[int, frozenset[int]]:
    """The groups of each programme that the actor may choose."""
    own = {group.id for group in _groups()}
    return {programme.id: ids & own for programme, ids in programmes.in_use()}


def _named(thing: object) -> str:
    english = getattr(thing, "name_en", None) if current().code == "en" else None
    return str(english or getattr(thing, "name", ""))
