"""A sheet as CSV, made to open with a double click in Excel in Viet Nam.

With Vietnamese regional settings the comma is the decimal sign and Excel splits lines at
semicolons, so a comma file would land in one column. The byte order mark tells Excel that the
text is UTF-8; a "sep=" line would make it forget that.
"""

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from io import StringIO

from tracker.exports.sheets.columns import Cell, Column
from tracker.lib.dates import format_date
from tracker.lib.sheets import csv_safe
from tracker.words import Language

CONTENT_TYPE = "text/csv"
SEPARATOR = ";"


def render(columns: Sequence[Column], rows: Iterable[Sequence[Cell]], lang: Language) -> bytes:
    """The file."""
    out = StringIO(newline="")
    writer = csv.writer(out, delimiter=SEPARATOR, lineterminator="\r\n")
    writer.writerow(lang.gettext(head) for head, _width, _kind in columns)
    kinds = [kind for _head, _width, kind in columns]
    for row in rows:
        writer.writerow(_text(value, kind) for value, kind in zip(row, kinds, strict=True))
    return out.getvalue().encode("utf-8-sig")


def _text(value: Cell, kind: str) -> object:
    if isinstance(value, date):
        return format_date(value)
    if kind == "share" and isinstance(value, float):
        return f"{value:.0%}"
    return csv_safe(value)
