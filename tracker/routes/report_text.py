"""What people write in a report."""

from flask import Blueprint, make_response, render_template, request
from flask import url_for as address_of
from flask.typing import ResponseReturnValue

from tracker.extensions import db
from tracker.forms.report_text import NarrativeForm
from tracker.lib.numbers import whole
from tracker.models import Report
from tracker.queries import reports as read
from tracker.web import report_page, report_text
from tracker.web import report_writing as writing
from tracker.web.authorization import actor, authorize
from tracker.web.language import gettext as _
from tracker.web.responses import by_ids, found, see_other, wants_fragment

bp = Blueprint("report_text", __name__, url_prefix="/reports/<int:report_id>")


@bp.post("")
def update(report_id: int) -> ResponseReturnValue:
    """Keep what was typed; htmx sends it now and then by itself.

    A fact whose button was pressed is added to its text.
    """
    report = found(read.find(actor(), report_id, to_change=True))
    authorize(report_page.may_write(report))
    form = NarrativeForm()
    place = writing.add(form)
    refusal = writing.take_over(report, form, writes_on=True)
    if refusal is not None:
        return refusal
    db.session.commit()
    if not wants_fragment():
        here = address_of("reports.show", report_id=report.id, _anchor=place or None)
        return see_other(here, said=_("Đã lưu"))
    since, sent = writing.held(form)
    return by_ids(_written("reports/written.html", report, since, sent, form=form))


@bp.get("/text")
def show(report_id: int) -> ResponseReturnValue:
    """What others wrote since the page knew version `v`, and who writes now (`w`); asked for now
    and then while the page is open.
    """
    report = found(read.find(actor(), report_id))
    authorize(report_page.may_write(report))
    if not wants_fragment():
        return see_other(address_of("reports.show", report_id=report.id))
    version = request.args.get("v", report.version, type=whole)
    writers = report_text.others(report)
    if version == report.version and request.args.get("w", "") == report_text.key(writers):
        return "", 204
    return _written("reports/watched.html", report, version)


def _written(
    template: str,
    report: Report,
    since: int,
    sent: dict[str, str] | None = None,
    **more: object,
) -> ResponseReturnValue:
    texts = report_text.texts(
        report,
        lambda: report_page.outline_of(report),
        report_page.lookup(report),
        since=since,
        sent=sent,
    )
    context = report_text.context(report, texts) | more
    return make_response(render_template(template, report=report, **context))
