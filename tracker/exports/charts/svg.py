"""The few pieces of SVG that charts are made of."""

from collections.abc import Iterable
from html import escape
from typing import NamedTuple

from tracker.exports.charts.colours import CARD, INK, LINE_STRONG
from tracker.lib.text import strip_controls

NAMESPACE = "http://www.w3.org/2000/svg"
# The face of the pages, then that of the documents.
FONTS = "'Be Vietnam Pro', Tinos, sans-serif"
# Words over lines stay legible.
HALO = f'paint-order="stroke" stroke="{CARD}" stroke-width="4" stroke-linejoin="round"'
DIAMOND = "M-7 0L0-7 7 0 0 7z"


class Named(NamedTuple):
    """What a picture is called; `id` makes the ids of its title and description its own."""

    id: str
    title: str
    description: str


def picture(named: Named, height: float, parts: Iterable[str], *, width: float = 0) -> str:
    """A whole picture: as wide as its place on a page, or `width` units where it stands alone."""
    size = 'width="100%" font-size="12"'
    if width:
        size = f'viewBox="0 0 {width} {height}" width="{width}" font-size="14"'
    inside = "".join(parts)
    # XML takes no control characters, whatever somebody has typed: none of the picture would show.
    return strip_controls(
        f'<svg xmlns="{NAMESPACE}" class="chart__svg" role="img"'
        f' aria-labelledby="{named.id}-title {named.id}-desc" {size} height="{height}"'
        f' overflow="visible" font-family="{FONTS}" fill="{INK}">'
        f'<title id="{named.id}-title">{escape(named.title)}</title>'
        f'<desc id="{named.id}-desc">{escape(named.description)}</desc>{inside}</svg>'
    )


def inner(x: float, width: float, height: float, parts: Iterable[str]) -> str:
    """A part of a picture that stands alone, in which percents are of that part."""
    return (
        f'<svg x="{x}" width="{width}" height="{height}" overflow="visible">{"".join(parts)}</svg>'
    )


def layer(name: str, parts: Iterable[str], attributes: str = "") -> str:
    """Parts that a style sheet addresses together."""
    return f'<g class="chart__{name}"{" " if attributes else ""}{attributes}>{"".join(parts)}</g>'


def text(x: float, y: float, words: str, attributes: str = "") -> str:
    """Words; `x` in percent."""
    return f'<text x="{x}%" y="{y}"{" " if attributes else ""}{attributes}>{escape(words)}</text>'


def upright(x: float, top: float, bottom: float) -> str:
    """A line from top to bottom; `x` in percent."""
    return f'<line x1="{x}%" x2="{x}%" y1="{top}" y2="{bottom}"/>'


def dotted(left: float, right: float, y: float) -> str:
    """A dotted line from one percent to another."""
    return (
        f'<line x1="{left}%" x2="{right}%" y1="{y}" y2="{y}" stroke-width="1.5"'
        ' stroke-dasharray="2 3"/>'
    )


def bar(x: float, width: float, y: float, attributes: str = "") -> str:
    """A bar fourteen units high; `x` and `width` in percent."""
    space = " " if attributes else ""
    return f'<rect x="{x}%" width="{width}%" y="{y}" height="14" rx="3"{space}{attributes}/>'


def hollow(x: float, y: float) -> str:
    """A diamond that says what was planned; `x` in percent."""
    return (
        f'<svg class="chart__planned" x="{x}%" y="{y}" overflow="visible" fill="{CARD}"'
        f' stroke="{LINE_STRONG}" stroke-width="1.5"><path d="{DIAMOND}"/></svg>'
    )


def filled(x: float, y: float, moves: str = "") -> str:
    """A diamond that says what is expected; `moves` is the code of what a pointer may move."""
    if not moves:
        return f'<svg x="{x}%" y="{y}" overflow="visible"><path d="{DIAMOND}"/></svg>'
    return (
        f'<svg class="chart__move" x="{x}%" y="{y}" overflow="visible" data-moves="{moves}">'
        f'<circle r="14" fill-opacity="0"/><path d="{DIAMOND}"/></svg>'
    )
