"""Records of a register of documents as they come from outside, and which of them are wanted."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from tracker.lib.text import fold


@dataclass(frozen=True, kw_only=True)
class Record:
    """One document: where it stood in the file, and what is known of it; empty is not known."""

    line: int
    source_id: str
    reference: str
    title: str = ""
    stage: str = ""
    published: date | None = None
    ics: str = ""
    committee: str = ""

    def to_json(self) -> dict[str, object]:
        """As it is kept between the preview and its confirmation."""
        published = self.published.isoformat() if self.published else None
        return {**asdict(self), "published": published}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Record":
        """The same again."""
        published = kept["published"]
        day = date.fromisoformat(published) if published else None
        return cls(**{**kept, "published": day})


@dataclass(frozen=True)
class Problem:
    """A line that cannot be used: its number, the code of the sentence and its values."""

    line: int
    code: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which records are wanted. Several words of one kind are alternatives; the kinds add up.

    `ics` and `committees` are whole or beginnings (67 has 67.040, ISO/TC 207 has its
    subcommittees); `references` are any part, without regard to case.
    """

    ics: tuple[str, ...] = ()
    committees: tuple[str, ...] = ()
    references: tuple[str, ...] = ()

    def has(self, record: Record) -> bool:
        """Whether the record is one of them."""
        return (
            _any(self.ics, lambda word: _is_within(record.ics.split(", "), word, "."))
            and _any(self.committees, lambda word: _is_within([record.committee], word, "/"))
            and _any(self.references, lambda word: fold(word) in fold(record.reference))
        )


def _any(words: tuple[str, ...], fits: Any) -> bool:  # noqa: ANN401 - a test of a word
    return not words or any(fits(word) for word in words)


def _is_within(values: list[str], word: str, separator: str) -> bool:
    """Whether one of the values is the word, or begins with it and a separator."""
    wanted = fold(word)
    return any(
        fold(value) == wanted or fold(value).startswith(f"{wanted}{separator}") for value in values
    )
