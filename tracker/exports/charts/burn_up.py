"""A burn-up chart: finished tasks below all tasks, and between which days the rest will be done."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from tracker.exports.charts import svg, wording
from tracker.exports.charts.colours import BRAND, DONE, INK_SOFT, LINE
from tracker.lib.dates import format_date
from tracker.lib.trend import months
from tracker.queries.burn_up import BurnUp
from tracker.words import Language

HEIGHT, TOP, BOTTOM = 270, 46, 236
LEFT, RIGHT = 7.0, 98.0  # percent
TICKS = 7
BOX = 1000
WIDTH = 900  # where it stands alone
_MARGIN = timedelta(days=14)


def draw(burn_up: BurnUp, title: str, lang: Language, *, alone: bool = False) -> str:
    """The picture."""
    scale = _scale(burn_up)
    parts = [
        *_axes(scale, lang),
        _box(_shapes(burn_up, scale)),
        *_marks(burn_up, scale, lang),
    ]
    description = lang.gettext(
        "Đã xong %(finished)s trên %(scope)s nhiệm vụ.",
        finished=burn_up.finished[-1],
        scope=burn_up.scope[-1],
    )
    named = svg.Named("burn-up", title, description)
    return svg.picture(named, HEIGHT, parts, width=WIDTH if alone else 0)


class Scale(NamedTuple):
    """Which days the width stands for, and how many tasks the height."""

    first: date
    last: date
    most: int

    def x(self, day: date) -> float:
        """Where that day is, in percent."""
        share = (day - self.first).days / max((self.last - self.first).days, 1)
        return round(LEFT + share * (RIGHT - LEFT), 2)

    def y(self, number: float) -> float:
        """Where so many tasks are."""
        return round(BOTTOM - number / self.most * (BOTTOM - TOP), 1)


def _scale(burn_up: BurnUp) -> Scale:
    last = burn_up.safe or burn_up.likely or burn_up.ends[-1]
    return Scale(burn_up.ends[0], last + _MARGIN, max(*burn_up.scope, 1))


def _axes(scale: Scale, lang: Language) -> Iterator[str]:
    steps = sorted({0, scale.most // 2, scale.most})
    across = (
        f'<line x1="{LEFT}%" x2="{RIGHT}%" y1="{scale.y(step)}" y2="{scale.y(step)}"/>'
        for step in steps
    )
    yield svg.layer("grid", across, f'stroke="{LINE}"')
    words = [svg.text(0, scale.y(step) + 4, str(step)) for step in steps]
    ticks = months(scale.first, scale.last, TICKS)
    shown = [day for day in ticks if scale.first <= day <= scale.last]
    for day, name in zip(shown, wording.months(shown, lang), strict=True):
        words.append(svg.text(scale.x(day), BOTTOM + 22, name, 'text-anchor="middle"'))
    yield svg.layer("units", words, f'fill="{INK_SOFT}" font-size="11"')


def _box(parts: Iterable[str]) -> str:
    """Shapes that stretch with the width; `x` in it are tenths of a percent."""
    return (
        f'<svg viewBox="0 0 {BOX} {HEIGHT}" preserveAspectRatio="none" width="100%"'
        f' height="{HEIGHT}">{"".join(parts)}</svg>'
    )


def _shapes(burn_up: BurnUp, scale: Scale) -> Iterator[str]:
    ends, done, all_of_it = burn_up.ends, burn_up.finished, burn_up.scope
    if burn_up.likely and burn_up.safe and burn_up.remaining:
        corners = [
            (ends[-1], done[-1]),
            (burn_up.likely, all_of_it[-1]),
            (burn_up.safe, all_of_it[-1]),
        ]
        points = " ".join(_point(scale, *corner) for corner in corners)
        yield (
            f'<polygon class="chart__range" points="{points}" fill="{BRAND}" fill-opacity=".18"/>'
        )
    goes_on = [burn_up.safe or burn_up.likely or ends[-1]]
    yield _line("scope", zip([*ends, *goes_on], [*all_of_it, all_of_it[-1]], strict=True), scale)
    yield _line("finished", zip(ends, done, strict=True), scale)


def _line(name: str, points: Iterable[tuple[date, int]], scale: Scale) -> str:
    colour = {"scope": INK_SOFT, "finished": DONE}[name]
    places = " ".join(_point(scale, *point) for point in points)
    return (
        f'<polyline class="chart__{name}" points="{places}" fill="none" stroke="{colour}"'
        ' stroke-width="2" vector-effect="non-scaling-stroke"/>'
    )


def _point(scale: Scale, day: date, number: int) -> str:
    return f"{scale.x(day) * BOX / 100:.1f},{scale.y(number)}"


def _marks(burn_up: BurnUp, scale: Scale, lang: Language) -> Iterator[str]:
    if not burn_up.remaining:
        return
    for day, share, y in ((burn_up.likely, 50, TOP - 34), (burn_up.safe, 85, TOP - 18)):
        if day is None:
            continue
        line = svg.upright(scale.x(day), y + 3, BOTTOM)
        dots = f'fill="{BRAND}" stroke="{BRAND}" stroke-dasharray="2 3"'
        words = lang.gettext("%(share)s %%: %(day)s", share=share, day=format_date(day))
        look = 'text-anchor="end" dx="-4" font-size="11" font-weight="600" stroke="none"'
        yield svg.layer("by", [line, svg.text(scale.x(day), y + 6, words, look)], dots)
