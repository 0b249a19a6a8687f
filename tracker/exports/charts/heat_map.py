"""A heat map: how each strand of each group stands, by colour, shape and word, for documents."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from tracker.exports.charts import svg
from tracker.exports.charts.colours import CARD, IDLE, INK, LINE_STRONG, OF_HEALTH, SOFT_OF_HEALTH
from tracker.exports.charts.sheets import Breadth, Sheet
from tracker.lib.health import Health
from tracker.words import Language

HEAD, ROW, GAP = 30, 40, 3  # units: the heads of columns, a row, between cells
NAMES = 0.26  # of the breadth, for the names of rows
NAMED = 12  # at the most, of those that are late or at risk
LETTER = 7.2  # units: how wide a letter of a name is, roughly
_NAME = "heat-map"


@dataclass(frozen=True)
class Cell:
    """How one stands; `note` is what else there is to say, in few words.

    A dashed edge says that nobody has confirmed it of late.
    """

    health: Health
    note: str = ""
    is_stale: bool = False


@dataclass(frozen=True)
class Row:
    """A group and its cells, one a column; None where it has no such strand."""

    name: str
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True)
class HeatMap:
    """The rows under the names of their columns."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def draw(chart: HeatMap, title: str, lang: Language, breadth: Breadth) -> str:
    """The picture, as broad as that."""
    units = breadth.units
    left = units * NAMES
    step = (units - left) / max(len(chart.columns), 1)
    height = HEAD + ROW * len(chart.rows)
    parts = [_heads(chart.columns, left, step)]
    for at, row in enumerate(chart.rows):
        parts.extend(_row(row, HEAD + ROW * at, left, step, lang))
    named = svg.Named(_NAME, title, description(chart, lang))
    return svg.picture(named, height, parts, width=units)


def sheets(chart: HeatMap, title: str, lang: Language, breadth: Breadth) -> list[Sheet]:
    """The picture in pieces that fit on a page, each with the heads of its columns."""
    most = int((breadth.height - HEAD) // ROW)
    starts = range(0, len(chart.rows), most)
    parts = [HeatMap(chart.columns, chart.rows[at : at + most]) for at in starts]
    return [Sheet(draw(part, title, lang, breadth), description(part, lang)) for part in parts]


def description(chart: HeatMap, lang: Language) -> str:
    """The picture in words: how many stand how, then which ones are late or at risk."""
    cells = [cell for row in chart.rows for cell in row.cells if cell is not None]
    counts = Counter(cell.health for cell in cells)
    told = [f"{lang.label(health)}: {counts[health]}" for health in Health if counts[health]]
    worst = _worst(chart, lang)
    named = [*worst[:NAMED], *(["…"] if len(worst) > NAMED else [])]
    return f"{'; '.join(told)}. {'; '.join(named)}." if named else f"{'; '.join(told)}."


def _worst(chart: HeatMap, lang: Language) -> Sequence[str]:
    return [
        f"{row.name}, {column}: {lang.label(cell.health).lower()}"
        for row in chart.rows
        for column, cell in zip(chart.columns, row.cells, strict=True)
        if cell is not None and cell.health in {Health.LATE, Health.AT_RISK}
    ]


def _heads(columns: Sequence[str], left: float, step: float) -> str:
    words = (
        _text(left + step * (at + 0.5), HEAD - 10, name, 'text-anchor="middle"')
        for at, name in enumerate(columns)
    )
    return svg.layer("heads", words, 'font-weight="600"')


def _row(row: Row, y: float, left: float, step: float, lang: Language) -> Iterator[str]:
    yield _text(0, y + ROW / 2 + 4, _short(row.name, left))
    for at, cell in enumerate(row.cells):
        x = round(left + step * at, 1)
        if cell is None:
            yield _text(x + step / 2, y + ROW / 2 + 4, "–", f'text-anchor="middle" fill="{IDLE}"')
        else:
            yield from _cell(cell, x, y, step, lang)


def _cell(cell: Cell, x: float, y: float, step: float, lang: Language) -> Iterator[str]:
    colour = OF_HEALTH[cell.health]
    edge = f'stroke="{colour}" stroke-width="1.5"'
    if cell.health is Health.NO_PLAN:
        edge = f'stroke="{LINE_STRONG}" stroke-width="1"'
    dashes = ' stroke-dasharray="5 3"' if cell.is_stale else ""
    yield (
        f'<rect x="{x + GAP}" y="{y + GAP}" width="{step - 2 * GAP:.1f}" height="{ROW - 2 * GAP}"'
        f' rx="4" fill="{SOFT_OF_HEALTH.get(cell.health, CARD)}" {edge}{dashes}/>'
    )
    look = f'fill="{colour}" font-size="13" font-weight="600"'
    middle = y + (17 if cell.note else ROW / 2 + 4)
    # Apart: the face that has the sign must not set the words as well.
    yield _text(x + GAP + 13, middle, cell.health.shape, f'{look} text-anchor="middle"')
    yield _text(x + GAP + 23, middle, lang.label(cell.health), look)
    if cell.note:
        yield _text(x + GAP + 8, y + 31, cell.note, f'fill="{INK}" font-size="11"')


def _short(name: str, room: float) -> str:
    most = max(int(room / LETTER), 2)
    return name if len(name) <= most else f"{name[: most - 1].rstrip()}…"


def _text(x: float, y: float, words: str, attributes: str = "") -> str:
    space = " " if attributes else ""
    return f'<text x="{x:.1f}" y="{y:.1f}"{space}{attributes}>{escape(words)}</text>'
