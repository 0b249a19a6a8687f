"""A dataclass as lines: what is long a line an entry, the same bytes for the same value."""

import json
from dataclasses import dataclass, field, replace
from datetime import date

from tracker.lib.json_lines import lines, parse


@dataclass(frozen=True)
class Row:
    code: str
    day: date | None = None


@dataclass(frozen=True)
class Book:
    title: str
    rows: tuple[Row, ...]
    marks: tuple[str, ...] = ()
    stamp: str = ""
    words: dict[str, str | int] = field(default_factory=dict)


BOOK = Book(
    "Sổ\u2028\n", (Row("b", date(2026, 11, 1)), Row("a")), ("x",), "dấu", {"n": 1, "k": "v"}
)


def test_every_entry_of_a_long_list_is_a_line():
    written = list(lines(BOOK, without={"stamp"}))

    assert [json.loads(line) for line in written] == [
        {"title": "Sổ\u2028\n", "marks": ["x"], "words": {"n": 1, "k": "v"}},
        {"rows": {"code": "b", "day": "2026-11-01"}},
        {"rows": {"code": "a", "day": None}},
    ]
    assert [line.count(b"\n") for line in written] == [1, 1, 1]
    assert parse(Book, written) == replace(BOOK, stamp="")


def test_what_was_added_or_taken_away_since_does_not_hinder():
    older = [b'{"title": "T", "gone": 1}\n', b'{"rows": {"code": "a", "old": 2}}\n', b'{"x": {}}\n']

    assert parse(Book, older) == Book("T", (Row("a"),))


def test_equal_texts_are_one_in_memory():
    long = "Viện Đo lường Việt Nam"
    first, second = parse(Book, lines(Book("T", (Row(long), Row("".join(long)))))).rows

    assert first.code is second.code
