"""Units: a tree whose names are true from a day on."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker import policies as may
from tracker.errors import RuleViolationError, StaleError
from tracker.extensions import db
from tracker.forms.admin_people import HEAD, NewUnitForm, RenameForm, UnitForm, UnitSearchForm
from tracker.forms.base import Form
from tracker.lib.numbers import whole
from tracker.models import Unit, UnitName
from tracker.queries import choices
from tracker.queries import units as read
from tracker.services import people as do
from tracker.web import clock, conflicts
from tracker.web.authorization import act, actor, authorize
from tracker.web.language import gettext as _
from tracker.web.responses import found, page, see_other

bp = Blueprint("admin_units", __name__, url_prefix="/admin/units")
NAMES = ("name", "name_en", "abbreviation")


@bp.get("")
def index() -> ResponseReturnValue:
    """The tree, or the units found."""
    authorize(may.groups.administer(actor()))
    form = UnitSearchForm(request.args)
    rows = read.tree(clock.today(), words=form.q.data or "", ended=form.ended.data)
    return page("admin/units/index.html", "admin/units/_list.html", form=form, rows=rows)


@bp.get("/new")
def new() -> ResponseReturnValue:
    """An empty form; `?parent=` says where the unit belongs."""
    authorize(may.groups.administer(actor()))
    form = _offer_parents(NewUnitForm())
    form["parent_id"].data = request.args.get("parent", type=whole)
    return render_template("admin/units/new.html", form=form)


@bp.post("/new")
def create() -> ResponseReturnValue:
    """Add a unit."""
    authorize(may.groups.administer(actor()))
    form = _offer_parents(NewUnitForm())
    if not form.validate():
        return render_template("admin/units/new.html", form=form), 422
    parent = read.find(form["parent_id"].data) if form["parent_id"].data else None
    by = act()
    try:
        unit = do.create_unit(by=by, parent=parent, **form.values(*NAMES))
    except RuleViolationError as error:
        form.blame(error, {}, "name")
        return render_template("admin/units/new.html", form=form), 422
    titles = form.values(*HEAD)
    if any(titles.values()):
        do.rename_unit(unit, titles, by=by, valid_from=do.SINCE_EVER)
    db.session.commit()
    return see_other(url_for("admin_units.index"), said=_("Đã thêm %(name)s", name=unit.name))


@bp.get("/<int:unit_id>")
def edit(unit_id: int) -> ResponseReturnValue:
    """The unit's place, its names and its end."""
    authorize(may.groups.administer(actor()))
    unit = found(read.find(unit_id))
    return render_template("admin/units/edit.html", **_edited(unit))


@bp.post("/<int:unit_id>")
def update(unit_id: int) -> ResponseReturnValue:
    """Move or end the unit; the second of two editors chooses."""
    authorize(may.groups.administer(actor()))
    unit = found(read.find(unit_id))
    form = _offer_parents(UnitForm(), unit)
    if not form.validate():
        return render_template("admin/units/edit.html", **_edited(unit, form=form)), 422
    try:
        do.edit_unit(unit, form.values(), by=act(), seen=form.version.data)
    except StaleError as error:
        return conflicts.ask(form, error, unit)
    except RuleViolationError as error:
        form.blame(error, {}, "parent_id")
        return render_template("admin/units/edit.html", **_edited(unit, form=form)), 422
    db.session.commit()
    return see_other(url_for("admin_units.edit", unit_id=unit.id), said=_("Đã lưu"))


@bp.post("/<int:unit_id>/names")
def rename(unit_id: int) -> ResponseReturnValue:
    """Give the unit another name from a day on."""
    authorize(may.groups.administer(actor()))
    unit = found(read.find(unit_id))
    form = RenameForm()
    if not form.validate():
        return render_template("admin/units/edit.html", **_edited(unit, names=form)), 422
    try:
        do.rename_unit(unit, by=act(), seen=form.version.data, **form.renamed())
    except StaleError as error:
        return conflicts.ask(form, error, unit)
    db.session.commit()
    return see_other(url_for("admin_units.edit", unit_id=unit.id), said=_("Đã lưu tên mới"))


def _offer_parents(form: Form, unit: Unit | None = None) -> Form:
    units = choices.units(clock.today(), also=unit.parent_id if unit else None)
    others = [(str(one.id), one.words) for one in units if unit is None or one.id != unit.id]
    form["parent_id"].choices = [("", "—"), *others]
    return form


def _edited(
    unit: Unit, *, form: Form | None = None, names: RenameForm | None = None
) -> dict[str, object]:
    history = read.names(unit)
    present = next((name for name in history if name.valid_from <= clock.today()), None)
    return {
        "unit": unit,
        "names": history,
        "present": present,
        "form": form or _offer_parents(UnitForm(formdata=None, obj=unit), unit),
        "rename": names or _rename_form(unit, present),
    }


def _rename_form(unit: Unit, present: UnitName | None) -> RenameForm:
    return RenameForm(
        formdata=None,
        version=unit.version,
        name=unit.name,
        name_en=unit.name_en,
        abbreviation=unit.abbreviation,
        **{title: getattr(present, title, None) for title in HEAD},
    )
