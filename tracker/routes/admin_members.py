"""Who holds which post in a group, from when to when."""

from datetime import date

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker import policies as may
from tracker.errors import RuleViolationError, StaleError
from tracker.extensions import db
from tracker.forms.admin_groups import EndPostForm, NewPostForm, PostForm
from tracker.forms.base import Form
from tracker.models import Group, Membership, Strand
from tracker.queries import choices
from tracker.queries import groups as read_groups
from tracker.queries import memberships as read
from tracker.queries import people as read_people
from tracker.queries import units as read_units
from tracker.services import groups as do
from tracker.services import people
from tracker.web import clock, conflicts
from tracker.web.authorization import act, actor, authorize
from tracker.web.language import gettext as _
from tracker.web.responses import found, see_other

bp = Blueprint("admin_members", __name__, url_prefix="/admin")
FIELD_OF = {"membership_ends_before_start": "ends_on", "membership_twice": "role"}


@bp.get("/groups/<key>/members/new")
def new(key: str) -> ResponseReturnValue:
    """An empty form."""
    authorize(may.groups.administer(actor()))
    group = found(read_groups.find(actor(), key))
    form = _new_form()
    form.starts_on.data = clock.today()
    return render_template("admin/members/new.html", group=group, form=form)


@bp.post("/groups/<key>/members/new")
def create(key: str) -> ResponseReturnValue:
    """Give somebody a post."""
    authorize(may.groups.administer(actor()))
    group = found(read_groups.find(actor(), key))
    form = _new_form()
    if not form.validate():
        return render_template("admin/members/new.html", group=group, form=form), 422
    by = act()
    try:
        person = people.pick_or_create(form.person.data, form.picks, by=by)
        do.add_member(
            group,
            person,
            form.role.data,
            by=by,
            strands=tuple(Strand(strand) for strand in form.strands.data),
            unit=read_units.find(form.unit_id.data) if form.unit_id.data else None,
            **form.values("starts_on", "ends_on", "decision_number"),
        )
    except RuleViolationError as error:
        db.session.rollback()
        form.blame(error, FIELD_OF, "person")
        return render_template("admin/members/new.html", group=group, form=form), 422
    db.session.commit()
    return _back(group, _("Đã thêm %(name)s", name=person.full_name))


@bp.get("/members/<int:member_id>")
def edit(member_id: int) -> ResponseReturnValue:
    """The facts of a post."""
    authorize(may.groups.administer(actor()))
    post = found(read.find(member_id))
    form = _offer_units(PostForm(obj=post), post)
    return render_template("admin/members/edit.html", post=post, form=form)


@bp.post("/members/<int:member_id>")
def update(member_id: int) -> ResponseReturnValue:
    """Store what was typed; the second of two editors chooses."""
    authorize(may.groups.administer(actor()))
    post = found(read.find(member_id))
    form = _offer_units(PostForm(), post)
    if not form.validate():
        return render_template("admin/members/edit.html", post=post, form=form), 422
    try:
        do.edit_member(post, form.values(), by=act(), seen=form.version.data)
    except StaleError as error:
        return conflicts.ask(form, error, post)
    except RuleViolationError as error:
        db.session.rollback()
        form.blame(error, FIELD_OF, "role")
        return render_template("admin/members/edit.html", post=post, form=form), 422
    db.session.commit()
    return _back(post.group, _("Đã lưu"))


@bp.get("/members/<int:member_id>/end")
def ending(member_id: int) -> ResponseReturnValue:
    """When the post ends, and who takes it over."""
    authorize(may.groups.administer(actor()))
    post = found(read.find(member_id))
    form = EndPostForm(picks=read_people.picks(clock.today()), version=post.version)
    form.ends_on.data = clock.today()
    return render_template("admin/members/end.html", post=post, form=form)


@bp.post("/members/<int:member_id>/end")
def end(member_id: int) -> ResponseReturnValue:
    """End the post; the row stays. Perhaps somebody takes it over the day after."""
    authorize(may.groups.administer(actor()))
    post = found(read.find(member_id))
    form = EndPostForm(picks=read_people.picks(clock.today()))
    if not form.validate():
        return render_template("admin/members/end.html", post=post, form=form), 422
    try:
        said = _end(post, form)
    except StaleError as error:
        return conflicts.ask(form, error, post)
    except RuleViolationError as error:
        db.session.rollback()
        form.blame(error, {"membership_ends_before_start": "ends_on"}, "person")
        return render_template("admin/members/end.html", post=post, form=form), 422
    db.session.commit()
    return _back(post.group, said)


def _end(post: Membership, form: EndPostForm) -> str:
    by, seen = act(), form.version.data
    last_day: date = form.values("ends_on")["ends_on"]
    if not form.person.data:
        do.end_member(post, last_day, by=by, seen=seen)
        return _("Đã kết thúc vai trò của %(name)s", name=post.person.full_name)
    person = people.pick_or_create(form.person.data, form.picks, by=by)
    number = form.decision_number.data
    do.replace_member(post, person, last_day, by=by, decision_number=number, seen=seen)
    names = {"name": post.person.full_name, "person": person.full_name}
    return _("%(person)s thay %(name)s", **names)


def _new_form() -> NewPostForm:
    form = NewPostForm(picks=read_people.picks(clock.today()))
    _offer_units(form)
    return form


def _offer_units(form: Form, post: Membership | None = None) -> Form:
    units = choices.units(clock.today(), also=post.unit_id if post else None)
    form["unit_id"].choices = [("", "—"), *((str(unit.id), unit.words) for unit in units)]
    return form


def _back(group: Group, said: str) -> ResponseReturnValue:
    return see_other(url_for("admin_groups.edit", key=group.key, _anchor="people"), said=said)
