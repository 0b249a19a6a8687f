"""A workbook as plain cells, and its way through JSON between two processes."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

Cell = str | float | bool | date | None
JsonCell = str | float | bool | dict[str, str] | None

_ADDRESS = re.compile(r"([A-Z]{1,3})([0-9]{1,7})", re.ASCII)
_ALPHABET = 26


@dataclass(frozen=True)
class Merge:
    """A merged range, rows and columns counted from 1, ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """One sheet: rows that hold anything, by row number, each from column A on."""

    name: str
    rows: Mapping[int, Sequence[Cell]]
    merges: Sequence[Merge] = ()
    # Address of each formula: whether the file carries the value it last had.
    formulas: Mapping[str, bool] = field(default_factory=dict)
    is_hidden: bool = False


@dataclass(frozen=True)
class Book:
    """A whole file."""

    sheets: Sequence[Sheet]


def address(row: int, column: int) -> str:
    """The name of a cell, rows and columns counted from 1: `address(12, 6)` is F12."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, _ALPHABET)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"


def position(name: str) -> tuple[int, int] | None:
    """The row and column of a cell's name, or None when it is not one."""
    match = _ADDRESS.fullmatch(name)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * _ALPHABET + ord(letter) - ord("A") + 1
    return int(match[2]), column


def to_json(book: Book) -> dict[str, Any]:
    """The book as JSON types; only a date needs a wrapping."""
    return {"sheets": [_sheet_to_json(sheet) for sheet in book.sheets]}


def _sheet_to_json(sheet: Sheet) -> dict[str, Any]:
    return {
        "name": sheet.name,
        "rows": [[number, [_cell_to_json(c) for c in row]] for number, row in sheet.rows.items()],
        "merges": [[m.top, m.left, m.bottom, m.right] for m in sheet.merges],
        "formulas": dict(sheet.formulas),
        "is_hidden": sheet.is_hidden,
    }


def _cell_to_json(cell: Cell) -> JsonCell:
    return {"date": cell.isoformat()} if isinstance(cell, date) else cell


def from_json(stored: Mapping[str, Any]) -> Book:
    """The book that `to_json` was given."""
    return Book(tuple(_sheet_from_json(sheet) for sheet in stored["sheets"]))


def _sheet_from_json(stored: Mapping[str, Any]) -> Sheet:
    return Sheet(
        name=stored["name"],
        rows={number: tuple(map(_cell_from_json, row)) for number, row in stored["rows"]},
        merges=tuple(Merge(*edges) for edges in stored["merges"]),
        formulas=stored["formulas"],
        is_hidden=stored["is_hidden"],
    )


def _cell_from_json(stored: JsonCell) -> Cell:
    return date.fromisoformat(stored["date"]) if isinstance(stored, dict) else stored
