"""Markdown that people write becomes HTML that is safe to show."""

import re
from collections.abc import Iterator, MutableMapping, Sequence
from functools import cache, lru_cache
from html import escape
from itertools import chain, pairwise
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_TAGS = {
    "a", "blockquote", "br", "button", "code", "del", "em", "hr", "img", "input", "li", "ol", "p",
    "pre", "s", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_ATTRIBUTES = {
    "a": {"href", "title"},
    "button": {"id", "class", "name", "value", "form", "aria-pressed", "aria-label"},
    "img": {"src", "alt", "title"},
    "input": {"type", "disabled", "checked", "aria-label"},
    "ol": {"start"},
}
_BOX = re.compile(r"\[([ xX])\] +(?=\S)")
_SCHEMES = {"http", "https", "mailto", "tel"}


def render(text: str, form: str = "") -> str:
    """Safe HTML of a text: no raw HTML, no script, no picture from another host.

    An item of a list that begins with `[ ]` or `[x]` has a box. Where `form` names a form, the box
    is a button of it that sends `box` as "number-on" or "number-off", counted from 0.

    A line end is a line break, as in a message. Headings become bold lines: a comment must not
    disturb the outline of the page. `@Full Name` stays as it is.
    """
    html: str = _parser().render(text, {"form": form})
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel="nofollow noopener",
    )


def ticked(text: str, number: int, *, on: bool) -> str | None:
    """The text with that box ticked or not; None where there is no such box."""
    boxes = _boxes(text)
    if not 0 <= number < len(boxes):
        return None
    lines = text.split("\n")
    mark = "[x] " if on else "[ ] "
    lines[boxes[number]] = _BOX.sub(mark, lines[boxes[number]], count=1)
    return "\n".join(lines)


def _boxes(text: str) -> list[int]:
    """The lines in which there is a box."""
    tokens = _parser().parse(text)
    found = (token for token in tokens if token.meta.get("box") is not None)
    return [token.map[0] for token in found if token.map]


@lru_cache(maxsize=1024)
def excerpt(text: str, length: int) -> str:
    """The words of a text on one line without any markup, at most `length` signs.

    Cut between words with "…". Plain text: it still has to be escaped.
    """
    words = " ".join("".join(_plain(_parser().parse(text))).split())
    if len(words) <= length:
        return words
    room = words[:length]
    cut = room[:-1].rsplit(" ", 1)[0] if " " in room[:-1] else room[:-1]
    return cut.rstrip(" ,.;:-–") + "…"


def _plain(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.children is not None:
            yield from _plain(token.children)
        else:
            yield token.content if token.type in _WITH_WORDS else ""
        if token.block or token.type in {"softbreak", "hardbreak"}:
            yield " "


_WITH_WORDS = {"text", "code_inline", "code_block", "fence"}


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True})
    parser.enable(["table", "strikethrough"])
    parser.core.ruler.push("flatten_headings", _flatten_headings)
    parser.core.ruler.push("link_foreign_images", _link_foreign_images)
    parser.core.ruler.push("boxes", _draw_boxes)
    parser.add_render_rule("box", _box)
    return parser


def _draw_boxes(state: StateCore) -> None:
    number = 0
    for item, _paragraph, words in zip(
        state.tokens, state.tokens[1:], state.tokens[2:], strict=False
    ):
        found = _BOX.match(words.content)
        first = words.children[0] if words.children else None
        if item.type != "list_item_open" or not found or not first or first.type != "text":
            continue
        first.content = first.content[found.end() :]
        label = " ".join("".join(_plain([words])).split())
        words.meta = {"box": number}
        meta = {"number": number, "on": found[1] != " ", "label": label}
        words.children = [Token("box", "", 0, meta=meta), *(words.children or [])]
        number += 1


def _box(
    _renderer: object,
    tokens: Sequence[Token],
    index: int,
    _options: object,
    env: MutableMapping[str, Any],
) -> str:
    meta = tokens[index].meta
    label = f'aria-label="{escape(meta["label"])}"'
    if not env.get("form"):
        return f'<input type="checkbox" disabled{" checked" if meta["on"] else ""} {label}> '
    form, pressed = escape(env["form"]), str(meta["on"]).lower()
    number, then = meta["number"], "off" if meta["on"] else "on"
    sent = f'name="box" value="{number}-{then}" form="{form}" aria-pressed="{pressed}" {label}'
    return f'<button id="{form}-{number}" class="box" {sent}></button> '


def _flatten_headings(state: StateCore) -> None:
    for opening, words in pairwise(state.tokens):
        if opening.type == "heading_open":
            bold = Token("strong_open", "strong", 1), Token("strong_close", "strong", -1)
            words.children = [bold[0], *(words.children or []), bold[1]]
    for token in state.tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = "p"


def _link_foreign_images(state: StateCore) -> None:
    for token in state.tokens:
        if token.children:
            token.children = list(chain.from_iterable(map(_image_or_link, token.children)))


def _image_or_link(token: Token) -> list[Token]:
    """Only a picture of our own is shown; of one from another host, the link to it."""
    source = str(token.attrs.get("src", ""))
    if token.type != "image" or _is_ours(source):
        return [token]
    opening = Token("link_open", "a", 1, attrs={"href": source})
    words = Token("text", "", 0, content=token.content or source)
    return [opening, words, Token("link_close", "a", -1)]


def _is_ours(address: str) -> bool:
    return address.startswith("/") and not address.startswith(("//", "/\\"))
