"""Persons: everybody who works, decides or is named."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker import policies as may
from tracker.errors import RuleViolationError, StaleError
from tracker.extensions import db
from tracker.forms.admin_people import MergeForm, PersonForm, PersonSearchForm
from tracker.forms.base import Form
from tracker.models import Person
from tracker.queries import accounts as read_accounts
from tracker.queries import choices
from tracker.queries import people as read
from tracker.services import people as do
from tracker.web import clock, conflicts
from tracker.web.authorization import act, actor, authorize
from tracker.web.language import gettext as _
from tracker.web.listing import address
from tracker.web.responses import found, page, see_other

bp = Blueprint("admin_persons", __name__, url_prefix="/admin/persons")


@bp.get("")
def index() -> ResponseReturnValue:
    """Persons by given name, those asked for."""
    authorize(may.groups.administer(actor()))
    form = PersonSearchForm(request.args)
    units = choices.units(clock.today(), also=form.search.unit_id)
    form.unit.choices = [("", _("Mọi đơn vị")), *((str(unit.id), unit.words) for unit in units)]
    people = read.listing(form.search, clock.today(), form.page.data or 1)
    return page(
        "admin/persons/index.html",
        "admin/persons/_list.html",
        form=form,
        people=people,
        address=address,
    )


@bp.get("/new")
def new() -> ResponseReturnValue:
    """An empty form."""
    authorize(may.groups.administer(actor()))
    return render_template("admin/persons/new.html", form=_offer_units(PersonForm()))


@bp.post("/new")
def create() -> ResponseReturnValue:
    """Add a person."""
    authorize(may.groups.administer(actor()))
    form = _offer_units(PersonForm())
    if not form.validate():
        return render_template("admin/persons/new.html", form=form), 422
    try:
        person = do.create_person(by=act(), **form.values())
    except RuleViolationError as error:
        form.blame(error, {}, "valid_to")
        return render_template("admin/persons/new.html", form=form), 422
    db.session.commit()
    said = _("Đã thêm %(name)s", name=person.full_name)
    return see_other(url_for("admin_persons.index"), said=said)


@bp.get("/<int:person_id>")
def edit(person_id: int) -> ResponseReturnValue:
    """Everything about a person, and their posts."""
    authorize(may.groups.administer(actor()))
    person = found(read.find(person_id))
    form = _offer_units(PersonForm(obj=person), person)
    return render_template("admin/persons/edit.html", **_edited(person, form))


@bp.post("/<int:person_id>")
def update(person_id: int) -> ResponseReturnValue:
    """Store what was typed; the second of two editors chooses."""
    authorize(may.groups.administer(actor()))
    person = found(read.find(person_id))
    form = _offer_units(PersonForm(), person)
    if not form.validate():
        return render_template("admin/persons/edit.html", **_edited(person, form)), 422
    try:
        do.edit_person(person, form.values(), by=act(), seen=form.version.data)
    except StaleError as error:
        return conflicts.ask(form, error, person)
    except RuleViolationError as error:
        form.blame(error, {}, "valid_to")
        return render_template("admin/persons/edit.html", **_edited(person, form)), 422
    db.session.commit()
    return see_other(url_for("admin_persons.edit", person_id=person.id), said=_("Đã lưu"))


@bp.post("/<int:person_id>/merge")
def merge(person_id: int) -> ResponseReturnValue:
    """Join another row, of the same human, into this one."""
    authorize(may.groups.administer(actor()))
    kept = found(read.find(person_id))
    form = MergeForm()
    other = found(read.find(form.other_id.data or 0))
    do.merge(other, kept, by=act())
    db.session.commit()
    said = _("Đã gộp vào %(name)s", name=kept.full_name)
    return see_other(url_for("admin_persons.edit", person_id=kept.id), said=said)


def _offer_units(form: Form, person: Person | None = None) -> Form:
    units = choices.units(clock.today(), also=person.unit_id if person else None)
    form["unit_id"].choices = [("", "—"), *((str(unit.id), unit.words) for unit in units)]
    return form


def _edited(person: Person, form: Form) -> dict[str, object]:
    return {
        "person": person,
        "form": form,
        "posts": read.posts(person.id),
        "account": read_accounts.of_person(person.id),
        "open_tasks": read.open_tasks(person.id),
        "namesakes": read.namesakes(person),
    }
