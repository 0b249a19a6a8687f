"""The rows below a heading as fields, with merged cells put where they belong."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tracker.imports.plan.headings import Heading
from tracker.imports.plan.texts import line, text
from tracker.imports.spreadsheet.book import Cell, Sheet, address

# Merged over as many columns, a text is a heading and no value of its column.
_WIDE = 3


@dataclass(frozen=True)
class Line:
    """One row: what each field's cell holds and where it is; `loose` is all its text."""

    number: int
    cells: Mapping[str, Cell]
    places: Mapping[str, str]
    loose: tuple[str, ...]
    is_wide: bool = False
    is_after_gap: bool = False

    def text(self, field: str) -> str:
        """The field on one line."""
        return line(self.cells.get(field))

    def has_only(self, *fields: str) -> bool:
        """Whether no other field holds anything."""
        return not any(self.text(field) for field in self.cells if field not in fields)

    def place(self, field: str) -> str | None:
        """The cell of a field, that of the title where there is no such column."""
        return self.places.get(field) or self.places.get("title")


def lines_of(sheet: Sheet, heading: Heading) -> list[Line]:
    """Every row with text below the heading, a task that spans several rows as one."""
    found: list[Line] = []
    filled = _filled_down(sheet, heading)
    belonging = _rows_of_one_title(sheet, heading)
    before = heading.last_row
    for each in _lines(sheet, heading, filled):
        if belonging.get(each.number) and found:
            found[-1] = _joined(found[-1], each)
        elif each.loose:
            found.append(replace(each, is_after_gap=each.number > before + 1))
        before = each.number if each.loose else before
    return found


def _filled_down(sheet: Sheet, heading: Heading) -> dict[tuple[int, int], Cell]:
    """A cell merged downwards means the same for each of its rows."""
    filled: dict[tuple[int, int], Cell] = {}
    for merge in sheet.merges:
        first = sheet.rows.get(merge.top, ())
        if heading.last_row < merge.top < merge.bottom and merge.left <= len(first):
            for row in range(merge.top + 1, merge.bottom + 1):
                filled[row, merge.left] = first[merge.left - 1]
    return filled


def _rows_of_one_title(sheet: Sheet, heading: Heading) -> dict[int, bool]:
    column = heading.fields["title"][0]
    return {
        row: True
        for merge in sheet.merges
        if merge.left <= column <= merge.right and merge.top > heading.last_row
        for row in range(merge.top + 1, merge.bottom + 1)
    }


def _lines(
    sheet: Sheet, heading: Heading, filled: Mapping[tuple[int, int], Cell]
) -> Iterator[Line]:
    wide = {m.top for m in sheet.merges if m.right - m.left + 1 >= _WIDE}
    for number in sorted(sheet.rows):
        if number > heading.last_row:
            cells = _row(sheet.rows[number], number, filled)
            yield Line(
                number=number,
                cells=_by_field(cells, heading.fields),
                places={
                    field: address(number, columns[0]) for field, columns in heading.fields.items()
                },
                loose=tuple(said for cell in sheet.rows[number] if (said := line(cell))),
                is_wide=number in wide,
            )


def _row(
    cells: Sequence[Cell], number: int, filled: Mapping[tuple[int, int], Cell]
) -> dict[int, Cell]:
    own = dict(enumerate(cells, start=1))
    return own | {column: cell for (row, column), cell in filled.items() if row == number}


def _by_field(cells: Mapping[int, Cell], fields: Mapping[str, Sequence[int]]) -> dict[str, Cell]:
    return {
        field: _first_or_all([cells.get(column) for column in columns])
        for field, columns in fields.items()
    }


def _first_or_all(cells: Sequence[Cell]) -> Cell:
    """The cell; where remarks fill several columns, all their text."""
    if len(cells) == 1:
        return cells[0]
    return "\n".join(said for cell in cells if (said := text(cell)))


def _joined(first: Line, more: Line) -> Line:
    """A task written over several rows: texts one below the other, other values the first."""
    cells = {field: _both(cell, more.cells.get(field)) for field, cell in first.cells.items()}
    return replace(first, cells=cells)


def _both(first: Cell, second: Cell) -> Cell:
    if first is None or first == "":
        return second
    if not isinstance(first, str) or not isinstance(second, str) or second in {"", first}:
        return first
    return f"{first}\n{second}"
