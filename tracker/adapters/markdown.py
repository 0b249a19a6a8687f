"""Markdown that people write becomes HTML that is safe to show."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain, pairwise

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_TAGS = {
    "a", "blockquote", "br", "code", "del", "em", "hr", "img", "li", "ol", "p", "pre", "s",
    "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href", "title"}, "img": {"src", "alt", "title"}, "ol": {"start"}}
_SCHEMES = {"http", "https", "mailto", "tel"}


def render(text: str) -> str:
    """Safe HTML of a text: no raw HTML, no script, no picture from another host.

    A line end is a line break, as in a message. Headings become bold lines: a comment must not
    disturb the outline of the page. `@Full Name` stays as it is.
    """
    html: str = _parser().render(text)
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel="nofollow noopener",
    )


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
    return parser


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
