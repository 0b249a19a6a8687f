"""What a sheet's XML says before it is read: how far its cells reach, and where formulas are."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import iterparse

from tracker.errors import ImportRefusedError
from tracker.imports.spreadsheet import limits
from tracker.imports.spreadsheet.book import address, position


@dataclass
class Scan:
    """What was met in one sheet."""

    rows: int = 0
    formulas: dict[str, bool] = field(default_factory=dict)


def scan(xml: bytes, *, sheet: str, has_stale_values: bool) -> Scan:
    """Walk the cells that hold a value; refuse a sheet that reaches beyond the limits.

    The reader makes one dense table up to the farthest cell: a single cell at the far corner
    of an otherwise empty sheet would ask for more memory than any machine has. Cells that only
    carry a border or a colour are harmless, and common down to the last row of a sheet.
    """
    seen = Scan()
    last_row = 0
    for row, column, cell in _cells(xml):
        inside = {_local(child.tag): child.text or "" for child in cell}
        value, has_formula = inside.get("v", "").strip(), "f" in inside
        if not (value or has_formula or "is" in inside):
            continue
        seen.rows += row != last_row
        last_row = row
        _check_reach(row, column, seen.rows, sheet)
        if cell.get("t") == "e":
            seen.formulas[address(row, column)] = False
        elif has_formula:
            seen.formulas[address(row, column)] = _is_known(value, has_stale_values)
    return seen


def _is_known(value: str, has_stale_values: bool) -> bool:  # noqa: FBT001 - private, one caller
    # Programs that write files without computing them put 0 and ask for a computation on opening.
    return bool(value) and not (has_stale_values and value == "0")


def _check_reach(row: int, column: int, rows: int, sheet: str) -> None:
    if row <= limits.ROWS and column <= limits.COLUMNS:
        return
    if rows > limits.ROWS // 2 and row > limits.ROWS:
        raise ImportRefusedError("import_too_many_rows", sheet=sheet, limit=limits.ROWS)
    if row <= limits.ROWS and column == limits.COLUMNS + 1:
        raise ImportRefusedError("import_too_many_columns", sheet=sheet, limit=limits.COLUMNS)
    raise ImportRefusedError(
        "import_cell_far_away",
        sheet=sheet,
        cell=address(row, column),
        rows=limits.ROWS,
        columns=limits.COLUMNS,
    )


def _cells(xml: bytes) -> Iterator[tuple[int, int, Element]]:
    row, reference, steps = 0, "", 0
    data: Element | None = None
    for event, element in iterparse(BytesIO(xml), events=("start", "end"), forbid_dtd=True):
        name = _local(element.tag)
        if event == "start":
            if name == "sheetData":
                data = element
            elif name == "row":
                row, reference, steps = _row_number(element, row), "", 0
        elif name == "c":
            # References may be left out: such a cell follows the one before.
            reference, steps = (element.get("r") or reference, 0 if element.get("r") else steps + 1)
            if len(element):
                its_row, column = _position(reference) if reference else (row, 0)
                yield its_row, column + steps, element
        elif name == "row" and data is not None:
            data.clear()


def _position(reference: str) -> tuple[int, int]:
    found = position(reference.upper())
    if found is None:
        raise ImportRefusedError("import_damaged")
    return found


def _row_number(element: Element, before: int) -> int:
    stated = element.get("r", "")
    return int(stated) if stated.isdecimal() and len(stated) <= 7 else before + 1


@cache
def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
