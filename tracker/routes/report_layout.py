"""How the paper of a report looks, chosen while it is being written."""

from flask import Blueprint
from flask import url_for as address_of
from flask.typing import ResponseReturnValue

from tracker.extensions import db
from tracker.forms.report_layout import LayoutForm
from tracker.queries import report_templates
from tracker.queries import reports as read
from tracker.services import reports as do
from tracker.web import report_page
from tracker.web.authorization import act, actor, authorize
from tracker.web.language import gettext as _
from tracker.web.responses import found, see_other

bp = Blueprint("report_layout", __name__, url_prefix="/reports/<int:report_id>/layout")


@bp.post("")
def update(report_id: int) -> ResponseReturnValue:
    """Lay its annexes otherwise, or stamp it urgent."""
    report = found(read.find(actor(), report_id, to_change=True))
    authorize(report_page.may_write(report))
    form = LayoutForm().offer(report_templates.choices(also=report.template_id))
    here = address_of("reports.show", report_id=report.id, _anchor="layout")
    if not form.validate():
        return see_other(here, said=_("Chưa lưu: hãy chọn trong danh sách."))
    do.lay_out(report, form.values(), by=act())
    db.session.commit()
    return see_other(here, said=_("Đã lưu cách trình bày"))
