"""The files of a report: made, kept, taken away."""

from flask import (
    Blueprint,
    abort,
    make_response,
    render_template,
    request,
)
from flask import url_for as address_of
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from tracker.adapters import database
from tracker.errors import RuleViolationError
from tracker.exports.report.formats import FORMATS
from tracker.extensions import db
from tracker.forms.report_text import NarrativeForm
from tracker.jobs import scheduling
from tracker.lib.numbers import whole
from tracker.models import Report, ReportFile, ReportRecord
from tracker.queries import report_exports as exports
from tracker.queries import reports as read
from tracker.queries.reports import records
from tracker.services import report_exports as exports_do
from tracker.services import reports as do
from tracker.web import report_page, report_reads
from tracker.web import report_writing as writing
from tracker.web.authorization import act, actor, authorize, everyone_signed_in
from tracker.web.configuration import config
from tracker.web.files import taken
from tracker.web.responses import found, see_other
from tracker.words import DEFAULT_LANGUAGE, Language, language

bp = Blueprint("report_files", __name__, url_prefix="/reports/<int:report_id>")


@bp.post("/<format_name>")
def make(report_id: int, format_name: str) -> ResponseReturnValue:
    """Keep what was typed so far, make the file, keep it, and lead to it.

    Who may not write the report takes the file as it is now (GET), and nothing is kept.
    """
    report = found(read.find(actor(), report_id, to_change=True))
    authorize(report_page.may_write(report))
    made_as = found(FORMATS.get(format_name))
    lang = language(request.form.get("lang") or request.args.get("lang") or "")
    if writing.is_typed(report):
        refusal = writing.take_over(report, NarrativeForm())
        if refusal is not None:
            return refusal
    record = records.current(report)
    issued = read.issued_file(record, format_name, lang.code)
    db.session.commit()  # what was typed is kept though the file could not be made
    if issued is not None:
        return _leads_to(issued)
    if exports.is_large(report):
        return _left_to_worker(report, format_name, lang, record)
    content = report_page.rendered(report, made_as, lang, record)[1]
    report = report_page.to_change(report_id)
    if record is None and not report.state.is_open:
        raise RuleViolationError("report_closed")  # meanwhile; it says other figures than these
    made = do.Made(format_name, lang.code, made_as.extension, content)
    stored = do.keep(report, made, do.subject_of(report), by=act(), record=record)
    db.session.commit()
    return _leads_to(stored)


def _leads_to(stored: ReportFile) -> ResponseReturnValue:
    return see_other(
        address_of(
            "report_files.file",
            report_id=stored.report_id,
            format_name=stored.format,
            lang=stored.language,
            file=stored.id,
        )
    )


@bp.post("/exports")
def ask(report_id: int) -> ResponseReturnValue:
    """Ask the worker for a file, though one may not write the report: nothing is kept of it."""
    report = found(read.find(actor(), report_id))
    everyone_signed_in()
    format_name = request.form.get("format", "")
    found(FORMATS.get(format_name))
    lang = language(request.form.get("lang", ""))
    return _left_to_worker(report, format_name, lang, _record(report, request.form))


@bp.get("/<format_name>")
def file(report_id: int, format_name: str) -> ResponseReturnValue:
    """A file that was kept, by its number; without one the report as it is now, or as the record
    that is asked for says.

    An issued report is served as it was first taken; of what follows the plan only the digest is
    kept, by which the file can be verified.
    """
    report = found(read.find(actor(), report_id))
    everyone_signed_in()
    made_as = found(FORMATS.get(format_name))
    if "file" in request.args:
        stored = found(read.file(report, request.args.get("file", 0, type=whole)))
        if stored.format != format_name:
            abort(404)
        report_reads.note(stored.record)
        return taken(found(read.content_of(stored)), stored.file_name, made_as.content_type)
    lang = language(request.args.get("lang", DEFAULT_LANGUAGE))
    record = _record(report, request.args)
    report_reads.note(record)
    issued = read.issued_file(record, format_name, lang.code)
    if issued is not None:
        return taken(found(read.content_of(issued)), issued.file_name, made_as.content_type)
    db.session.commit()
    if exports.is_large(report):
        return _offered(report, format_name, lang, record)
    content = report_page.rendered(report, made_as, lang, record)[1]
    if request.method == "HEAD":
        return taken(content, "", made_as.content_type)
    report = report_page.to_change(report_id)
    made = do.Made(format_name, lang.code, made_as.extension, content)
    is_issued = record is not None and record.issued_at is not None
    subject = do.subject_of(report)
    kept = do.keep(report, made, subject, by=act(), record=record, is_stored=is_issued)
    db.session.commit()
    return taken(content, kept.file_name, made_as.content_type)


def _record(report: Report, asked: MultiDict[str, str]) -> ReportRecord | None:
    """The record that is asked for, else what the report says while nobody can write in it."""
    if "record" in asked:
        return found(records.find(report, asked.get("record", 0, type=whole)))
    return records.current(report)


def _left_to_worker(
    report: Report, format_name: str, lang: Language, record: ReportRecord | None
) -> ResponseReturnValue:
    """Promise the file, and lead to where it can be watched."""
    database.read_only(value=False)
    export = exports_do.ask(report, format_name, lang.code, by=act(), record=record)
    db.session.commit()
    scheduling.wake(config())
    return see_other(address_of("report_exports.show", export_id=export.id))


def _offered(
    report: Report, format_name: str, lang: Language, record: ReportRecord | None
) -> ResponseReturnValue:
    """Instead of a file that takes long, the button that asks for it: a link changes nothing."""
    return make_response(
        render_template(
            "report_exports/new.html",
            report=report,
            title=report_page.title(report),
            format_name=format_name,
            language=lang.code,
            record_id=record.id if record else None,
        )
    )
