"""From the bytes of a file to a plan."""

import re
from collections.abc import Sequence
from datetime import date

from tracker.errors import ImportRefusedError
from tracker.imports.plan import headings, lines, rows
from tracker.imports.plan.headings import Heading
from tracker.imports.plan.notes import Notes, quoted
from tracker.imports.plan.texts import line, words_of
from tracker.imports.spreadsheet import sandbox
from tracker.imports.spreadsheet.book import Book, Sheet
from tracker.lib.plan_file import PlanFile, PlanSheet, Problem

_GROUP = re.compile(
    r"(?:tổ công tác|nhóm công tác|tổ(?! công tác)|working group|group)"
    r"\s*(?:[:\-–—]|về)?\s+(?P<name>\w.*)",
    re.IGNORECASE,
)
_GROUP_WITH_COLON = re.compile(r".*\b(?:tổ|nhóm) công tác\s*:\s*(?P<name>\S.*)", re.IGNORECASE)
_NAMELESS_SHEET = re.compile(r"(?:sheet|trang tinh|trang|bang|ke hoach|plan|data)? ?\d*")
_SHEETS_ABOUT_THE_FILE = ("huong dan", "ghi chu", "danh muc", "notes", "guide", "lists", "read me")


def parse(data: bytes, file_name: str, *, today: date) -> PlanFile:
    """The plan in a workbook or CSV file; raises `ImportRefusedError` where there is none.

    The file is opened in a process of its own; what is wrong with single cells is in the
    problems of the sheets.
    """
    return plan_of(sandbox.read(data, file_name), today=today)


def plan_of(book: Book, *, today: date) -> PlanFile:
    """The plan in a book: each visible sheet with a heading is the plan of one group."""
    filled = [sheet for sheet in book.sheets if sheet.rows]
    if not filled:
        raise ImportRefusedError("import_empty")
    visible = [sheet for sheet in filled if not sheet.is_hidden]
    found = [(sheet, headings.find(sheet)) for sheet in visible]
    if not any(heading for _, heading in found):
        raise ImportRefusedError("import_no_heading", sheet=(visible or filled)[0].name)
    return PlanFile(
        sheets=tuple(_sheet(sheet, heading, today) for sheet, heading in found if heading),
        problems=(
            *_left_aside([sheet for sheet in filled if sheet.is_hidden], "plan_sheet_hidden"),
            *_left_aside(
                [sheet for sheet, heading in found if heading is None],
                "plan_sheet_without_heading",
            ),
        ),
    )


def _left_aside(sheets: Sequence[Sheet], code: str) -> list[Problem]:
    return [
        Problem(sheet.name, None, None, code)
        for sheet in sheets
        if not words_of(sheet.name).startswith(_SHEETS_ABOUT_THE_FILE)
    ]


def _sheet(sheet: Sheet, heading: Heading, today: date) -> PlanSheet:
    notes = Notes(sheet.name)
    read = rows.read(
        lines.lines_of(sheet, heading), rows.Formulas(dict(sheet.formulas)), notes, today
    )
    return PlanSheet(
        name=sheet.name,
        group_name=_group_name(sheet, heading),
        rows=tuple(read),
        problems=(*_columns_left_aside(sheet.name, heading), *notes.problems),
        columns=heading.columns,
    )


def _columns_left_aside(sheet: str, heading: Heading) -> list[Problem]:
    row, code = heading.first_row, "plan_column_unknown"
    return [
        Problem(sheet, column.cell, row, code, {"value": quoted(column.heading)})
        for column in heading.columns
        if column.field is None
    ]


def _group_name(sheet: Sheet, heading: Heading) -> str | None:
    """From a title row ("Tổ công tác: Halal"), else from the name of the sheet."""
    for number in sorted(sheet.rows):
        for said in map(line, sheet.rows[number] if number < heading.first_row else ()):
            found = _GROUP.fullmatch(said) or _GROUP_WITH_COLON.fullmatch(said)
            if found:
                return found["name"]
    return None if _NAMELESS_SHEET.fullmatch(words_of(sheet.name)) else line(sheet.name)
