"""A report as a workbook: real dates and numbers, every task, nothing that could run."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from tracker.exports.report import tables
from tracker.exports.report.archive import with_fixed_times
from tracker.exports.report.paper import subject
from tracker.exports.report.rows import (
    SLIP_COLUMNS,
    STREAM_COLUMNS,
    TASK_COLUMNS,
    Cell,
    Column,
    slip_rows,
    stream_rows,
    task_rows,
)
from tracker.exports.report.shapes import Table
from tracker.exports.report.wording import day, label, one_line
from tracker.lib.lateness import FourCells
from tracker.queries.report_facts import ReportFacts
from tracker.words import Language

Faces = dict[str, Format]

A4 = 9
# What Excel takes at the most in one cell.
LONGEST_CELL = 32_767
# In points: a line of the font, and the most Excel allows a row.
LINE = 15.75
HIGHEST_ROW = 409
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def render(facts: ReportFacts, lang: Language) -> bytes:
    """The file."""
    out = BytesIO()
    book = Workbook(out, OPTIONS)
    _properties(book, facts, lang)
    faces = _faces(book)
    _ = lang.gettext
    _summary(book.add_worksheet(_("Tổng hợp")), facts, lang, faces)
    _list(
        book.add_worksheet(lang.ngettext("Nhiệm vụ", "Nhiệm vụ", 2)),
        TASK_COLUMNS,
        task_rows(facts, lang),
        lang,
        faces,
    )
    moved = book.add_worksheet(_("Thay đổi thời hạn"))
    _list(moved, SLIP_COLUMNS, slip_rows(facts, lang), lang, faces)
    book.close()
    return with_fixed_times(out.getvalue())


def _properties(book: Workbook, facts: ReportFacts, lang: Language) -> None:
    book.set_properties({
        "title": subject(facts, lang)[:255],
        "author": one_line(facts.organisation.issuing.in_language(lang.code))[:255],
        "created": datetime.combine(facts.generated_on, time(), UTC).replace(tzinfo=None),
    })  # fmt: skip
    if facts.identifier:
        book.set_custom_property("identifier", facts.identifier, "text")


def _faces(book: Workbook) -> Faces:
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


def _list(
    sheet: Worksheet,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    lang: Language,
    faces: Faces,
) -> None:
    """A table a person can filter: the head stays in sight and is printed on each page."""
    for position, (_head, width, _kind) in enumerate(columns):
        sheet.set_column(position, position, width)
    last = _rows(sheet, 0, columns, rows, lang, faces)
    sheet.autofilter(0, 0, last, len(columns) - 1)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    _print(sheet)


def _rows(
    sheet: Worksheet,
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
    last = at
    for last, row in enumerate(rows, at + 1):
        sheet.set_row(last, _height(row, columns))
        for position, ((_head, _width, kind), value) in enumerate(zip(columns, row, strict=True)):
            _write(sheet, (last, position), value, faces[kind])
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


def _write(sheet: Worksheet, place: tuple[int, int], value: Cell, face: Format) -> None:
    if value is None:
        sheet.write_blank(*place, None, face)
    elif isinstance(value, date):
        sheet.write_datetime(*place, datetime.combine(value, time()), face)
    elif isinstance(value, str):
        sheet.write_string(*place, value[:LONGEST_CELL], face)
    else:
        sheet.write_number(*place, value, face)


def _print(sheet: Worksheet) -> None:
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=1.18, right=0.79, top=0.79, bottom=0.79)
    sheet.fit_to_pages(1, 0)
    sheet.set_header("&C&P", {"margin": 0.4})


def _summary(sheet: Worksheet, facts: ReportFacts, lang: Language, faces: Faces) -> None:
    _ = lang.gettext
    for position, (_head, width, _kind) in enumerate(STREAM_COLUMNS):
        sheet.set_column(position, position, width)
    sheet.write_string(0, 0, subject(facts, lang), faces["title"])
    days = {"first": day(facts.period.first), "last": day(facts.period.last)}
    sheet.write_string(1, 0, _("Từ ngày %(first)s đến ngày %(last)s", **days), faces["plain"])
    cut_off = _("Số liệu tính đến hết ngày %(day)s", day=day(facts.cut_off))
    sheet.write_string(2, 0, cut_off, faces["plain"])
    strands = [(label("Strand", r.key, lang), r.now) for r in facts.statistics.by_strand]
    groups = [(facts.group_name(r.key, lang.code), r.now) for r in facts.statistics.by_group]
    at = _cells(sheet, 4, tables.by_strand(facts, lang), strands, facts, faces)
    if len(groups) > 1:
        at = _cells(sheet, at, tables.by_group(facts, lang), groups, facts, faces)
    sheet.write_string(at, 0, _("Tình trạng các cấu phần"), faces["title"])
    _rows(sheet, at + 1, STREAM_COLUMNS, stream_rows(facts, lang), lang, faces)
    _print(sheet)


def _cells(
    sheet: Worksheet,
    at: int,
    table: Table,
    parts: list[tuple[str, FourCells]],
    facts: ReportFacts,
    faces: Faces,
) -> int:
    """The four cells as numbers; the row below the table."""
    _heads(sheet, at, table, faces)
    for row, (name, cells) in enumerate(parts, at + 2):
        _numbers(sheet, row, one_line(name), cells, [faces[n] for n in ("text", "number", "exact")])
    last = at + 2 + len(parts)
    total = [faces[n] for n in ("total_text", "total", "total_share")]
    _numbers(sheet, last, table.rows[-1].cells[0], facts.statistics.whole, total)
    return last + 2


def _heads(sheet: Worksheet, at: int, table: Table, faces: Faces) -> None:
    sheet.write_string(at, 0, table.title, faces["title"])
    sheet.set_row(at + 1, 2 * LINE)
    for position, column in enumerate(table.columns):
        sheet.write_string(at + 1, position, column.head, faces["head"])


def _numbers(sheet: Worksheet, row: int, name: str, cells: FourCells, faces: list[Format]) -> None:
    text, whole, part = faces
    sheet.write_string(row, 0, name, text)
    counts = (
        cells.total,
        cells.done_on_time,
        cells.done_late,
        cells.open_on_time,
        cells.open_overdue,
        cells.due,
    )
    for position, count in enumerate(counts, 1):
        sheet.write_number(row, position, count, whole)
    _write(sheet, (row, len(counts) + 1), cells.completed_share, part)
