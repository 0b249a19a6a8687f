"""What changed from one text to another, word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

# A word with the spaces behind it.
WORDS = re.compile(r"\S+\s*|\s+")
LONG = 4_000_000


class Piece(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True)
class Run:
    """A run of words that fared alike."""

    piece: Piece
    text: str


def runs(before: str, now: str) -> tuple[Run, ...]:
    """Both texts as one: what stayed, and what is gone before what took its place.

    Words are compared, not the spaces and lines between them.
    """
    return tuple(_runs(WORDS.findall(before), WORDS.findall(now)))


def _runs(before: list[str], now: list[str]) -> Iterator[Run]:
    # Frequent words are no noise, unless there are so many that it would take seconds.
    is_long = len(before) * len(now) > LONG
    old, new = ([word.strip() for word in words] for words in (before, now))
    matcher = SequenceMatcher(None, old, new, autojunk=is_long)
    for tag, start, end, since, until in matcher.get_opcodes():
        if tag == "equal":
            yield Run(Piece.SAME, "".join(now[since:until]))
            continue
        if end > start:
            yield Run(Piece.GONE, "".join(before[start:end]))
        if until > since:
            yield Run(Piece.NEW, "".join(now[since:until]))
