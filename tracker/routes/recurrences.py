"""Work of a group that comes again: listed, set up, paused, ended; what was made of it."""

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker import policies as may
from tracker.errors import RuleViolationError, StaleError
from tracker.extensions import db
from tracker.forms.recurrences import FIELD_OF, RecurrenceForm
from tracker.models import Group, Recurrence
from tracker.queries import choices
from tracker.queries import groups as read_groups
from tracker.queries import recurrences as read
from tracker.queries.choices import Choice
from tracker.services import recurrences as do
from tracker.web import clock, conflicts
from tracker.web.authorization import act, actor, authorize
from tracker.web.language import current
from tracker.web.language import gettext as _
from tracker.web.responses import found, see_other

bp = Blueprint("recurrences", __name__, url_prefix="/groups/<key>/recurrences")


@bp.get("")
def index(key: str) -> ResponseReturnValue:
    """All of the group's, with what comes next and what was missed."""
    group = _group(key)
    authorize(may.groups.see(actor(), group))
    lines = read.listing(group, clock.today())
    return render_template("recurrences/index.html", group=group, lines=lines)


@bp.get("/new")
def new(key: str) -> ResponseReturnValue:
    """An empty form."""
    group = _shaped(key)
    form = _offered(RecurrenceForm(formdata=None), group)
    form.starts_on.data = clock.today()
    return render_template("recurrences/new.html", **_typed(group, form))


@bp.post("/new")
def create(key: str) -> ResponseReturnValue:
    """Set it up; `preview` only shows what would come."""
    group = _shaped(key)
    form = _offered(RecurrenceForm(), group)
    fine = form.validate()
    if "preview" in request.form:
        return render_template("recurrences/new.html", **_typed(group, form))
    if form.refuse_the_past() or not fine:
        return render_template("recurrences/new.html", **_typed(group, form)), 422
    values = _placed(group, form)
    stream = next(s for s in read_groups.workstreams(group) if s.id == values["workstream_id"])
    del values["workstream_id"]
    try:
        recurrence = do.create(stream, values.pop("title"), by=act(), **values)
    except RuleViolationError as error:
        form.blame(error, FIELD_OF, "title")
        return render_template("recurrences/new.html", **_typed(group, form)), 422
    db.session.commit()
    return see_other(_address(recurrence, key), said=_("Đã đặt việc định kỳ"))


@bp.get("/preview")
def preview(key: str) -> ResponseReturnValue:
    """What the next few would be by what is typed so far."""
    group = _group(key)
    authorize(may.groups.see(actor(), group))
    form = _offered(RecurrenceForm(request.args, meta={"csrf": False}), group)
    form.validate()
    return render_template("recurrences/_preview.html", group=group, coming=_coming(form))


@bp.get("/<int:recurrence_id>")
def show(key: str, recurrence_id: int) -> ResponseReturnValue:
    """When it comes, what comes next, and all that was made."""
    recurrence = _recurrence(key, recurrence_id)
    authorize(may.groups.see(actor(), recurrence.group))
    line = read.line(recurrence, clock.today())
    return render_template(
        "recurrences/show.html",
        group=recurrence.group,
        recurrence=recurrence,
        line=line,
        coming=read.ahead(recurrence, line.instances),
    )


@bp.get("/<int:recurrence_id>/edit")
def edit(key: str, recurrence_id: int) -> ResponseReturnValue:
    """All of it as a form."""
    recurrence = _kept(key, recurrence_id)
    form = _offered(RecurrenceForm(formdata=None, obj=recurrence), recurrence.group)
    return render_template("recurrences/edit.html", **_typed(recurrence.group, form, recurrence))


