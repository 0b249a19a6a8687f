"""A timeline: bars for tasks, diamonds for milestones, the slip between what was planned and is
expected, today, and what waits for what.

A line is a row or the head of a section; pages put their labels beside the picture, line by line.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from html import escape
from itertools import accumulate
from textwrap import wrap
from typing import NamedTuple

from tracker.exports.charts import svg
from tracker.exports.charts.colours import BRAND, INK_SOFT, LATE, LINE, LINE_STRONG, OF_HEALTH, OK
from tracker.exports.charts.sheets import LYING, Breadth, Sheet
from tracker.exports.charts.wording import days, unit
from tracker.lib.dates import format_date, format_short
from tracker.lib.timeline import Window, Zoom
from tracker.models import TaskStatus
from tracker.queries.timeline import Link, Row, Section, Timeline
from tracker.words import Language

TOP = 36
LINE_HEIGHT = 28
# In a document: where the axis begins as a share of the breadth, and the room for what stands on
# the end of the axis; how wide a letter of a label is, roughly. The rest is the axis.
LABELS, EDGE, LETTER = 0.38, 16, 6.6
# There a label goes on below, so far, and is cut after so many lines; what is free above and below
# them, and left of them for the sign.
NEXT, MOST, AROUND, SIGN = 14, 3, 10, 30
# The box that the curves are drawn in, which stretches.
AXIS = 800
# Words beside a bar or diamond stand to its right while there is room for them.
ROOM = 86.0
_NAME = "timeline"


class Placed(NamedTuple):
    """A row and the middle of its line."""

    row: Row
    y: int


class Line(NamedTuple):
    """A row or the head of a section, with what stands beside it in a document."""

    of: Section | Row
    label: Sequence[str] = ()

    @property
    def height(self) -> int:
        """As high as its label, where it has one."""
        return NEXT * len(self.label) + AROUND if self.label else LINE_HEIGHT


def draw(
    chart: Timeline,
    title: str,
    lang: Language,
    *,
    alone: bool = False,
    breadth: Breadth = LYING,
) -> str:
    """The picture; `alone` it has its labels, and is as broad as that."""
    left = round(breadth.units * LABELS)
    lines = list(_lines(chart.sections))
    if alone:
        lines = [_labelled(line.of, left, lang) for line in lines]
    *tops, end = accumulate((line.height for line in lines), initial=TOP)
    height = end + LINE_HEIGHT // 2
    placed = {
        line.of.code: Placed(line.of, top + line.height // 2)
        for line, top in zip(lines, tops, strict=True)
        if isinstance(line.of, Row)
    }
    axis = [
        _grid(chart.window, height, lang),
        _today(chart, height),
        _links(chart.links, placed, chart.window, height),
        *(_row(row, y, chart.window, lang) for row, y in placed.values()),
    ]
    named = svg.Named(_NAME, title, _description(chart, lang))
    if not alone:
        return svg.picture(named, height, axis)
    parts = [
        _labels(lines, tops),
        svg.inner(left, breadth.units - left - EDGE, height, axis),
    ]
    return svg.picture(named, height, parts, width=breadth.units)


def sheets(chart: Timeline, title: str, lang: Language, breadth: Breadth = LYING) -> list[Sheet]:
    """The picture in pieces that fit on a sheet of A4, each with its labels."""
    left = round(breadth.units * LABELS)
    room = breadth.height - TOP - LINE_HEIGHT // 2
    portions = _cut(chart.sections, lambda of: _labelled(of, left, lang).height, room)
    parts = [replace(chart, sections=sections) for sections in portions or [()]]
    note = _left_out(chart, lang)
    return [
        Sheet(
            draw(part, title, lang, alone=True, breadth=breadth),
            f"{_description(part, lang)}{note}",
        )
        for part in parts
    ]


def _left_out(chart: Timeline, lang: Language) -> str:
    shown = len(chart.rows)
    if shown == chart.total:
        return ""
    return " " + lang.gettext(
        "Bản in có %(shown)s dòng đầu trong tổng số %(total)s dòng.",
        shown=shown,
        total=chart.total,
    )


def _cut(
    sections: Sequence[Section], height: Callable[[Section | Row], int], most: int
) -> list[tuple[Section, ...]]:
    """Sections in portions that are not higher than that; one that goes on is named again."""
    portions: list[tuple[Section, ...]] = []
    room = 0
    for section in sections:
        rows: tuple[Row, ...] = ()
        for row in section.rows:
            if height(row) + (0 if rows else height(section)) > room:
                portions.append(())
                room, rows = most, ()
            before = portions[-1][:-1] if rows else portions[-1]
            room -= height(row) + (0 if rows else height(section))
            rows += (row,)
            portions[-1] = (*before, replace(section, rows=rows))
    return portions


def _lines(sections: Sequence[Section]) -> Iterator[Line]:
    for section in sections:
        yield Line(section)
        yield from map(Line, section.rows)


def _description(chart: Timeline, lang: Language) -> str:
    return lang.gettext(
        "%(num)s dòng, từ ngày %(first)s đến ngày %(last)s; hôm nay là ngày %(today)s. ◇ kế hoạch,"
        " ◆ dự kiến hoặc đã đạt.",
        num=len(chart.rows),
        first=format_date(chart.window.first),
        last=format_date(chart.window.last),
        today=format_date(chart.today),
    )


# ---------------------------------------------------------------- what stands behind the rows


def _grid(window: Window, height: int, lang: Language) -> str:
    ticks = list(window.ticks)
    lines = (svg.upright(tick.x, TOP - 8, height) for tick in ticks)
    words, year = [], 0
    for tick in ticks:
        name = unit(tick.day, window.zoom, lang)
        if tick.day.year != year:
            year = tick.day.year
            # A month is as narrow as this on an upright page; the trend names it likewise.
            name += f"/{tick.day:%y}" if window.zoom is Zoom.MONTH else f" {year}"
        words.append(svg.text(tick.x, TOP - 16, name, 'dx="5"'))
    return svg.layer("grid", lines, f'stroke="{LINE}"') + svg.layer(
        "units", words, f'fill="{INK_SOFT}" font-size="11"'
    )


def _today(chart: Timeline, height: int) -> str:
    if not chart.window.holds(chart.today):
        return ""
    x = chart.window.middle(chart.today)
    word = svg.text(x, TOP + 2, format_short(chart.today), 'dx="4" font-size="11" stroke="none"')
    attributes = f'stroke="{BRAND}" stroke-width="2" fill="{BRAND}" font-weight="600"'
    return svg.layer("today", [svg.upright(x, TOP - 8, height), word], attributes)


def _links(links: Sequence[Link], placed: Mapping[str, Placed], window: Window, height: int) -> str:
    """Curves from what comes first to what waits for it, in a box that stretches with the axis."""
    paths = [
        path
        for link in links
        if link.first in placed and link.then in placed
        for path in _curve(placed[link.first], placed[link.then], window)
    ]
    if not paths:
        return ""
    return (
        f'<svg class="chart__links" viewBox="0 0 {AXIS} {height}" preserveAspectRatio="none"'
        f' width="100%" height="{height}" fill="none" stroke="{LINE_STRONG}">'
        f"{''.join(paths)}</svg>"
    )


def _curve(first: Placed, then: Placed, window: Window) -> Iterator[str]:
    """From the end of what comes first to the beginning of the other, or to its end where it has
    begun too early.
    """
    ends, begins = first.row.expected, then.row.start
    if begins is None or ends is None or begins < ends:
        begins = then.row.expected
    if ends is None or begins is None or not (window.holds(ends) and window.holds(begins)):
        return
    scale = AXIS / 100
    x, to = window.middle(ends) * scale, window.middle(begins) * scale
    bend = first.y + (then.y - first.y) * 0.7
    yield (
        f'<path vector-effect="non-scaling-stroke" d="M{x:.1f} {first.y}'
        f'C{x:.1f} {bend:.1f} {to - 30:.1f} {then.y} {to - 6:.1f} {then.y}"/>'
    )


# ---------------------------------------------------------------- rows


def _row(row: Row, y: int, window: Window, lang: Language) -> str:
    marks = _milestone(row, y, window) if row.is_milestone else _task(row, y, window)
    note = _note(row, y, window, lang)
    return (
        f'<g data-health="{row.health.value}" fill="{OF_HEALTH[row.health]}">'
        f"<title>{escape(_told(row, lang))}</title>{''.join(marks)}{note}</g>"
    )


def _told(row: Row, lang: Language) -> str:
    """What a pointer that rests on the row is told."""
    dates = (format_date(day) if day else "…" for day in (row.start or row.planned, row.expected))
    told = [f"{row.code} {row.title}: {' – '.join(dates)}", lang.label(row.health)]
    if row.stale_days:
        told.append(
            lang.ngettext(
                "chưa cập nhật %(num)s ngày", "chưa cập nhật %(num)s ngày", row.stale_days
            )
        )
    return " · ".join(told)


def _milestone(row: Row, y: int, window: Window) -> Iterator[str]:
    planned, expected = row.planned, row.expected
    if row.slip and planned is not None and expected is not None:
        between = window.span(min(planned, expected), max(planned, expected))
        if between is not None:
            left, right = (max(0.0, min(100.0, window.middle(day))) for day in (planned, expected))
            tone = f'data-tone="{_tone_of_slip(row)}" stroke="{_colour_of_slip(row)}"'
            yield svg.layer("slip", [svg.dotted(left, right, y)], tone)
        if window.holds(planned):
            yield svg.hollow(window.middle(planned), y)
    if expected is not None and window.holds(expected):
        yield svg.filled(window.middle(expected), y, row.code if row.may_move else "")


def _task(row: Row, y: int, window: Window) -> Iterator[str]:
    end = row.expected or row.start
    if end is None:
        return
    start = min(row.start or end, end)
    whole = window.span(start, end)
    if whole is not None:
        yield svg.bar(whole.x, whole.width, y - 7, 'fill-opacity=".22"')
        left, right = window.x(start), window.x(end) + 100 / window.days
        done = left + (right - left) * row.progress / 100
        width = round(min(done, whole.x + whole.width) - whole.x, 3)
        if width > 0:
            yield svg.bar(whole.x, width, y - 7)
    if row.slip > 0 and row.planned is not None and window.holds(row.planned):
        line = svg.upright(window.x(row.planned), y - 10, y + 10)
        yield svg.layer("due", [line], f'stroke="{INK_SOFT}" stroke-width="1.5"')


def _note(row: Row, y: int, window: Window, lang: Language) -> str:
    """What is to be said in words: the slip, and what is wrong."""
    words = " · ".join(_notes(row, lang))
    known = [day for day in (row.start, row.planned, row.expected) if day is not None]
    if not words or not known:
        return ""
    left = max(0.0, window.x(min(known)))
    right = window.x(max(known)) + 100 / window.days
    look = f'font-size="11" font-weight="600" {svg.HALO}'
    if row.slip:
        look += f' data-tone="{_tone_of_slip(row)}" fill="{_colour_of_slip(row)}"'
    if right <= ROOM:
        return svg.text(right, y + 4, words, f'dx="10" {look}')
    if left >= 100 - ROOM:
        return svg.text(left, y + 4, words, f'dx="-10" text-anchor="end" {look}')
    return svg.text(100, y + 4, words, f'dx="-6" text-anchor="end" {look}')


def _notes(row: Row, lang: Language) -> Iterator[str]:
    if row.status is TaskStatus.BLOCKED:
        yield lang.gettext("vướng mắc")
    if row.slip > 0 or (row.slip and row.is_milestone):
        yield days(row.slip, lang)
    elif row.days_overdue:
        yield lang.ngettext("quá %(num)s ngày", "quá %(num)s ngày", row.days_overdue)


def _tone_of_slip(row: Row) -> str:
    return "late" if row.slip > 0 else "ok"


def _colour_of_slip(row: Row) -> str:
    return LATE if row.slip > 0 else OK


# ---------------------------------------------------------------- labels, in documents


def _labelled(of: Section | Row, room: int, lang: Language) -> Line:
    """The line with its label, on as many lines as it takes up to three."""
    if isinstance(of, Section):
        name = (lang.code == "en" and of.name_en) or of.name
        return Line(of, _wrapped(f"{lang.label(of.strand)} · {name}", room))
    mark = "◆ " if of.is_milestone else ""
    return Line(of, _wrapped(f"{mark}{of.title}", room - SIGN))


def _wrapped(words: str, room: int) -> Sequence[str]:
    letters = int(room / LETTER)
    return wrap(words, letters, max_lines=MOST, placeholder="…", break_on_hyphens=False)


def _labels(lines: Sequence[Line], tops: Sequence[int]) -> str:
    words = []
    for line, top in zip(lines, tops, strict=True):
        y = top + line.height // 2 + 4
        first = y - NEXT * (len(line.label) - 1) // 2
        is_head = isinstance(line.of, Section)
        x, look = (0, 'font-weight="600"') if is_head else (SIGN, "")
        words += [_label(x, first + NEXT * at, text, look) for at, text in enumerate(line.label)]
        if isinstance(line.of, Row):
            colour = f'fill="{OF_HEALTH[line.of.health]}" text-anchor="middle"'
            words.append(_label(18, y, line.of.health.shape, colour))
    return svg.layer("labels", words)


def _label(x: int, y: int, words: str, attributes: str = "") -> str:
    space = " " if attributes else ""
    return f'<text x="{x}" y="{y}"{space}{attributes}>{escape(words)}</text>'
