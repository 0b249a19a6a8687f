"""The text of a cell: clean for storing, bare for comparing."""

import re
from collections.abc import Sequence
from datetime import date

from tracker.imports.spreadsheet.book import Cell
from tracker.lib.dates import format_date
from tracker.lib.text import fold, nfc, strip_controls

# Names of columns, strands and states are short; a page of brackets would take seconds.
_COMPARED_CHARACTERS = 300
_PARENTHESES = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_NOT_A_WORD = re.compile(r"[\W_]+")
_DIAMONDS = "◆♦◇◊⬥❖"
_UNIT_LINES = re.compile(r"[;\n]")
_COMMA = re.compile(r",\s*")
# A polite word before a name is no part of it ("đ/c Nguyễn Văn A", "TS. Trần Thị B").
_POLITE = re.compile(
    r"^(?:(?:đ/c|đồng chí|ông|bà|anh|chị)\s+|(?:gs|pgs|ts|ths|ks|cn)\.\s*)+", re.IGNORECASE
)
_LEADING_DASH = re.compile(r"^[-–—+•*]\s*(?=\S)")
_MILESTONE_WORD = re.compile(r"^mốc(?:\s+\d+)?\s*[:.]\s*", re.IGNORECASE)


def text(cell: Cell) -> str:
    """All the text of a cell, line by line, as it is stored."""
    if isinstance(cell, bool):
        return "x" if cell else ""
    if isinstance(cell, float):
        return f"{cell:g}" if not cell.is_integer() else str(int(cell))
    if isinstance(cell, date):
        return format_date(cell)
    lines = (" ".join(each.split()) for each in strip_controls(nfc(cell or "")).split("\n"))
    return "\n".join(each for each in lines if each)


def line(cell: Cell) -> str:
    """The text of a cell on one line."""
    return " ".join(text(cell).split())


def words_of(said: str) -> str:
    """Text for comparing: folded, without parentheses and punctuation."""
    bare = _PARENTHESES.sub(" ", said[:_COMPARED_CHARACTERS]).replace("%", " phan tram ")
    return " ".join(_NOT_A_WORD.sub(" ", fold(bare)).split())


def has_diamond(said: str) -> bool:
    """Whether the text begins with the sign of a milestone."""
    return said.startswith(tuple(_DIAMONDS))


def without_diamond(said: str) -> str:
    """The text without the sign of a milestone."""
    return said.lstrip(_DIAMONDS).strip()


def without_milestone_word(said: str) -> str:
    """A milestone's title without "Mốc 1:" before it."""
    return _MILESTONE_WORD.sub("", said) or said


def has_dash(said: str) -> bool:
    """Whether the text begins as an item of a list, "- " or "+ "."""
    return _LEADING_DASH.match(said) is not None


def without_dash(said: str) -> str:
    """The text without the sign of a list."""
    return _LEADING_DASH.sub("", said)


def units(said: str) -> tuple[str, ...]:
    """Units written after each other; a comma parts them only where a name begins after it.

    "Ban Thanh tra, kiểm tra" is one unit, "QUATEST 1, QUATEST 3" are two.
    """
    return _distinct(_parts(said))


def persons(said: str) -> tuple[str, ...]:
    """Names of people, written after each other, without polite words."""
    return _distinct([_POLITE.sub("", name) for name in _parts(said)])


def _parts(said: str) -> list[str]:
    parts = [" ".join(part.split()) for part in _UNIT_LINES.split(said)]
    if len(parts) > 1:
        return parts
    by_comma = _COMMA.split(parts[0])
    return by_comma if all(part[:1].isupper() for part in by_comma) else parts


def _distinct(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.strip(" .,-") for name in names if name.strip(" .,-")))
