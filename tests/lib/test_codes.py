import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.lib import codes
from tracker.lib.codes import CodeKind

keys = st.from_regex(r"[A-Z][A-Z0-9]{1,7}", fullmatch=True)
numbers = st.integers(1, 999_999_999)


def test_codes_are_written_by_kind():
    assert codes.task_code("HAL", 47) == "HAL-47"
    assert codes.milestone_code("HAL", 3) == "HAL-M3"
    assert codes.deliverable_code("HAL", 5) == "HAL-D5"


@pytest.mark.parametrize(
    ("code", "parts"),
    [
        ("HAL-47", ("HAL", CodeKind.TASK, 47)),
        ("HAL-M3", ("HAL", CodeKind.MILESTONE, 3)),
        ("HAL-D5", ("HAL", CodeKind.DELIVERABLE, 5)),
        (" hal-m3 ", ("HAL", CodeKind.MILESTONE, 3)),
        ("M2-7", ("M2", CodeKind.TASK, 7)),
    ],
)
def test_parse_takes_a_code_apart(code, parts):
    assert codes.parse(code) == parts


@pytest.mark.parametrize(
    "code",
    [
        "", "HAL", "HAL-", "HAL-0", "HAL-007", "HAL-X3", "HAL-M", "H-1", "1HAL-1", "ABCDEFGHI-1",
        "HAL-4 7", "HAL-47\nx", "HAL-1234567890", "HAL-٤٧", "ĐO-1", "HAL--1",
    ],
)  # fmt: skip
def test_parse_refuses_what_is_not_a_code(code):
    assert codes.parse(code) is None


@given(keys, numbers)
def test_parse_undoes_every_way_of_writing(key, number):
    assert codes.parse(codes.task_code(key, number)) == (key, "task", number)
    assert codes.parse(codes.milestone_code(key, number)) == (key, "milestone", number)
    assert codes.parse(codes.deliverable_code(key, number)) == (key, "deliverable", number)


@pytest.mark.parametrize(
    ("key", "valid"),
    [
        ("HAL", True), ("G2", True), ("ABCDEFGH", True),
        ("H", False), ("ABCDEFGHI", False), ("2G", False), ("hal", False), ("ĐL", False),
        ("HAL\n", False), ("HA-L", False), ("", False),
    ],
)  # fmt: skip
def test_valid_key_is_two_to_eight_capitals_and_digits(key, valid):
    assert codes.valid_key(key) is valid
