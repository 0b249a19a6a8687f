"""What is due of reports: of whom, of which period, until when; and the begin of one by hand."""

from flask import Blueprint, abort, request, url_for
from flask.typing import ResponseReturnValue

from tracker import policies as may
from tracker.extensions import db
from tracker.lib.numbers import whole
from tracker.queries import owed as read
from tracker.queries.owed import Owed, Show
from tracker.services import regimes as do
from tracker.web import clock
from tracker.web.authorization import act, actor, authorize, everyone_signed_in
from tracker.web.listing import address
from tracker.web.responses import page, see_other

bp = Blueprint("regimes", __name__, url_prefix="/reports/due")


@bp.get("")
def index() -> ResponseReturnValue:
    """What is owed and was not sent, late ones first; as far as the reader sees the groups."""
    everyone_signed_in()
    asked = request.args.get("show")
    show = next((show for show in Show if show == asked), None)
    number = request.args.get("page", 1, type=whole)
    return page(
        "regimes/index.html",
        "regimes/_due.html",
        due=read.due(actor(), show, number, clock.today()),
        address=address,
        may_begin=_may_begin,
    )


@bp.post("")
def begin() -> ResponseReturnValue:
    """Begin what is owed before the worker does, or go on with it."""
    regime_id = request.form.get("regime_id", 0, type=whole)
    wanted = {(regime_id, request.form.get("period", ""))}
    owed = next(iter(read.among(actor(), wanted, clock.today())), None)
    if owed is None:
        abort(404)
    authorize(_may_begin(owed))
    report_id = owed.report_id
    if report_id is None:
        report = do.begin(owed.regime, owed.period, by=act())
        db.session.commit()
        if report is None:  # another was quicker
            return see_other(url_for("regimes.index"))
        report_id = report.id
    return see_other(url_for("reports.show", report_id=report_id))


def _may_begin(owed: Owed) -> bool:
    return may.reports.write(actor(), owed.regime.group, owed.regime)
