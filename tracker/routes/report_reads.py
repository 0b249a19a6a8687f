"""Who has read a report; and that somebody does, kept once the answer is made."""

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from tracker.adapters import database
from tracker.extensions import db
from tracker.queries import report_reads as read
from tracker.queries import reports as read_reports
from tracker.services import report_reads as do
from tracker.web import report_page, report_reads
from tracker.web.authorization import act, actor, everyone_signed_in
from tracker.web.responses import found

bp = Blueprint("report_reads", __name__, url_prefix="/reports/<int:report_id>/readers")


@bp.get("")
def index(report_id: int) -> ResponseReturnValue:
    """Everybody who opened it or took a file of it away."""
    report = found(read_reports.find(actor(), report_id))
    everyone_signed_in()
    return render_template(
        "reports/readers.html",
        report=report,
        title=report_page.title(report),
        readings=read.readings(report),
    )


@bp.after_app_request
def remember(response: Response) -> Response:
    """A GET that writes, on purpose: whoever is given an issued report has read it.

    In a transaction of its own, once a person and revision.
    """
    record_id = report_reads.noted()
    # A browser that goes on with a broken download is given a part of the file (206).
    is_given = request.method == "GET" and response.status_code in {200, 206}
    if record_id is None or not is_given:
        return response
    if not read.has_read(record_id, actor().person_id):
        db.session.rollback()  # the end of reading
        database.read_only(value=False)
        do.remember(record_id, by=act())
        db.session.commit()
    return response
