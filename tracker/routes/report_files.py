"""The files of a report: made, kept, taken away."""

from io import BytesIO

from flask import Blueprint, abort, request, send_file
from flask import url_for as address_of
from flask.typing import ResponseReturnValue

from tracker import policies as may
from tracker.exports.report.formats import FORMATS
from tracker.extensions import db
from tracker.forms.reports import NarrativeForm
from tracker.lib.numbers import whole
from tracker.queries import reports as read
from tracker.services import reports as do
from tracker.web import report_page
from tracker.web import report_writing as writing
from tracker.web.authorization import act, actor, authorize, everyone_signed_in
from tracker.web.responses import found, see_other
from tracker.words import DEFAULT_LANGUAGE, language

bp = Blueprint("report_files", __name__, url_prefix="/reports/<int:report_id>")


@bp.post("/<format_name>")
def make(report_id: int, format_name: str) -> ResponseReturnValue:
    """Keep what was typed so far, make the file, keep it, and lead to it.

    Who may not write the report takes the file as it is now (GET), and nothing is kept.
    """
    report = found(read.find(actor(), report_id, to_change=True))
    authorize(may.reports.write(actor(), report.group, report.regime))
    made_as = found(FORMATS.get(format_name))
    lang = language(request.form.get("lang") or request.args.get("lang") or "")
    if writing.is_typed(report):
        refusal = writing.take_over(report, NarrativeForm())
        if refusal is not None:
            return refusal
    was_draft = report.state == do.DRAFT
    db.session.commit()  # what was typed is kept though the file could not be made
    facts, content = report_page.rendered(report, made_as, lang)
    report = report_page.to_change(report_id)
    if was_draft:  # if it was closed meanwhile, this is refused: it says other figures now
        do.freeze(report, facts, by=act())
    made = do.Made(format_name, lang.code, made_as.extension, content)
    stored = do.keep(report, made, report_page.subject(report), by=act())
    db.session.commit()
    return see_other(
        address_of(
            "report_files.file",
            report_id=report.id,
            format_name=format_name,
            lang=lang.code,
            file=stored.id,
        )
    )


@bp.get("/<format_name>")
def file(report_id: int, format_name: str) -> ResponseReturnValue:
    """A file that was kept, by its number; without one the report as it is now, not kept."""
    report = found(read.find(actor(), report_id))
    everyone_signed_in()
    made_as = found(FORMATS.get(format_name))
    if "file" in request.args:
        stored = found(read.file(report, request.args.get("file", 0, type=whole)))
        content, name = stored.content, stored.file_name
        if stored.format != format_name:
            abort(404)
    else:
        lang = language(request.args.get("lang", DEFAULT_LANGUAGE))
        db.session.commit()
        content = report_page.rendered(report, made_as, lang)[1]
        made = do.Made(format_name, lang.code, made_as.extension, b"")
        name = do.name_of(report_page.subject(report), report.period, made, None)
    return send_file(
        BytesIO(content),
        mimetype=made_as.content_type,
        as_attachment=True,
        download_name=name,
        max_age=0,
    )
