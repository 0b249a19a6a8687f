"""A milestone as a page and in the drawer: shown, added, edited, moved, closed, thrown away."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker import policies as may
from tracker.errors import RuleViolationError, StaleError
from tracker.extensions import db
from tracker.forms.base import Form
from tracker.forms.milestones import CloseForm, MilestoneForecastForm, MilestoneForm
from tracker.forms.tasks import FIELD_OF, day_choices
from tracker.models import Milestone, MoveReason, Workstream
from tracker.queries import groups as read_groups
from tracker.queries import milestones as read
from tracker.services import confirmations, trash
from tracker.services import milestones as do
from tracker.web import clock, conflicts, pushes, task_page
from tracker.web.authorization import act, actor, authorize
from tracker.web.language import gettext as _
from tracker.web.responses import (
    answer,
    elsewhere,
    found,
    instead,
    invalid,
    page,
    plan_changed,
    saved,
    wants_fragment,
)

bp = Blueprint("milestones", __name__)
BOTH = ["GET", "POST"]


class Asked(NamedTuple):
    """The templates of a small form, and the field that a refused rule belongs to."""

    page: str
    fragment: str
    field: str


FORMS = {
    "forecast": Asked(
        "milestones/forecast.html",
        "milestones/_forecast.html",
        "forecast",
    ),
    "close": Asked(
        "milestones/close.html",
        "milestones/_close.html",
        "evidence",
    ),
}


@bp.get("/milestones/<code>")
def show(code: str) -> ResponseReturnValue:
    """The whole milestone, with its tasks and what was said and changed."""
    milestone = _milestone(code)
    authorize(may.groups.see(actor(), milestone.group))
    context = task_page.milestone_sheet(milestone)
    return page("milestones/show.html", "milestones/_drawer.html", **context)


@bp.get("/groups/<key>/<slug>/milestones/new")
def new(key: str, slug: str) -> ResponseReturnValue:
    """An empty form."""
    stream = _stream(key, slug)
    authorize(may.groups.shape_plan(actor(), stream.group))
    return page("milestones/new.html", "milestones/_new.html", **_new(stream, MilestoneForm()))


@bp.post("/groups/<key>/<slug>/milestones/new")
def create(key: str, slug: str) -> ResponseReturnValue:
    """Add the milestone at the end of the workstream."""
    stream = _stream(key, slug)
    authorize(may.groups.shape_plan(actor(), stream.group))
    form = MilestoneForm()
    if not form.validate():
        return invalid("milestones/new.html", "milestones/_new.html", **_new(stream, form))
    values = {name: value for name, value in form.columns_typed().items() if value is not None}
    try:
        milestone = do.create(stream, values.pop("title"), by=act(), **values)
    except RuleViolationError as error:
        form.blame(error, {"outside_years": "baseline"}, "title")
        return invalid("milestones/new.html", "milestones/_new.html", **_new(stream, form))
    db.session.commit()
    said = _("Đã thêm %(code)s", code=milestone.code)
    return elsewhere(url_for("milestones.show", code=milestone.code), said=said)


@bp.get("/milestones/<code>/edit")
def edit(code: str) -> ResponseReturnValue:
    """Everything of the milestone that is typed, as a form."""
    milestone = _milestone(code)
    authorize(may.milestones.edit(actor(), milestone))
    form = _form(milestone)
    return page("milestones/edit.html", "milestones/_edit.html", **_edited(milestone, form))


@bp.post("/milestones/<code>/edit")
def update(code: str) -> ResponseReturnValue:
    """Store what was typed; the second of two editors chooses."""
    milestone = _milestone(code)
    authorize(may.milestones.edit(actor(), milestone))
    form = _form(milestone)
    if not form.validate():
        return invalid("milestones/edit.html", "milestones/_edit.html", **_edited(milestone, form))
    values, seen = form.columns_typed(), form.version.data
    try:
        pushes.move(
            milestone,
            form,
            lambda: do.edit(milestone, values, by=act(), why=form.why(), seen=seen),
        )
    except StaleError as error:
        return conflicts.ask(form, error, milestone, target=f"#milestone-{code}-edit")
    except RuleViolationError as error:
        form.blame(error, {**FIELD_OF, "outside_years": "forecast"}, "title")
        return invalid(
            "milestones/edit.html",
            "milestones/_edit.html",
            pushes.status(error),
            **_edited(milestone, form),
        )
    db.session.commit()
    return _answer(code, _("Đã lưu %(code)s", code=code), "milestones/edited.html")


@bp.route("/milestones/<code>/forecast", methods=BOTH)
def forecast(code: str) -> ResponseReturnValue:
    """Say when it will be reached, and why that changed."""
    milestone = _milestone(code)
    authorize(may.milestones.move_forecast(actor(), milestone))
    form = MilestoneForecastForm(obj=milestone)
    if "forecast" in request.args and not form.is_submitted():  # dropped there on a timeline
        form.forecast.process(request.args)
    day, seen = form.forecast.data, form.version.data
    return _change(
        milestone,
        form,
        lambda: pushes.move(
            milestone,
            form,
            lambda: do.move_forecast(milestone, day, why=form.why(), by=act(), seen=seen),
        ),
        saved(),
    )


@bp.route("/milestones/<code>/close", methods=BOTH)
def close(code: str) -> ResponseReturnValue:
    """Close with the document that proves it."""
    milestone = _milestone(code)
    authorize(may.milestones.edit(actor(), milestone))
    form = CloseForm(
        data={
            "closed_on": request.args.get("on", clock.today(), type=date.fromisoformat),
            "evidence": request.args.get("evidence"),
            "version": milestone.version,
        }
    )
    return _change(
        milestone,
        form,
        lambda: do.close(
            milestone,
            form.evidence.data,
            by=act(),
            on=form.closed_on.data,
            evidence_date=form.evidence_date.data,
            seen=form.version.data,
        ),
        _("Đã đóng %(code)s", code=code),
    )


@bp.post("/milestones/<code>/reopen")
def reopen(code: str) -> ResponseReturnValue:
    """Take the closing back."""
    milestone = _milestone(code)
    authorize(may.milestones.edit(actor(), milestone))
    do.reopen(milestone, by=act())
    db.session.commit()
    return _answer(code, _("Đã mở lại %(code)s", code=code))


@bp.post("/milestones/<code>/confirm")
def confirm(code: str) -> ResponseReturnValue:
    """Say that the milestone still stands as it is written."""
    milestone = _milestone(code)
    authorize(may.milestones.edit(actor(), milestone))
    confirmations.confirm(milestone, by=act())
    db.session.commit()
    return _answer(code, _("Đã xác nhận %(code)s vẫn đúng", code=code))


@bp.post("/milestones/<code>/trash")
def destroy(code: str) -> ResponseReturnValue:
    """Put the milestone with its tasks into the trash; the message can take it back."""
    milestone = _milestone(code)
    authorize(may.milestones.edit(actor(), milestone))
    thrown = trash.throw_away(milestone, by=act())
    db.session.commit()
    return elsewhere(
        task_page.place_of(milestone),
        said=_("Đã xóa %(code)s cùng các nhiệm vụ", code=code),
        undo=url_for("trash.restore", trash_id=thrown.id),
        gone=url_for("milestones.show", code=code),
    )


def _milestone(code: str) -> Milestone:
    return found(read.find(actor(), code))


def _stream(key: str, slug: str) -> Workstream:
    return found(read_groups.workstream(actor(), key, slug))


def _form(milestone: Milestone) -> MilestoneForm:
    """An approved baseline moves by a new approval only, a closed milestone not at all."""
    form = MilestoneForm(obj=milestone)
    if read.approval(milestone) is not None:
        form.drop("baseline")
    if milestone.closed_on is not None:
        form.drop("forecast")
    return form


def _new(stream: Workstream, form: MilestoneForm) -> dict[str, object]:
    return {"stream": stream, "form": form, "in_drawer": wants_fragment()}


def _edited(milestone: Milestone, form: MilestoneForm) -> dict[str, object]:
    return {
        "milestone": milestone,
        "form": form,
        "in_drawer": wants_fragment(),
        "cascade": pushes.preview(milestone, form),
    }


def _change(
    milestone: Milestone, form: Form, change: Callable[[], object], said: str
) -> ResponseReturnValue:
    """Ask, or check, do and answer: the same for moving and closing."""
    if request.method == "GET":
        asked = FORMS[_what()]
        return page(asked.page, asked.fragment, **_asked(milestone, form))
    if not form.validate():
        return _again(milestone, form)
    try:
        change()
    except StaleError as error:
        return conflicts.ask(form, error, milestone, target=_target(milestone))
    except RuleViolationError as error:
        form.blame(error, FIELD_OF, FORMS[_what()].field)
        return _again(milestone, form, pushes.status(error))
    db.session.commit()
    if _view() == "facts":
        return _answer(milestone.code, said)
    milestone = _milestone(milestone.code)
    return answer(
        "milestones/changed_head.html",
        otherwise=task_page.place_of(milestone, f"milestone-{milestone.code}"),
        said=said,
        **task_page.head_changed(milestone),
    )


def _again(milestone: Milestone, form: Form, status: int = 422) -> ResponseReturnValue:
    """The small form with what is wrong: in its place, or in a dialog where it has none."""
    asked = FORMS[_what()]
    if not wants_fragment() or _view() == "facts":
        return invalid(asked.page, asked.fragment, status, **_asked(milestone, form))
    context = {"thing": milestone, "asked": asked.fragment, **_asked(milestone, form)}
    return instead((render_template("shared/_asked.html", **context), status))


def _asked(milestone: Milestone, form: Form) -> dict[str, object]:
    """For the small form."""
    days = day_choices(milestone.forecast or milestone.baseline, clock.today())
    return {
        "milestone": milestone,
        "form": form,
        "view": _view(),
        "target": _target(milestone),
        "days": days,
        "reasons": list(MoveReason),
        "in_drawer": wants_fragment(),
        "cascade": pushes.preview(milestone, form),
    }


def _view() -> str:
    """Where the change is made: among the facts, or in the heading of a list."""
    return "head" if request.values.get("view") == "head" else "facts"


def _what() -> str:
    return (request.endpoint or "").partition(".")[2]


def _target(milestone: Milestone) -> str:
    """The element that the answer replaces."""
    return f"#milestone-{milestone.code}-{'head' if _view() == 'head' else _what()}"


def _answer(code: str, said: str, fragment: str = "milestones/changed.html") -> ResponseReturnValue:
    """The milestone as it is stored now."""
    response = answer(
        fragment,
        otherwise=url_for("milestones.show", code=code),
        said=said,
        **task_page.milestone_changed(_milestone(code)),
    )
    return plan_changed(response)
