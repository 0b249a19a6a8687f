"""Settings: the limits of health, and the way to the head of reports."""

from dataclasses import asdict

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker import policies as may
from tracker.errors import RuleViolationError, StaleError
from tracker.extensions import db
from tracker.forms.admin_settings import ThresholdsForm
from tracker.lib.health import Thresholds
from tracker.queries import recolouring as read_colours
from tracker.queries import settings as read
from tracker.services import settings as do
from tracker.web import clock, conflicts
from tracker.web.authorization import act, actor, authorize
from tracker.web.language import gettext as _
from tracker.web.responses import found, see_other, wants_fragment

bp = Blueprint("admin_settings", __name__, url_prefix="/admin/settings")
OK, WRONG = 200, 422


@bp.get("")
def index() -> ResponseReturnValue:
    """All settings."""
    authorize(may.groups.administer(actor()))
    return render_template("admin/settings/index.html", **_forms())


@bp.post("/thresholds")
def thresholds() -> ResponseReturnValue:
    """Store the limits; every colour is judged by them from the next page on."""
    authorize(may.groups.administer(actor()))
    form = ThresholdsForm()
    if not form.validate():
        return render_template("admin/settings/index.html", **_forms(limits=form)), 422
    try:
        do.put_thresholds(form.values(), by=act(), seen=form.version.data)
    except StaleError as error:
        return conflicts.ask(form, error, found(read.find(read.THRESHOLDS)))
    except RuleViolationError as error:
        form.blame(error, {}, "late_slip_days")
        return render_template("admin/settings/index.html", **_forms(limits=form)), 422
    db.session.commit()
    return see_other(url_for("admin_settings.index"), said=_("Đã lưu ngưỡng đánh giá"))


@bp.post("/thresholds/preview")
def preview() -> ResponseReturnValue:
    """Which colours the typed limits would change. Stores nothing."""
    authorize(may.groups.administer(actor()))
    form = ThresholdsForm()
    recolouring = read_colours.preview(form.limits, clock.today()) if form.validate() else None
    if wants_fragment():
        return render_template("admin/settings/_colours.html", recolouring=recolouring)
    context = _forms(limits=form) | {"recolouring": recolouring}
    return render_template("admin/settings/index.html", **context), OK if recolouring else WRONG


def _forms(*, limits: ThresholdsForm | None = None) -> dict[str, object]:
    return {
        "limits": limits
        or ThresholdsForm(
            formdata=None, version=read.version(read.THRESHOLDS), **asdict(read.thresholds())
        ),
        "defaults": Thresholds(),
        "recolouring": None,
    }
