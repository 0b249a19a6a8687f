"""A report as a workbook: real dates and numbers, every task, nothing that could run."""

from datetime import UTC, datetime, time
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from tracker.exports.report import tables
from tracker.exports.report.paper import subject
from tracker.exports.report.period_rows import about, lists
from tracker.exports.report.rows import (
    MILESTONE_COLUMNS,
    RISK_COLUMNS,
    SLIP_COLUMNS,
    STREAM_COLUMNS,
    TASK_COLUMNS,
    milestone_rows,
    risk_rows,
    slip_rows,
    stream_rows,
    task_rows,
)
from tracker.exports.report.shapes import Table
from tracker.exports.report.wording import coverage, label, one_line
from tracker.exports.sheets.rows import Rows, workbook
from tracker.exports.sheets.xlsx import (
    LINE,
    Faces,
    add_list,
    add_rows,
    faces_of,
    set_up_print,
)
from tracker.lib.archive import with_fixed_times
from tracker.lib.lateness import FourCells
from tracker.queries.report_facts import ReportFacts
from tracker.words import Language

# What Excel takes at the most for the name of a sheet.
LONGEST_NAME = 31


def render(facts: ReportFacts, lang: Language) -> bytes:
    """The file."""
    out = BytesIO()
    book = workbook(out)
    _properties(book, facts, lang)
    faces = faces_of(book)
    _ = lang.gettext
    _summary(book.add_worksheet(_("Tổng hợp")), facts, lang, faces)
    add_list(
        book.add_worksheet(lang.ngettext("Nhiệm vụ", "Nhiệm vụ", 2)),
        TASK_COLUMNS,
        task_rows(facts, lang),
        lang,
        faces,
    )
    milestones = book.add_worksheet(_("Các mốc tiến độ"))
    add_list(milestones, MILESTONE_COLUMNS, milestone_rows(facts, lang), lang, faces)
    moved = book.add_worksheet(_("Thay đổi thời hạn"))
    add_list(moved, SLIP_COLUMNS, slip_rows(facts, lang), lang, faces)
    if facts.risks:
        risks = book.add_worksheet(_("Khó khăn, rủi ro"))
        add_list(risks, RISK_COLUMNS, risk_rows(facts, lang), lang, faces)
    for one, rows in lists(facts, lang):
        add_list(book.add_worksheet(_(one.name)[:LONGEST_NAME]), one.columns, rows, lang, faces)
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


def _summary(sheet: Rows, facts: ReportFacts, lang: Language, faces: Faces) -> None:
    _ = lang.gettext
    for position, (_head, width, _kind) in enumerate(STREAM_COLUMNS):
        sheet.set_column(position, position, width)
    sheet.write_string(0, 0, subject(facts, lang), faces["title"])
    at = 1
    for at, sentence in enumerate([*about(facts, lang), *coverage(facts.coverage, lang)], 1):
        sheet.write_string(at, 0, sentence, faces["plain"])
    strands = [(label("Strand", r.key, lang), r.now) for r in facts.statistics.by_strand]
    groups = [(facts.group_name(r.key, lang.code), r.now) for r in facts.statistics.by_group]
    at = _cells(sheet, at + 1, tables.by_strand(facts, lang), strands, facts, faces)
    if len(groups) > 1:
        at = _cells(sheet, at, tables.by_group(facts, lang), groups, facts, faces)
    sheet.write_string(at, 0, _("Tình trạng các cấu phần"), faces["title"])
    add_rows(sheet, at + 1, STREAM_COLUMNS, stream_rows(facts, lang), lang, faces)
    set_up_print(sheet, STREAM_COLUMNS)


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
    if cells.completed_share is None:
        sheet.write_blank(row, len(counts) + 1, None, part)
    else:
        sheet.write_number(row, len(counts) + 1, cells.completed_share, part)
