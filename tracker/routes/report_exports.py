"""Files of reports that take long: watched, left and fetched later."""

from flask import Blueprint, make_response, request
from flask.typing import ResponseReturnValue

from tracker.adapters import database
from tracker.exports.report.formats import FORMATS
from tracker.extensions import db
from tracker.models.enums import ExportState
from tracker.queries import outbox
from tracker.queries import report_exports as read
from tracker.queries import reports as read_reports
from tracker.services import report_exports as do
from tracker.web import clock, report_page, report_reads
from tracker.web.authorization import actor, everyone_signed_in
from tracker.web.files import taken
from tracker.web.responses import found, page, wants_fragment

bp = Blueprint("report_exports", __name__, url_prefix="/reports/exports")


@bp.get("")
def index() -> ResponseReturnValue:
    """What one asked for in the last week."""
    everyone_signed_in()
    return page(
        "report_exports/index.html",
        "report_exports/_list.html",
        exports=read.of(actor()),
        title_of=report_page.title,
    )


@bp.get("/<int:export_id>")
def show(export_id: int) -> ResponseReturnValue:
    """How far the file is; htmx asks again and again, and is told what is new."""
    everyone_signed_in()
    export = found(read.find(actor(), export_id))
    mark = read.mark(export)
    if wants_fragment() and request.args.get("seen") == mark:
        return make_response("", 204)
    return page(
        "report_exports/show.html",
        "report_exports/_progress.html",
        export=export,
        report=export.report,
        title=report_page.title(export.report),
        mark=mark,
        is_idle=read.waits_in_vain(export, outbox.last_tick(), clock.now()),
        kept_days=do.KEPT.days,
    )


@bp.get("/<int:export_id>/file")
def file(export_id: int) -> ResponseReturnValue:
    """The file that was made."""
    everyone_signed_in()
    export = found(read.find(actor(), export_id))
    made = found(read.content(export))
    report_reads.note(made.record)
    content = read_reports.content_of(made) or b""
    answer = taken(content, made.file_name, FORMATS[made.format].content_type)
    if request.method == "GET" and export.state is ExportState.DONE:
        _remember(export_id)
    return answer


def _remember(export_id: int) -> None:
    """A GET that writes, on purpose: what was fetched is no longer called to mind."""
    db.session.rollback()  # the end of reading
    database.read_only(value=False)
    do.fetched(export_id)
    db.session.commit()
