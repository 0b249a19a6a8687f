import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.lib.agenda import Section, Subject, section, weight
from tracker.lib.health import Health

LATE, RISK, GOOD = Health.LATE, Health.AT_RISK, Health.ON_TRACK


@pytest.mark.parametrize(
    ("now", "before", "disputed", "expected"),
    [
        (GOOD, LATE, True, Section.CHANGED),
        (LATE, GOOD, False, Section.CHANGED),
        (LATE, LATE, True, Section.LATE),
        (LATE, None, False, Section.LATE),
        (RISK, RISK, True, Section.DISPUTED),
        (RISK, None, False, Section.REST),
        (GOOD, GOOD, False, Section.REST),
    ],
)
def test_a_workstream_stands_under_the_first_reason_that_fits(now, before, disputed, expected):
    assert section(now, before, is_disputed=disputed) is expected


def test_what_got_worse_comes_first_then_what_is_worse():
    asked = [(GOOD, LATE), (LATE, LATE), (RISK, GOOD), (LATE, RISK), (LATE, GOOD), (GOOD, None)]
    asked.append((LATE, None))

    assert sorted(asked, key=lambda pair: weight(*pair)) == [
        (LATE, GOOD),
        (LATE, RISK),
        (RISK, GOOD),
        (LATE, LATE),
        (LATE, None),
        (GOOD, None),
        (GOOD, LATE),
    ]


@given(st.sampled_from(["workstream", "decision", "task"]), st.integers(0, 999_999_999))
def test_a_subject_is_read_as_it_is_written(kind, number):
    subject = Subject(kind, number)

    assert Subject.read(subject.key) == subject


@pytest.mark.parametrize(
    "text",
    ["", "x:1", "task:", "task:-1", "task:٣", "1", ":1", "task:1;--", "task:9999999999"],
)
def test_anything_else_is_the_meeting_as_a_whole(text):
    assert Subject.read(text) == Subject()
    assert Subject().key == ""
