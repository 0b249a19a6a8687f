"""How a table shares its breadth among its columns, so that its rows take the fewest lines.

The hand-made widths are where it begins; a column gives room to another as long as that saves
lines. What a table of 150 rows saves is about an eighth of its pages.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from operator import mul

from tracker.exports.report import measure
from tracker.exports.report.shapes import Column, Row, Table
from tracker.exports.report.tables.shared import CELL_MARGINS, longest_word

# Rows that are looked at, spread over the table; the widths of thousands are much the same.
SAMPLE = 60
# Millimetres that go from one column to another at a time.
_STEPS = (16.0, 8.0, 4.0, 2.0, 1.0)
# Millimetres: two words no wider stand on one line, since a syllable a line is hard to read.
_PAIR = 20.0
# Lines that the highest cell of a row hides: they cost little, and level the columns.
_HIDDEN = 0.001

_Paragraphs = Sequence[Sequence[float]]


def balanced(table: Table, to: float) -> Table:
    """The table, as wide as that in mm, with the columns its words ask for."""
    table = stretched(table, to)
    rows = [row for row in table.rows if row.kind != "group"]
    if not rows:
        return table
    sizes = _Sizes(table, rows)
    widths = _best([column.width for column in table.columns], sizes)
    columns = (
        replace(column, width=round(width, 2))
        for column, width in zip(table.columns, widths, strict=True)
    )
    return replace(table, columns=tuple(columns))


def stretched(table: Table, to: float) -> Table:
    """The table as wide as that, in mm: each column gets its share."""
    whole = sum(column.width for column in table.columns)
    if whole == to:
        return table
    columns = [replace(one, width=round(one.width * to / whole, 2)) for one in table.columns]
    rest = to - sum(column.width for column in columns[:-1])
    return replace(table, columns=(*columns[:-1], replace(columns[-1], width=round(rest, 2))))


class _Sizes:
    """How wide the words of a table are, and how many lines they take in columns of a width."""

    def __init__(self, table: Table, rows: Sequence[Row]) -> None:
        """Measure what matters, each word once."""
        word = cache(lambda text: measure.width(text, table.size))
        seen, self.weights = _sample([row.cells for row in rows])
        self.space = measure.width(" ", table.size)
        self.cells = [
            [_paragraphs(cell, word) for cell in column] for column in zip(*seen, strict=True)
        ]
        columns = zip(table.columns, zip(*(row.cells for row in rows), strict=True), strict=True)
        self.least = [_least(column, cells, table.size, word) for column, cells in columns]
        self.lines = cache(self._lines)

    def cost(self, widths: Sequence[float]) -> float:
        """The lines of all rows; each is as high as its highest cell."""
        columns = [self.lines(at, width) for at, width in enumerate(widths)]
        highest = map(max, zip(*columns, strict=True))
        total: float = sum(map(mul, self.weights, highest))
        return total + sum(map(sum, columns)) * _HIDDEN

    def _lines(self, at: int, width: float) -> list[int]:
        """Of each cell of that column."""
        room = width - CELL_MARGINS
        return [sum(_wrapped(words, room, self.space) for words in cell) for cell in self.cells[at]]


def _best(widths: list[float], sizes: _Sizes) -> list[float]:
    """The widths after every move of a step that saves most, until none does."""
    cost = sizes.cost(widths)
    for step in _STEPS:
        while True:
            moved = min(_moves(widths, sizes.least, step), key=sizes.cost, default=widths)
            if sizes.cost(moved) >= cost:
                break
            widths, cost = moved, sizes.cost(moved)
    return widths


def _moves(widths: list[float], least: list[float], step: float) -> Iterator[list[float]]:
    """Every way in which one column gives a step of its room to another."""
    for giver, width in enumerate(widths):
        if width - step < least[giver]:
            continue
        for taker in range(len(widths)):
            if taker != giver:
                moved = widths.copy()
                moved[giver] -= step
                moved[taker] += step
                yield moved


def _least(
    column: Column, cells: Iterable[str], size: float, word: Callable[[str], float]
) -> float:
    """No word is broken that was whole, nor one of the head; and words stand two by two."""
    lines = [line.split() for line in {line for cell in cells for line in cell.split("\n")}]
    singles = {each for line in lines for each in line}
    pairs = {f"{first} {second}" for line in lines for first, second in pairwise(line)}
    widths = [*map(word, singles), *(width for width in map(word, pairs) if width <= _PAIR)]
    least = max(widths, default=0) + CELL_MARGINS
    return min(column.width, max(least, longest_word(column.head, size)))


def _sample(rows: Sequence[tuple[str, ...]]) -> tuple[Sequence[tuple[str, ...]], Sequence[float]]:
    """Rows at even distances, and those with the longest cell of a column, which stand for
    themselves alone.
    """
    if len(rows) <= SAMPLE:
        return rows, [1.0] * len(rows)
    even = [at * len(rows) // SAMPLE for at in range(SAMPLE)]
    longest = {
        max(range(len(rows)), key=lambda at: len(rows[at][column]))
        for column in range(len(rows[0]))
    }
    alone = sorted(longest.difference(even))
    weights = [len(rows) / SAMPLE] * SAMPLE + [1.0] * len(alone)
    return [rows[at] for at in (*even, *alone)], weights


def _paragraphs(text: str, word: Callable[[str], float]) -> _Paragraphs:
    return [[word(each) for each in line.split()] for line in text.split("\n")]


def _wrapped(words: Sequence[float], room: float, space: float) -> int:
    """The lines that words of these widths take."""
    lines, used = 1, 0.0
    for width in words:
        if used and used + space + width > room:
            lines, used = lines + 1, width
        else:
            used += (space if used else 0) + width
    return lines
