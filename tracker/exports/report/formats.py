"""The formats a report comes in: what makes the bytes, what they are, how the file name ends."""

from collections.abc import Callable
from dataclasses import dataclass

from tracker.exports.report import csv, docx, one_file, pdf, xlsx
from tracker.exports.report.template import rendering
from tracker.queries.report_facts import ReportFacts
from tracker.words import Language

_OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True)
class Format:
    """How a report becomes a file."""

    render: Callable[[ReportFacts, Language], bytes]
    content_type: str
    extension: str


FORMATS = {
    "docx": Format(docx.render, f"{_OFFICE}.wordprocessingml.document", "docx"),
    "xlsx": Format(xlsx.render, f"{_OFFICE}.spreadsheetml.sheet", "xlsx"),
    "pdf": Format(pdf.render, "application/pdf", "pdf"),
    "html": Format(one_file.render, "text/html", "html"),
    "csv": Format(csv.render, "text/csv", "csv"),
}


def make(name: str, facts: ReportFacts, lang: Language, template: bytes | None = None) -> bytes:
    """The file in that format. A template lays out the Word file; the others have one layout."""
    if name == "docx" and template is not None:
        return rendering.render(template, facts, lang)
    return FORMATS[name].render(facts, lang)
