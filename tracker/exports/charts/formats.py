"""The formats a timeline comes in: what makes the bytes, and what they are."""

from collections.abc import Callable
from typing import NamedTuple

from tracker.exports.charts import sheets, timeline
from tracker.queries.timeline import Timeline
from tracker.words import Language


class Format(NamedTuple):
    """How a timeline becomes a file."""

    render: Callable[[Timeline, str, Language], bytes]
    content_type: str


def _svg(chart: Timeline, title: str, lang: Language) -> bytes:
    return timeline.draw(chart, title, lang, alone=True).encode()


def _pdf(chart: Timeline, title: str, lang: Language) -> bytes:
    return sheets.pdf(_sheets(chart, title, lang), lang)


def _docx(chart: Timeline, title: str, lang: Language) -> bytes:
    return sheets.docx(_sheets(chart, title, lang), lang)


def _sheets(chart: Timeline, title: str, lang: Language) -> sheets.Sheets:
    return sheets.Sheets(title, chart.today, timeline.sheets(chart, title, lang))


FORMATS = {
    "pdf": Format(_pdf, "application/pdf"),
    "docx": Format(
        _docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    ),
    "svg": Format(_svg, "image/svg+xml"),
}
