import json
from datetime import date
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker import words
from tracker.imports.iso_open_data import LONGEST_LINE, read
from tracker.lib.iso_records import Problem, Record
from tracker.lib.text import nfc

# As ISO publishes them; the values are invented.
WHOLE = {
    "id": 88821,
    "deliverableType": "TR",
    "supplementType": None,
    "reference": "ISO/TR 7035-2:2024",
    "title": {"en": "Ductile iron pipes — Part 2", "fr": "Tuyaux"},
    "publicationDate": "2024-09-30",
    "edition": 1,
    "icsCode": ["23.040.10", "13.060"],
    "ownerCommittee": "ISO/TC 5/SC 2",
    "currentStage": 6060,
    "replaces": None,
    "replacedBy": None,
    "languages": ["en"],
    "pages": {"en": 23},
    "scope": {"en": "<p>…</p>"},
}
LEAST = {"id": 1, "reference": "ISO 1"}


def lines(*objects):
    return b"\n".join(
        one if isinstance(one, bytes) else json.dumps(one, ensure_ascii=False).encode()
        for one in objects
    )


def found(*objects):
    return list(read(BytesIO(lines(*objects))))


def test_a_record_says_what_the_register_keeps():
    assert found(WHOLE) == [
        Record(
            line=1,
            source_id="iso:88821",
            reference="ISO/TR 7035-2:2024",
            title="Ductile iron pipes — Part 2",
            stage="60.60",
            published=date(2024, 9, 30),
            ics="23.040.10, 13.060",
            committee="ISO/TC 5/SC 2",
        )
    ]


def test_only_id_and_reference_are_needed():
    assert found(LEAST) == [Record(line=1, source_id="iso:1", reference="ISO 1")]


@pytest.mark.parametrize(("number", "code"), [(0, "00.00"), (98, "00.98"), (4020, "40.20")])
def test_a_stage_has_four_digits(number, code):
    assert found({**LEAST, "currentStage": number})[0].stage == code


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b"{", "record_not_json"),
        (b"[1, 2]", "record_not_json"),
        (b'"text"', "record_not_json"),
        (b"\xff\xfe{", "record_not_utf8"),
        (b"[" * 100_000, "record_not_json"),
        ({"reference": "ISO 1"}, "record_without_id"),
        ({"id": "1", "reference": "ISO 1"}, "record_without_id"),
        ({"id": True, "reference": "ISO 1"}, "record_without_id"),
        ({"id": 1}, "record_without_reference"),
        ({"id": 1, "reference": " \t"}, "record_without_reference"),
        ({"id": 1, "reference": ["x"]}, "record_not_text"),
        ({**LEAST, "title": {"en": "x" * 501}}, "record_text_too_long"),
        ({**LEAST, "currentStage": "6060"}, "record_stage_unreadable"),
        ({**LEAST, "currentStage": -1}, "record_stage_unreadable"),
        ({**LEAST, "currentStage": 10_000}, "record_stage_unreadable"),
        ({**LEAST, "currentStage": True}, "record_stage_unreadable"),
        ({**LEAST, "publicationDate": "30/09/2024"}, "record_day_unreadable"),
        ({**LEAST, "publicationDate": "2023-02-29"}, "record_day_unreadable"),
        ({**LEAST, "icsCode": "67.040"}, "record_not_text"),
    ],
)
def test_a_line_that_cannot_be_used_is_told_by_its_number_and_the_rest_is_read(line, code):
    first, problem, last = found(WHOLE, line, {**LEAST, "id": 2})

    assert (first.line, last.line) == (1, 3)
    assert (problem.line, problem.code) == (2, code)
    assert words.language("vi").sentence(problem.code, **problem.values)


def test_a_huge_line_is_passed_over_without_being_kept():
    huge = b'{"id": 5, "reference": "' + b"x" * (3 * LONGEST_LINE) + b'"}'

    problem, record = found(huge, LEAST)

    assert (problem.line, problem.code) == (1, "record_line_too_long")
    assert (record.line, record.source_id) == (2, "iso:1")


def test_a_huge_line_at_the_end_ends_the_file():
    assert [one.code for one in found(b"x" * (LONGEST_LINE + 5))] == ["record_line_too_long"]


def test_a_record_that_comes_twice_is_taken_once():
    first, second = found(LEAST, {**LEAST, "reference": "ISO 2"})

    assert isinstance(first, Record)
    assert second == Problem(2, "record_twice", {"other": 1})


def test_marks_spaces_and_empty_lines_do_no_harm():
    decomposed = "ISO  14064\u0301\u200b "
    data = b"\xef\xbb\xbf" + lines({**LEAST, "reference": decomposed}, b"", b"  \r")

    (record,) = read(BytesIO(data))

    assert record.reference == nfc("ISO 14064\u0301")


@pytest.mark.parametrize("day", ["1987-05-01", "1899-12-31"])
def test_a_day_before_our_calendar_says_nothing(day):
    assert found({**LEAST, "publicationDate": day})[0].published is None


@given(st.lists(st.binary(max_size=60)))
def test_whatever_the_bytes_every_line_has_an_answer(parts):
    data = b"\n".join(parts)

    for one in read(BytesIO(data)):
        assert isinstance(one, Record | Problem)
        assert 1 <= one.line <= data.count(b"\n") + 1
