"""A milestone trend chart: over the periods of reporting, when each milestone was expected.

A line that rises is a milestone that slips; a line ends where its milestone was reached
(milestone trend analysis).
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from html import escape
from itertools import pairwise
from typing import NamedTuple

from tracker.exports.charts import svg, wording
from tracker.exports.charts.colours import INK_SOFT, LINE, OF_HEALTH
from tracker.lib.dates import format_short
from tracker.lib.trend import months, spread
from tracker.queries.trend import Line, Trend
from tracker.words import Language

# More lines than this cannot be told apart.
MOST = 7
HEIGHT, TOP, BOTTOM = 260, 16, 226
LEFT, RIGHT, WORDS = 9.0, 55.0, 57.5  # percent
TICKS = 6
LABEL_HEIGHT = 17.0
LONGEST_LABEL = 25
WIDTH = 900  # where it stands alone
# Lines of one colour are told apart by their dashes.
DASHES = ("", "7 3", "2 3", "9 3 2 3")


def draw(trend: Trend, title: str, lang: Language, *, alone: bool = False) -> str:
    """The picture of the lines that moved most."""
    lines = trend.lines[:MOST]
    scale = _scale(lines)
    parts = [
        *_axes(trend, scale, lang),
        *_lines(lines, scale),
        *_words(lines, scale),
    ]
    description = lang.gettext(
        "%(num)s mốc tiến độ qua %(periods)s kỳ báo cáo. Đường đi lên là mốc bị lùi.",
        num=len(lines),
        periods=len(trend.periods),
    )
    named = svg.Named("trend", title, description)
    return svg.picture(named, HEIGHT, parts, width=WIDTH if alone else 0)


class Scale(NamedTuple):
    """Which days the height stands for; later days are higher."""

    first: date
    last: date
    ticks: Sequence[date]

    def y(self, day: date) -> float:
        """Where that day is."""
        share = (day - self.first).days / max((self.last - self.first).days, 1)
        return round(BOTTOM - share * (BOTTOM - TOP), 1)


def _scale(lines: Sequence[Line]) -> Scale:
    days = [day for line in lines for day in line.expected if day] or [date(2000, 1, 1)]
    ticks = months(min(days), max(days), TICKS)
    return Scale(ticks[0], ticks[-1], ticks)


def _x(number: int, count: int) -> float:
    return round(LEFT + (RIGHT - LEFT) * number / max(count - 1, 1), 2)


def _axes(trend: Trend, scale: Scale, lang: Language) -> Iterator[str]:
    across = (
        f'<line x1="{LEFT}%" x2="{RIGHT}%" y1="{scale.y(day)}" y2="{scale.y(day)}"/>'
        for day in scale.ticks
    )
    yield svg.layer("grid", across, f'stroke="{LINE}"')
    count = len(trend.ends)
    named = zip(scale.ticks, wording.months(scale.ticks, lang), strict=True)
    words = [svg.text(0, scale.y(day) + 4, name) for day, name in named]
    names = [wording.month(period.last, lang) for period in trend.periods]
    for number, name in enumerate([*names, format_short(trend.today)]):
        words.append(svg.text(_x(number, count), BOTTOM + 22, name, 'text-anchor="middle"'))
    yield svg.layer("units", words, f'fill="{INK_SOFT}" font-size="11"')


def _lines(lines: Sequence[Line], scale: Scale) -> Iterator[str]:
    seen: Counter[object] = Counter()
    for line in lines:
        dash = DASHES[seen[line.health] % len(DASHES)]
        seen[line.health] += 1
        colour = OF_HEALTH[line.health]
        look = f'data-health="{line.health.value}" fill="{colour}" stroke="{colour}"'
        yield f'<g class="chart__line" {look}>{"".join(_marks(line, scale, dash))}</g>'


def _marks(line: Line, scale: Scale, dash: str) -> Iterator[str]:
    yield f"<title>{escape(f'{line.code} {line.title}')}</title>"
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    points = _points(line, scale)
    for (x, y), (to_x, to_y) in pairwise(points):
        yield f'<line x1="{x}%" y1="{y}" x2="{to_x}%" y2="{to_y}" stroke-width="2"{dashes}/>'
    for x, y in points:
        yield f'<circle cx="{x}%" cy="{y}" r="3.5"/>'


def _points(line: Line, scale: Scale) -> list[tuple[float, float]]:
    count = len(line.expected)
    return [(_x(number, count), scale.y(day)) for number, day in enumerate(line.expected) if day]


def _words(lines: Sequence[Line], scale: Scale) -> Iterator[str]:
    """The names at the ends of the lines, none upon another."""
    last = [_points(line, scale)[-1][1] for line in lines]
    for line, y in zip(lines, spread(last, LABEL_HEIGHT), strict=True):
        name = f"{line.health.shape} {line.title}"
        short = name if len(name) <= LONGEST_LABEL else f"{name[: LONGEST_LABEL - 1].rstrip()}…"
        yield svg.text(WORDS, round(y + 4, 1), short)
