"""What the tables of a report have in common: how long and how wide they are, and how they name."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from math import ceil
from types import MappingProxyType

from tracker.exports.report import measure
from tracker.exports.report.shapes import Column, Row, Table
from tracker.exports.report.wording import number, one_line
from tracker.words import Language

# The most rows a printed table carries; the workbook carries all.
TASK_ROWS = 500
OTHER_ROWS = 100

# Points of the type of a table, and the millimetres that a cell keeps free left and right.
TYPE_SIZE, SMALL_TYPE = 11.0, 9.0
CELL_MARGINS = 2.4
NO_WORDS: Mapping[int, Sequence[str]] = MappingProxyType({})


def named(title: str, code: str) -> str:
    """A thing by its title, its code behind it."""
    return f"{one_line(title)} ({code})" if code else one_line(title)


def responsible(unit: str, person: str) -> str:
    """The unit, and below it the person."""
    return "\n".join(part for part in (one_line(unit), one_line(person)) if part)


def signed(days: int | None) -> str:
    """A number of days with its sign, as print has it; none has no sign."""
    if days is None:
        return ""
    return f"{days:+d}".replace("-", "−") if days else "0"


def limited(
    title: str,
    columns: tuple[Column, ...],
    rows: Sequence[Row],
    lang: Language,
    *,
    most: int = OTHER_ROWS,
    total: int = 0,
    size: float = TYPE_SIZE,
) -> Table:
    """A table of the first rows, which says so; `total` is how many there are, if not these."""
    columns = fitted(columns, size)
    total = max(total, len(rows))
    if total <= min(most, len(rows)):
        return Table(title, columns, tuple(rows), size=size)
    shown = rows[:most]
    note = lang.gettext(
        "Bảng in %(shown)s dòng trong tổng số %(total)s dòng; số liệu đầy đủ ở tệp Excel kèm theo.",
        shown=number(len(shown), lang),
        total=number(total, lang),
    )
    # A total line is never the one that is left out.
    last = rows[-1:] if rows[-1].kind == "total" else ()
    return Table(title, columns, (*shown[: most - len(last)], *last), note, size)


def fitted(
    columns: tuple[Column, ...],
    size: float = TYPE_SIZE,
    words: Mapping[int, Sequence[str]] = NO_WORDS,
) -> tuple[Column, ...]:
    """No word of a head is wider than its column, nor any of these `words` of that column: the
    widest columns give the room.

    English words are longer than the Vietnamese syllables that the widths were chosen for.
    """
    least = [
        ceil(max([longest_word(column.head, size), *_widths(words.get(at, ()), size)]))
        for at, column in enumerate(columns)
    ]
    widths = [max(column.width, need) for column, need in zip(columns, least, strict=True)]
    too_wide = sum(widths) - sum(column.width for column in columns)
    while too_wide > 0:
        widest = max(range(len(columns)), key=lambda at: widths[at] - least[at])
        step = min(too_wide, 1)
        widths[widest] -= step
        too_wide -= step
    return tuple(replace(column, width=new) for column, new in zip(columns, widths, strict=True))


def _widths(words: Sequence[str], size: float) -> Iterator[float]:
    return (measure.width(word, size) + CELL_MARGINS for word in words)


def longest_word(head: str, size: float) -> float:
    """In mm, with the margins; a stroke is not parted from the word before it."""
    words = re.split(r" (?!/)", head)
    return max(measure.width(word, size, is_bold=True) for word in words) + CELL_MARGINS
