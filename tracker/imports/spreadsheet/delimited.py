"""Text with separators (CSV) becomes plain cells, whichever encoding and separator was used."""

import csv
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from itertools import islice

from tracker.errors import ImportRefusedError
from tracker.imports.spreadsheet import limits
from tracker.imports.spreadsheet.book import Book, Cell, Sheet, address
from tracker.lib.sheets import csv_plain

_SEPARATORS = ";\t,"
_SAMPLE_ROWS = 50
_PRINTABLE_CONTROLS = "\t\n\r\f\x1a"


def read(data: bytes, *, name: str) -> Book:
    """One sheet of that name; refuses bytes that are no text."""
    text = _text(data)
    first, _, rest = text.partition("\n")
    # Excel's own hint: it is not a row, but Excel hides it, so rows count from the next line.
    if first.strip().lower() in {f"sep={mark}" for mark in _SEPARATORS}:
        return _book(rest, first.strip()[4:] or "\t", name)
    return _book(text, _separator(text), name)


def _text(data: bytes) -> str:
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not any(c < " " and c not in _PRINTABLE_CONTROLS for c in set(text)):
            return text
    raise ImportRefusedError("import_not_a_spreadsheet")


def _encodings(data: bytes) -> tuple[str, ...]:
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return ("utf-16",)
    return ("utf-8-sig", "cp1258")


def _separator(text: str) -> str:
    return max(_SEPARATORS, key=lambda mark: _agreement(text, mark))


def _agreement(text: str, mark: str) -> tuple[int, int]:
    """How many rows have the same number of columns, and which number; one column is none."""
    try:
        widths = Counter(len(row) for row in islice(_records(text, mark), _SAMPLE_ROWS))
    except csv.Error:
        return 0, 0
    return max(((count, width) for width, count in widths.items() if width > 1), default=(0, 0))


def _records(text: str, separator: str) -> Iterator[list[str]]:
    return csv.reader(StringIO(text, newline=""), delimiter=separator)


def _book(text: str, separator: str, name: str) -> Book:
    rows: dict[int, tuple[Cell, ...]] = {}
    formulas: dict[str, bool] = {}
    try:
        for number, record in enumerate(_records(text, separator), start=1):
            _check_reach(len(rows), _width(record), name)
            cells = tuple(map(_cell, record))
            for column, value in enumerate(record, start=1):
                if value.startswith("="):
                    formulas[address(number, column)] = False
            if any(cells) or any(value.startswith("=") for value in record):
                rows[number] = cells
    except csv.Error as error:
        raise ImportRefusedError("import_damaged") from error
    return Book((Sheet(name=name, rows=rows, formulas=formulas),))


def _width(record: list[str]) -> int:
    width = len(record)
    while width and not record[width - 1].strip():
        width -= 1
    return width


def _check_reach(rows: int, columns: int, sheet: str) -> None:
    if rows >= limits.ROWS:
        raise ImportRefusedError("import_too_many_rows", sheet=sheet, limit=limits.ROWS)
    if columns > limits.COLUMNS:
        raise ImportRefusedError("import_too_many_columns", sheet=sheet, limit=limits.COLUMNS)


def _cell(value: str) -> Cell:
    if value.startswith("="):
        return None
    # Our own CSV files put an apostrophe before what a spreadsheet would take for a formula.
    return csv_plain(value).strip() or None
