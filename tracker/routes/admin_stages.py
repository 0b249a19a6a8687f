"""Kinds of deliverables and their stages, as the administrator keeps them."""

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker import policies as may
from tracker.errors import RuleViolationError, StaleError
from tracker.extensions import db
from tracker.forms.admin_stages import KindForm, NewKindForm, StageEntryForm
from tracker.models import DeliverableKind, Stage
from tracker.queries import stages as read
from tracker.services import stages as do
from tracker.web import conflicts
from tracker.web.authorization import act, actor, authorize
from tracker.web.language import gettext as _
from tracker.web.language import ngettext
from tracker.web.responses import answer, found, see_other

bp = Blueprint("admin_stages", __name__, url_prefix="/admin/stages")
FIELD_OF = {
    "kind_code_taken": "code",
    "stage_code_taken": "code",
    "window_without_unit": "window_unit",
}


@bp.get("")
def index() -> ResponseReturnValue:
    """All kinds, and whether a shipped one is missing."""
    authorize(may.groups.administer(actor()))
    return render_template("admin/stages/index.html", lines=read.lines(), missing=do.missing())


@bp.post("/start")
def start() -> ResponseReturnValue:
    """Add the shipped kinds that are not there; those that are stay as they are."""
    authorize(may.groups.administer(actor()))
    number = do.start(by=act())
    db.session.commit()
    said = ngettext("Đã thêm %(num)s loại", "Đã thêm %(num)s loại", number)
    return see_other(url_for("admin_stages.index"), said=said)


@bp.get("/new")
def new() -> ResponseReturnValue:
    """An empty form."""
    authorize(may.groups.administer(actor()))
    return render_template("admin/stages/new.html", form=NewKindForm())


@bp.post("/new")
def create() -> ResponseReturnValue:
    """Add a kind; its stages are added on its page."""
    authorize(may.groups.administer(actor()))
    form = NewKindForm()
    if not form.validate():
        return render_template("admin/stages/new.html", form=form), 422
    try:
        kind = do.add_kind(by=act(), **form.values())
    except RuleViolationError as error:
        form.blame(error, FIELD_OF, "name")
        return render_template("admin/stages/new.html", form=form), 422
    db.session.commit()
    said = _("Đã thêm %(name)s", name=kind.name)
    return see_other(url_for("admin_stages.edit", code=kind.code), said=said)


@bp.get("/<code>")
def edit(code: str) -> ResponseReturnValue:
    """A kind and its stages in their order."""
    authorize(may.groups.administer(actor()))
    kind = found(read.kind(code))
    return render_template("admin/stages/edit.html", **_edited(kind, KindForm(obj=kind)))


@bp.post("/<code>")
def update(code: str) -> ResponseReturnValue:
    """Store what was typed; the second of two editors chooses."""
    authorize(may.groups.administer(actor()))
    kind = found(read.kind(code))
    form = KindForm()
    if not form.validate():
        return render_template("admin/stages/edit.html", **_edited(kind, form)), 422
    try:
        do.edit_kind(kind, form.values(), by=act(), seen=form.version.data)
    except StaleError as error:
        return conflicts.ask(form, error, kind)
    db.session.commit()
    return see_other(url_for("admin_stages.edit", code=kind.code), said=_("Đã lưu"))


@bp.get("/<code>/new")
def new_stage(code: str) -> ResponseReturnValue:
    """An empty form for a stage."""
    authorize(may.groups.administer(actor()))
    kind = found(read.kind(code))
    return render_template("admin/stages/stage.html", kind=kind, stage=None, form=StageEntryForm())


@bp.post("/<code>/new")
def create_stage(code: str) -> ResponseReturnValue:
    """Add a stage after the others."""
    authorize(may.groups.administer(actor()))
    kind = found(read.kind(code))
    form = StageEntryForm()
    if not form.validate():
        return _again(kind, None, form)
    try:
        stage = do.add_stage(kind, by=act(), **form.entered())
    except RuleViolationError as error:
        form.blame(error, FIELD_OF, "name")
        return _again(kind, None, form)
    db.session.commit()
    said = _("Đã thêm giai đoạn %(stage)s", stage=stage.code)
    return see_other(url_for("admin_stages.edit", code=kind.code), said=said)


@bp.get("/<code>/<int:stage_id>")
def edit_stage(code: str, stage_id: int) -> ResponseReturnValue:
    """One stage as a form."""
    authorize(may.groups.administer(actor()))
    stage = _stage(code, stage_id)
    form = StageEntryForm(obj=stage)
    return render_template("admin/stages/stage.html", kind=stage.kind, stage=stage, form=form)


@bp.post("/<code>/<int:stage_id>")
def update_stage(code: str, stage_id: int) -> ResponseReturnValue:
    """Store what was typed; the second of two editors chooses."""
    authorize(may.groups.administer(actor()))
    stage = _stage(code, stage_id)
    form = StageEntryForm()
    if not form.validate():
        return _again(stage.kind, stage, form)
    try:
        do.edit_stage(stage, form.entered(), by=act(), seen=form.version.data)
    except StaleError as error:
        return conflicts.ask(form, error, stage)
    except RuleViolationError as error:
        form.blame(error, FIELD_OF, "name")
        return _again(stage.kind, stage, form)
    db.session.commit()
    return see_other(url_for("admin_stages.edit", code=stage.kind.code), said=_("Đã lưu"))


@bp.post("/<code>/<int:stage_id>/move")
def move(code: str, stage_id: int) -> ResponseReturnValue:
    """One place earlier or later on the way."""
    authorize(may.groups.administer(actor()))
    stage = _stage(code, stage_id)
    do.place_stage(stage, steps=-1 if request.form.get("to") == "up" else 1, by=act())
    db.session.commit()
    return answer(
        "admin/stages/_stages.html",
        otherwise=url_for("admin_stages.edit", code=stage.kind.code),
        kind=stage.kind,
        lines=read.stage_lines(stage.kind),
    )


def _stage(code: str, stage_id: int) -> Stage:
    """A stage of that kind and no other."""
    stage = found(read.find(stage_id))
    return found(stage if stage.kind.code == code.upper() else None)


def _edited(kind: DeliverableKind, form: KindForm) -> dict[str, Any]:
    return {"kind": kind, "form": form, "lines": read.stage_lines(kind)}


def _again(kind: DeliverableKind, stage: Stage | None, form: StageEntryForm) -> ResponseReturnValue:
    return render_template("admin/stages/stage.html", kind=kind, stage=stage, form=form), 422
