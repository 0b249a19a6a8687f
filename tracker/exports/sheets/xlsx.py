"""Sheets as a workbook: real dates and numbers, nothing that could run, fit to be printed."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from tracker.exports.sheets.columns import Cell, Column, Sheet
from tracker.exports.sheets.rows import Rows, workbook
from tracker.lib.archive import with_fixed_times
from tracker.words import Language

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Faces = dict[str, Format]

A3, A4 = 8, 9
# Characters over all columns; on A4 more of them would be too small to be read.
WIDEST_ON_A4 = 250
# In points: a line of the font, and the most Excel allows a row.
LINE = 15.75
HIGHEST_ROW = 409


def render(title: str, sheets: Sequence[Sheet], lang: Language, made_on: date) -> bytes:
    """A workbook of those sheets; the same sheets on the same day are the same bytes."""
    out = BytesIO()
    book = workbook(out)
    created = datetime.combine(made_on, time(), UTC).replace(tzinfo=None)
    book.set_properties({"title": title[:255], "created": created})
    faces = faces_of(book)
    for sheet in sheets:
        add_list(book.add_worksheet(sheet.name), sheet.columns, sheet.rows, lang, faces)
    book.close()
    return with_fixed_times(out.getvalue())


def faces_of(book: Workbook) -> Faces:
    """The looks of cells."""
    font = {"font_name": "Times New Roman", "font_size": 12, "valign": "top"}
    lined = font | {"border": 1, "text_wrap": True}
    made = {
        "title": font | {"bold": True, "font_size": 14},
        "plain": font,
        "head": lined
        | {"bold": True, "align": "center", "valign": "vcenter", "bg_color": "#E8EDF3"},
        # "@" is text: what a person edits later stays text too.
        "text": lined | {"num_format": "@"},
        "date": lined | {"num_format": "dd/mm/yyyy", "align": "center"},
        "number": lined | {"num_format": "#,##0", "align": "center"},
        "share": lined | {"num_format": "0%", "align": "center"},
        "exact": lined | {"num_format": "0.00%", "align": "center"},
        "total": lined | {"bold": True, "num_format": "#,##0", "align": "center"},
        "total_share": lined | {"bold": True, "num_format": "0.00%", "align": "center"},
        "total_text": lined | {"bold": True},
    }
    return {name: book.add_format(face) for name, face in made.items()}


def add_list(
    sheet: Rows,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    lang: Language,
    faces: Faces,
) -> None:
    """A table a person can filter: the head stays in sight and is printed on each page."""
    for position, (_head, width, _kind) in enumerate(columns):
        sheet.set_column(position, position, width)
    last = add_rows(sheet, 0, columns, rows, lang, faces)
    sheet.autofilter(0, 0, last, len(columns) - 1)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    set_up_print(sheet, columns)


def add_rows(
    sheet: Rows,
    at: int,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    lang: Language,
    faces: Faces,
) -> int:
    """A head and its rows from row `at` on; the last row."""
    sheet.set_row(at, 2 * LINE)
    for position, (head, _width, _kind) in enumerate(columns):
        sheet.write_string(at, position, lang.gettext(head), faces["head"])
    last, looks = at, [faces[kind] for _head, _width, kind in columns]
    for last, row in enumerate(rows, at + 1):
        sheet.put(last, _height(row, columns), row, looks)
    return last


def _height(row: Sequence[Cell], columns: Sequence[Column]) -> float:
    """How high the row has to be, roughly: not every program reckons that when it opens a file."""
    cells = zip(row, columns, strict=True)
    lines = (
        _lines(value, width) for value, (_head, width, _kind) in cells if isinstance(value, str)
    )
    return min(max(lines, default=1) * LINE, HIGHEST_ROW)


def _lines(text: str, width: int) -> int:
    return sum(1 + len(line) // width for line in text.split("\n"))


def set_up_print(sheet: Worksheet, columns: Sequence[Column]) -> None:
    """Across, on A4, on A3 what is too wide for it."""
    sheet.set_landscape()
    sheet.set_paper(A3 if sum(width for _head, width, _kind in columns) > WIDEST_ON_A4 else A4)
    sheet.set_margins(left=1.18, right=0.79, top=0.79, bottom=0.79)
    sheet.fit_to_pages(1, 0)
    sheet.set_header("&C&P", {"margin": 0.4})