@bp.post("/<int:recurrence_id>/edit")
def update(key: str, recurrence_id: int) -> ResponseReturnValue:
    """Store what was typed; the second of two editors chooses. What was made stays."""
    recurrence = _kept(key, recurrence_id)
    form = _offered(RecurrenceForm(), recurrence.group)
    context = _typed(recurrence.group, form, recurrence)
    fine = form.validate()
    if "preview" in request.form:
        return render_template("recurrences/edit.html", **context)
    if not fine:
        return render_template("recurrences/edit.html", **context), 422
    try:
        do.edit(recurrence, _placed(recurrence.group, form), by=act(), seen=form.version.data)
    except StaleError as error:
        return conflicts.ask(form, error, recurrence)
    except RuleViolationError as error:
        db.session.rollback()
        form.blame(error, FIELD_OF, "title")
        return render_template("recurrences/edit.html", **context), 422
    db.session.commit()
    return see_other(_address(recurrence, key), said=_("Đã lưu"))


@bp.post("/<int:recurrence_id>/pause")
def pause(key: str, recurrence_id: int) -> ResponseReturnValue:
    """Make no more for now."""
    recurrence = _kept(key, recurrence_id)
    do.pause(recurrence, by=act())
    db.session.commit()
    return see_other(_address(recurrence, key), said=_("Đã tạm dừng"))


@bp.post("/<int:recurrence_id>/resume")
def resume(key: str, recurrence_id: int) -> ResponseReturnValue:
    """Go on from today."""
    recurrence = _kept(key, recurrence_id)
    do.resume(recurrence, by=act())
    db.session.commit()
    return see_other(_address(recurrence, key), said=_("Tiếp tục từ hôm nay"))


@bp.post("/<int:recurrence_id>/end")
def end(key: str, recurrence_id: int) -> ResponseReturnValue:
    """Nothing comes after today."""
    recurrence = _kept(key, recurrence_id)
    do.end(recurrence, by=act())
    db.session.commit()
    return see_other(_address(recurrence, key), said=_("Đã kết thúc việc định kỳ"))


@bp.post("/<int:recurrence_id>/make")
def make(key: str, recurrence_id: int) -> ResponseReturnValue:
    """Make the next one now."""
    recurrence = _kept(key, recurrence_id)
    task = do.make_next(recurrence, by=act())
    db.session.commit()
    said = _("Đã tạo %(code)s %(title)s", code=task.code, title=task.title)
    return see_other(_address(recurrence, key), said=said)


def _group(key: str) -> Group:
    return found(read_groups.find(actor(), key))


def _shaped(key: str) -> Group:
    group = _group(key)
    authorize(may.groups.shape_plan(actor(), group))
    return group


def _recurrence(key: str, recurrence_id: int) -> Recurrence:
    return found(read.find(actor(), key, recurrence_id))


def _kept(key: str, recurrence_id: int) -> Recurrence:
    recurrence = _recurrence(key, recurrence_id)
    authorize(may.groups.shape_plan(actor(), recurrence.group))
    return recurrence


def _address(recurrence: Recurrence, key: str) -> str:
    return url_for("recurrences.show", key=key, recurrence_id=recurrence.id)


def _offered(form: RecurrenceForm, group: Group) -> RecurrenceForm:
    streams, label = read_groups.workstreams(group), current().label
    form.offer(
        workstreams=[Choice(stream.id, label(stream.strand)) for stream in streams],
        milestones=choices.milestones(*streams),
        members=choices.members(group, clock.today()),
        persons=choices.persons(clock.today(), also=form.owner_id.data),
        units=choices.units(clock.today(), also=form.lead_unit_id.data),
    )
    return form


def _placed(group: Group, form: RecurrenceForm) -> dict[str, Any]:
    """What was typed; a milestone decides the strand."""
    values = form.columns_typed()
    for stream in read_groups.workstreams(group):
        if values["milestone_id"] in {one.id for one in choices.milestones(stream)}:
            values["workstream_id"] = stream.id
    return values


def _typed(
    group: Group, form: RecurrenceForm, recurrence: Recurrence | None = None
) -> dict[str, Any]:
    return {
        "group": group,
        "form": form,
        "coming": _coming(form),
        **({"recurrence": recurrence} if recurrence else {}),
    }


def _coming(form: RecurrenceForm) -> list[read.Coming]:
    first = form.starts_on.data
    if first is None or form.starts_on.errors:
        return []
    first = max(first, clock.today())
    return list(read.preview(form.rule, form.title.data or "", first, form.ends_on.data))
