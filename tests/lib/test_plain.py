from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from tracker.lib.plain import plain, typed


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True)
class Part:
    name: str
    day: date | None = None


@dataclass(frozen=True)
class Whole:
    parts: tuple[Part, ...]
    colour: Colour
    words: dict[str, str] = field(default_factory=dict)
    first: Part | None = None
    named: dict[str, Part] = field(default_factory=dict)


WHOLE = Whole(
    (Part("a", date(2026, 1, 5)), Part("b")),
    Colour.RED,
    {"k": "v"},
    Part("c", date(2026, 2, 3)),
    {"d": Part("d")},
)


def test_what_is_written_is_plain_and_read_as_it_was():
    written = plain(WHOLE)

    assert written == {
        "parts": [{"name": "a", "day": "2026-01-05"}, {"name": "b", "day": None}],
        "colour": "red",
        "words": {"k": "v"},
        "first": {"name": "c", "day": "2026-02-03"},
        "named": {"d": {"name": "d", "day": None}},
    }
    assert typed(Whole, written) == WHOLE


def test_fields_of_other_releases_are_left_out_or_take_their_defaults():
    assert typed(Whole, {"parts": [], "colour": "red", "gone": 1}) == Whole((), Colour.RED)
