"""Reporting regimes as the administrator keeps them: who owes which report, and by when."""

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker import policies as may
from tracker.errors import RuleViolationError, StaleError
from tracker.extensions import db
from tracker.forms.regimes import FIELD_OF, RegimeForm
from tracker.models import ReportRegime
from tracker.queries import choices, programmes, report_templates
from tracker.queries import regimes as read
from tracker.services import regimes as do
from tracker.web import clock, conflicts
from tracker.web.authorization import act, actor, authorize
from tracker.web.language import current
from tracker.web.language import gettext as _
from tracker.web.responses import found, see_other

bp = Blueprint("admin_regimes", __name__, url_prefix="/admin/regimes")
INVALID = 422


@bp.get("")
def index() -> ResponseReturnValue:
    """All regimes, those that have ended last."""
    authorize(may.regimes.administer(actor()))
    today = clock.today()
    lines = [(one, next(iter(read.coming(one, today)), None)) for one in read.listing(today)]
    return render_template("admin/regimes/index.html", lines=lines)


@bp.get("/new")
def new() -> ResponseReturnValue:
    """An empty form."""
    authorize(may.regimes.administer(actor()))
    form = _offered(RegimeForm(formdata=None))
    form.starts_on.data = clock.today()
    return render_template("admin/regimes/edit.html", **_typed(form))


@bp.post("/new")
def create() -> ResponseReturnValue:
    """Set it up; `preview` only shows what would be due."""
    authorize(may.regimes.administer(actor()))
    form = _offered(RegimeForm())
    fine = form.validate() and _can_see_to(form, form.columns_typed().get("group_id"))
    if "preview" in request.form or not fine:
        status = 200 if fine else INVALID
        return render_template("admin/regimes/edit.html", **_typed(form)), status
    values = form.columns_typed()
    try:
        regime = do.create(values.pop("name"), by=act(), **values)
    except RuleViolationError as error:
        form.blame(error, FIELD_OF, "name")
        return render_template("admin/regimes/edit.html", **_typed(form)), INVALID
    db.session.commit()
    said = _("Đã thêm %(name)s", name=regime.name)
    return see_other(url_for("admin_regimes.index"), said=said)


@bp.get("/preview")
def preview() -> ResponseReturnValue:
    """What the next few reports would be by what is typed so far."""
    authorize(may.regimes.administer(actor()))
    form = _offered(RegimeForm(request.args, meta={"csrf": False}))
    form.validate()
    is_new = "version" not in request.args
    return render_template("admin/regimes/_preview.html", **_coming(form, is_new=is_new))


@bp.get("/<int:regime_id>")
def edit(regime_id: int) -> ResponseReturnValue:
    """The regime as a form."""
    authorize(may.regimes.administer(actor()))
    regime = found(read.find(regime_id))
    form = _of(regime, RegimeForm(formdata=None, obj=regime).show(regime))
    return render_template("admin/regimes/edit.html", **_typed(form, regime))


@bp.post("/<int:regime_id>")
def update(regime_id: int) -> ResponseReturnValue:
    """Store what was typed; the second of two editors chooses. Whose it is stays."""
    authorize(may.regimes.administer(actor()))
    regime = found(read.find(regime_id, to_change=True))
    form = _of(regime, RegimeForm())
    fine = form.validate() and _can_see_to(form, regime.group_id)
    if "preview" in request.form or not fine:
        status = 200 if fine else INVALID
        return render_template("admin/regimes/edit.html", **_typed(form, regime)), status
    try:
        do.edit(regime, form.columns_typed(), by=act(), seen=form.version.data)
    except StaleError as error:
        return conflicts.ask(form, form.asked(error, regime), regime)
    except RuleViolationError as error:
        db.session.rollback()
        form.blame(error, FIELD_OF, "name")
        page = _typed(form, found(read.find(regime_id)))
        return render_template("admin/regimes/edit.html", **page), INVALID
    db.session.commit()
    return see_other(url_for("admin_regimes.index"), said=_("Đã lưu"))


def _of(regime: ReportRegime, form: RegimeForm) -> RegimeForm:
    """The form of one that is there: whose it is, is settled."""
    form.drop("of")
    if regime.group_id is not None or regime.unit_id is not None:
        form.drop("arranged_by")
    return _offered(form)


def _offered(form: RegimeForm) -> RegimeForm:
    today = clock.today()
    return form.offer(
        groups=programmes.choices(),
        persons=choices.persons(today, also=form.responsible_id.data),
        units=choices.units(today, code=current().code),
        templates=report_templates.choices(also=form.template),
    )


def _can_see_to(form: RegimeForm, group_id: int | None) -> bool:
    """Whether the person responsible, if one is named, can open the reports."""
    person_id = form.responsible_id.data
    if person_id is None or read.can_see_to(person_id, group_id, clock.today()):
        return True
    form.refuse("responsible_id", "regime_person_sees_not")
    return False


def _typed(form: RegimeForm, regime: ReportRegime | None = None) -> dict[str, Any]:
    return {"form": form, "regime": regime, **_coming(form, is_new=regime is None)}


def _coming(form: RegimeForm, *, is_new: bool) -> dict[str, Any]:
    """What is to come by what was typed; of a new one also what would be begun at once."""
    draft, today = form.draft(), clock.today()
    if draft is None:
        return {"coming": [], "at_once": 0}
    at_once = read.begun_at_once(draft, today) if is_new else 0
    return {"coming": read.coming(draft, today), "at_once": at_once}
