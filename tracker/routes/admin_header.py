"""The head and the foot of reports, typed beside how they look on paper."""

from dataclasses import asdict, replace

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker import policies as may
from tracker.errors import StaleError
from tracker.exports.report.head import signed
from tracker.exports.report.paper import paper
from tracker.exports.report.shapes import Paper
from tracker.extensions import db
from tracker.forms.admin_header import HeaderForm
from tracker.queries import settings as read
from tracker.queries.report_facts import Name
from tracker.queries.reports import heads
from tracker.queries.settings import ReportHeader
from tracker.services import settings as do
from tracker.web import conflicts, report_look
from tracker.web.authorization import act, actor, authorize
from tracker.web.language import current
from tracker.web.language import gettext as _
from tracker.web.responses import found, see_other, wants_fragment

bp = Blueprint("admin_header", __name__, url_prefix="/admin/settings/header")
OK, WRONG = 200, 422
# An example, and what its head is titled.
UNIT = Name("Viện Đo lường", "Metrology Institute"), Name("Viện trưởng", "Director")


@bp.get("")
def show() -> ResponseReturnValue:
    """The form, and the paper as it is now."""
    authorize(may.groups.administer(actor()))
    kept = read.report_header()
    form = HeaderForm(formdata=None, version=read.version(read.REPORT_HEADER), **asdict(kept))
    return _page(form, kept)


@bp.post("")
def update() -> ResponseReturnValue:
    """Store it; papers that are made from now on have it."""
    authorize(may.groups.administer(actor()))
    form = HeaderForm()
    if not form.validate():
        return _page(form, read.report_header()), WRONG
    try:
        do.put_report_header(form.stored(), by=act(), seen=form.version.data)
    except StaleError as error:
        return conflicts.ask(form, error, found(read.find(read.REPORT_HEADER)))
    db.session.commit()
    return see_other(url_for("admin_header.show"), said=_("Đã lưu thể thức báo cáo"))


@bp.post("/preview")
def preview() -> ResponseReturnValue:
    """How the paper would look. Stores nothing."""
    authorize(may.groups.administer(actor()))
    form = HeaderForm()
    is_fine = form.validate()
    header = form.header if is_fine else read.report_header()
    if wants_fragment():
        return render_template("admin/header/_paper.html", **_look(header), is_fine=is_fine)
    return _page(form, header), OK if is_fine else WRONG


def _page(form: HeaderForm, header: ReportHeader) -> str:
    return render_template(
        "admin/header/show.html", form=form, **_look(header), is_fine=not form.errors
    )


def _look(header: ReportHeader) -> dict[str, object]:
    """The paper of the body, and the signatures on those of a group and of a unit."""
    of_group = heads.signed_by_group(header.group_signer_form)
    of_unit = heads.signed_by_unit(header.unit_signer_form, *UNIT)
    return {
        "paper": _paper(header),
        "of_group": signed(of_group, current()),
        "of_unit": signed(of_unit, current()),
    }


def _paper(header: ReportHeader) -> Paper:
    if not header.issuing_body:
        header = replace(header, issuing_body=heads.header(report_look.organisation()).issuing_body)
    return paper(report_look.sample_under(header), current())
