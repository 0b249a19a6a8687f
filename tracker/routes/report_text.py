"""What people write in a report."""

from flask import Blueprint, make_response, render_template
from flask import url_for as address_of
from flask.typing import ResponseReturnValue

from tracker import policies as may
from tracker.extensions import db
from tracker.forms.reports import NarrativeForm
from tracker.queries import reports as read
from tracker.web import report_writing as writing
from tracker.web.authorization import actor, authorize
from tracker.web.language import gettext as _
from tracker.web.responses import found, see_other, wants_fragment

bp = Blueprint("report_text", __name__, url_prefix="/reports/<int:report_id>")


@bp.post("")
def update(report_id: int) -> ResponseReturnValue:
    """Keep what was typed; htmx sends it now and then by itself."""
    report = found(read.find(actor(), report_id, to_change=True))
    authorize(may.reports.write(actor(), report.group, report.regime))
    form = NarrativeForm()
    refusal = writing.take_over(report, form)
    if refusal is not None:
        return refusal
    db.session.commit()
    here = address_of("reports.show", report_id=report.id)
    if not wants_fragment():
        return see_other(here, said=_("Đã lưu"))
    return make_response(render_template("reports/_saved.html", report=report, form=form))
