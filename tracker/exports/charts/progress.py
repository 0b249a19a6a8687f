"""A chart of progress over the months: how many tasks there were, were done and were overdue.

Lines are told apart by their marks and names, not by colour alone; every point has its number.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import count, pairwise
from math import ceil
from typing import NamedTuple

from tracker.exports.charts import svg
from tracker.exports.charts.colours import DONE, INK_SOFT, LATE, LINE
from tracker.exports.charts.sheets import Breadth, Sheet
from tracker.lib.trend import spread
from tracker.words import Language

HEIGHT, TOP, BOTTOM = 272, 24, 222  # units
RIGHT = 0.74  # of the breadth: where the last month stands; the names of the lines are beyond
LEFT = 46
LABEL_HEIGHT = 18.0
TICKS = 5
_NAME = "progress"


@dataclass(frozen=True)
class Month:
    """A month by its short name, and the three numbers of tasks on its last day."""

    name: str
    total: int
    done: int
    overdue: int


class Line(NamedTuple):
    """One of the lines: what it is called, its colour, mark and numbers."""

    name: str
    colour: str
    mark: str
    dash: str
    above: int  # units from a point to the foot of its number
    values: Sequence[int]


def sheet(months: Sequence[Month], title: str, lang: Language, breadth: Breadth) -> Sheet:
    """The picture, and the same in words."""
    _ = lang.gettext
    lines = (
        Line(_("Tổng số"), INK_SOFT, "○", "4 4", -8, [month.total for month in months]),
        Line(_("Đã hoàn thành"), DONE, "●", "", -8, [month.done for month in months]),
        Line(_("Quá hạn"), LATE, "■", "8 3", 17, [month.overdue for month in months]),
    )
    words = _description(months, lines)
    names = [month.name for month in months]
    parts = [*_axes(names, lines, breadth), *_lines(lines, breadth), _words(lines, breadth)]
    named = svg.Named(_NAME, title, words)
    return Sheet(svg.picture(named, HEIGHT, parts, width=breadth.units), words)


def _description(months: Sequence[Month], lines: Sequence[Line]) -> str:
    first, last = months[0].name, months[-1].name
    told = (f"{line.name}: {line.values[0]} → {line.values[-1]}" for line in lines)
    return f"{first} – {last}. {'; '.join(told)}."


def _ticks(lines: Sequence[Line]) -> range:
    """Round numbers from nothing to beyond the highest, few of them."""
    highest = max((value for line in lines for value in line.values), default=0)
    steps = (unit * 10**power for power in count() for unit in (1, 2, 5))
    step = next(step for step in steps if step * TICKS >= highest)
    return range(0, max(ceil(highest / step), 1) * step + 1, step)


def _x(at: int, number: int, breadth: Breadth) -> float:
    right = breadth.units * RIGHT
    return round(LEFT + (right - LEFT) * (at / (number - 1) if number > 1 else 0.5), 1)


def _y(value: float, top: int) -> float:
    return round(BOTTOM - value / top * (BOTTOM - TOP), 1)


def _axes(names: Sequence[str], lines: Sequence[Line], breadth: Breadth) -> Iterator[str]:
    ticks = _ticks(lines)
    top = ticks[-1]
    right = breadth.units * RIGHT
    across = (
        f'<line x1="{LEFT - 8}" x2="{right + 8:.1f}" y1="{_y(tick, top)}" y2="{_y(tick, top)}"/>'
        for tick in ticks
    )
    yield svg.layer("grid", across, f'stroke="{LINE}"')
    words = [_text(LEFT - 14, _y(tick, top) + 4, str(tick), "end") for tick in ticks]
    words += [
        _text(_x(at, len(names), breadth), BOTTOM + 38, name) for at, name in enumerate(names)
    ]
    yield svg.layer("units", words, f'fill="{INK_SOFT}" font-size="11"')


def _lines(lines: Sequence[Line], breadth: Breadth) -> Iterator[str]:
    top = _ticks(lines)[-1]
    for line in lines:
        points = [(_x(at, len(line.values), breadth), _y(value, top))
                  for at, value in enumerate(line.values)]  # fmt: skip
        dash = f' stroke-dasharray="{line.dash}"' if line.dash else ""
        parts = [
            f'<line x1="{x}" y1="{y}" x2="{to_x}" y2="{to_y}" stroke-width="2"{dash}/>'
            for (x, y), (to_x, to_y) in pairwise(points)
        ]
        for (x, y), value in zip(points, line.values, strict=True):
            parts.append(_mark(line.mark, x, y))
            parts.append(
                f'<text x="{x}" y="{y + line.above:.1f}" text-anchor="middle" font-size="11"'
                f' stroke="none">{value}</text>'
            )
        yield f'<g fill="{line.colour}" stroke="{line.colour}">{"".join(parts)}</g>'


def _mark(mark: str, x: float, y: float) -> str:
    if mark == "■":
        return f'<rect x="{x - 4}" y="{y - 4}" width="8" height="8"/>'
    hollow = ' fill="#ffffff" stroke-width="1.5"' if mark == "○" else ""
    return f'<circle cx="{x}" cy="{y}" r="4"{hollow}/>'


def _words(lines: Sequence[Line], breadth: Breadth) -> str:
    """The names at the ends of the lines, none upon another."""
    top = _ticks(lines)[-1]
    x = breadth.units * RIGHT + 20
    places = spread([_y(line.values[-1], top) for line in lines], LABEL_HEIGHT)
    words = (
        f'<text x="{x:.1f}" y="{y + 4:.1f}" fill="{line.colour}" font-weight="600">'
        f"{escape(f'{line.mark} {line.name}: {line.values[-1]}')}</text>"
        for line, y in zip(lines, places, strict=True)
    )
    return svg.layer("names", words)


def _text(x: float, y: float, words: str, anchor: str = "middle") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'
