"""Working groups as the administrator keeps them."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker import policies as may
from tracker.errors import RuleViolationError, StaleError
from tracker.extensions import db
from tracker.forms.admin_groups import GroupForm, NewGroupForm
from tracker.lib import keys
from tracker.models import Group, Strand
from tracker.queries import groups as read_groups
from tracker.queries import memberships as read
from tracker.queries import people as read_people
from tracker.services import groups as do
from tracker.services import people, stages
from tracker.web import clock, conflicts
from tracker.web.authorization import act, actor, authorize
from tracker.web.language import gettext as _
from tracker.web.responses import answer, found, page, see_other

bp = Blueprint("admin_groups", __name__, url_prefix="/admin/groups")
FIELD_OF = {"membership_twice": "deputy"}


@bp.get("")
def index() -> ResponseReturnValue:
    """All groups, in the order of the board."""
    authorize(may.groups.administer(actor()))
    rows = read.group_rows(clock.today())
    return page("admin/groups/index.html", "admin/groups/_list.html", rows=rows)


@bp.get("/new")
def new() -> ResponseReturnValue:
    """An empty form."""
    authorize(may.groups.administer(actor()))
    return render_template("admin/groups/new.html", form=_new_form())


@bp.get("/key")
def key() -> ResponseReturnValue:
    """The key that goes with the name typed, unless one was typed already."""
    authorize(may.groups.administer(actor()))
    form = _new_form()
    form.process(request.args)
    form.key.data = form.key.data or keys.suggest(form.name.data or "", read.keys())
    return render_template("admin/groups/_key.html", form=form)


@bp.post("/new")
def create() -> ResponseReturnValue:
    """Make the group, its four workstreams and its first people; lead to its empty plan."""
    authorize(may.groups.administer(actor()))
    form = _new_form()
    if not form.validate():
        return render_template("admin/groups/new.html", form=form), 422
    wanted = (form.key.data or keys.suggest(form.name.data, read.keys())).upper()
    by = act()
    try:
        group = do.create(
            key=wanted,
            name=form.name.data,
            name_en=form.name_en.data,
            by=by,
            **form.details(),
        )
        for role, name in form.named:
            do.seat(group, people.pick_or_create(name, form.picks, by=by), role, by=by)
        stages.start(by=by)
    except RuleViolationError as error:
        db.session.rollback()
        form.blame(error, FIELD_OF, "key")
        return render_template("admin/groups/new.html", form=form), 422
    db.session.commit()
    return see_other(
        url_for("groups.show", key=group.key),
        said=_("Đã tạo tổ %(name)s (%(key)s) với bốn cấu phần", name=group.name, key=group.key),
    )


@bp.get("/<key>")
def edit(key: str) -> ResponseReturnValue:
    """What the group is, and its people."""
    authorize(may.groups.administer(actor()))
    group = found(read_groups.find(actor(), key))
    return render_template("admin/groups/edit.html", **_edited(group, GroupForm(obj=group)))


@bp.post("/<key>")
def update(key: str) -> ResponseReturnValue:
    """Store what was typed; the second of two editors chooses."""
    authorize(may.groups.administer(actor()))
    group = found(read_groups.find(actor(), key))
    form = GroupForm()
    if not form.validate():
        return render_template("admin/groups/edit.html", **_edited(group, form)), 422
    try:
        do.edit(group, form.values(), by=act(), seen=form.version.data)
    except StaleError as error:
        return conflicts.ask(form, error, group)
    db.session.commit()
    return see_other(url_for("admin_groups.edit", key=key), said=_("Đã lưu"))


@bp.post("/<key>/move")
def move(key: str) -> ResponseReturnValue:
    """One place up or down on the board."""
    authorize(may.groups.administer(actor()))
    group = found(read_groups.find(actor(), key))
    do.move(group, steps=-1 if request.form.get("to") == "up" else 1, by=act())
    db.session.commit()
    return answer(
        "admin/groups/_list.html",
        otherwise=url_for("admin_groups.index"),
        rows=read.group_rows(clock.today()),
    )


def _new_form() -> NewGroupForm:
    form = NewGroupForm(picks=read_people.picks(clock.today()))
    form.taken = read.keys()
    return form


def _edited(group: Group, form: GroupForm) -> dict[str, object]:
    return {
        "group": group,
        "form": form,
        "roster": read.roster(group, clock.today()),
        "strands": list(Strand),
    }
