"""The demo's template of reports: the shipped layout as somebody would begin their own from it."""

from datetime import date

from tracker.exports.report.template.shipped import starting_point
from tracker.services import report_templates
from tracker.services.act import Act

BROUGHT = date(2026, 3, 3)
NAME, FILE_NAME = "Mẫu của Ủy ban", "mau-bao-cao-uy-ban.docx"


def bring(by: Act) -> None:
    """One that may be chosen; the shipped layout stays the default."""
    report_templates.use(report_templates.upload(NAME, FILE_NAME, starting_point(), by=by), by=by)
