"""All tasks of a report as CSV, made to open with a double click in Excel in Viet Nam.

With Vietnamese regional settings the comma is the decimal sign and Excel splits lines at
semicolons, so a comma file would land in one column. The byte order mark tells Excel that the
text is UTF-8; a "sep=" line would make it forget that.
"""

import csv
from datetime import date
from io import StringIO

from tracker.exports.report.rows import TASK_COLUMNS, Cell, task_rows
from tracker.exports.report.wording import day
from tracker.lib.sheets import csv_safe
from tracker.queries.report_facts import ReportFacts
from tracker.words import Language

SEPARATOR = ";"


def render(facts: ReportFacts, lang: Language) -> bytes:
    """The file."""
    out = StringIO(newline="")
    writer = csv.writer(out, delimiter=SEPARATOR, lineterminator="\r\n")
    writer.writerow(lang.gettext(head) for head, _width, _kind in TASK_COLUMNS)
    kinds = [kind for _head, _width, kind in TASK_COLUMNS]
    for row in task_rows(facts, lang):
        writer.writerow(_text(value, kind) for value, kind in zip(row, kinds, strict=True))
    return out.getvalue().encode("utf-8-sig")


def _text(value: Cell, kind: str) -> object:
    if isinstance(value, date):
        return day(value)
    if kind == "share" and isinstance(value, float):
        return f"{value:.0%}"
    return csv_safe(value)
