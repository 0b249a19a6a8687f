"""Programmes (named sets of groups) as the administrator keeps them."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker import policies as may
from tracker.errors import StaleError
from tracker.extensions import db
from tracker.forms.admin_programmes import ProgrammeForm
from tracker.queries import programmes as read
from tracker.services import programmes as do
from tracker.web import conflicts
from tracker.web.authorization import act, actor, authorize
from tracker.web.language import gettext as _
from tracker.web.responses import answer, found, see_other

bp = Blueprint("admin_programmes", __name__, url_prefix="/admin/programmes")
COLUMNS = ("name", "name_en", "is_retired")


@bp.get("")
def index() -> ResponseReturnValue:
    """All programmes in their order, each with its groups."""
    authorize(may.groups.administer(actor()))
    return render_template("admin/programmes/index.html", lines=read.lines())


@bp.get("/new")
def new() -> ResponseReturnValue:
    """An empty form."""
    authorize(may.groups.administer(actor()))
    form = ProgrammeForm().offer(read.choices())
    return render_template("admin/programmes/edit.html", programme=None, form=form)


@bp.post("/new")
def create() -> ResponseReturnValue:
    """Make a programme."""
    authorize(may.groups.administer(actor()))
    form = ProgrammeForm().offer(read.choices())
    if not form.validate():
        return render_template("admin/programmes/edit.html", programme=None, form=form), 422
    programme = do.create(by=act(), **form.values("name", "name_en", "groups"))
    db.session.commit()
    said = _("Đã thêm %(name)s", name=programme.name)
    return see_other(url_for("admin_programmes.index"), said=said)


@bp.get("/<int:programme_id>")
def edit(programme_id: int) -> ResponseReturnValue:
    """The programme as a form."""
    authorize(may.groups.administer(actor()))
    programme = found(read.find(programme_id))
    form = ProgrammeForm(obj=programme, groups=read.group_ids(programme)).offer(read.choices())
    return render_template("admin/programmes/edit.html", programme=programme, form=form)


@bp.post("/<int:programme_id>")
def update(programme_id: int) -> ResponseReturnValue:
    """Store what was typed; the second of two editors chooses."""
    authorize(may.groups.administer(actor()))
    programme = found(read.find(programme_id, to_change=True))
    form = ProgrammeForm().offer(read.choices())
    if not form.validate():
        return render_template("admin/programmes/edit.html", programme=programme, form=form), 422
    by, seen = act(), form.version.data
    try:
        do.edit(programme, form.values(*COLUMNS), by=by, seen=seen)
    except StaleError as error:
        return conflicts.ask(form, error, programme)
    do.choose_groups(programme, form.groups.data, by=by, seen=seen)
    db.session.commit()
    return see_other(url_for("admin_programmes.index"), said=_("Đã lưu"))


@bp.post("/<int:programme_id>/move")
def move(programme_id: int) -> ResponseReturnValue:
    """One place up or down in the lists."""
    authorize(may.groups.administer(actor()))
    programme = found(read.find(programme_id))
    do.move(programme, steps=-1 if request.form.get("to") == "up" else 1, by=act())
    db.session.commit()
    return answer(
        "admin/programmes/_list.html",
        otherwise=url_for("admin_programmes.index"),
        lines=read.lines(),
    )
