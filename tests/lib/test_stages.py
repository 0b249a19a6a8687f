from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.lib.stages import (
    StageRole,
    WindowUnit,
    ahead,
    code_of_number,
    countdown,
    phases,
    standing,
    window_end,
)
from tracker.lib.workdays import Calendar

ROUTE, GOAL, DETOUR, LATER, ABANDONED = StageRole
PLAIN = Calendar()
MONDAY = date(2026, 11, 2)


@dataclass(frozen=True)
class Step:
    code: str
    role: StageRole = ROUTE
    window: int | None = None
    window_unit: WindowUnit | None = None
    is_retired: bool = False


@dataclass(frozen=True)
class Move:
    id: int
    corrects_id: int | None = None


COMMENT = Step("B4", window=60, window_unit=WindowUnit.DAYS)
TCVN = (Step("B3"), COMMENT, Step("B5"), Step("B6"), Step("B7", GOAL), Step("X", ABANDONED))
DIS = Step("40.20", window=12, window_unit=WindowUnit.WEEKS)
FDIS = Step("50.20", window=8, window_unit=WindowUnit.WEEKS)
ISO = (
    Step("40.00"),
    DIS,
    Step("40.92", DETOUR),
    Step("50.00"),
    FDIS,
    Step("60.60", GOAL),
    Step("90.20", LATER),
)


def dates(found):
    return [(one.step.code, one.earliest) for one in found]


@pytest.mark.parametrize(
    ("number", "unit", "end"),
    [
        (60, WindowUnit.DAYS, date(2027, 1, 1)),
        (12, WindowUnit.WEEKS, date(2027, 1, 25)),
        (6, WindowUnit.MONTHS, date(2027, 5, 2)),
        (5, WindowUnit.WORKING_DAYS, date(2026, 11, 9)),
    ],
)
def test_a_window_ends_after_its_length_in_its_own_unit(number, unit, end):
    assert window_end(Step("B4", window=number, window_unit=unit), MONDAY, PLAIN) == end


def test_a_month_of_a_window_that_is_shorter_ends_on_its_last_day():
    step = Step("5", window=1, window_unit=WindowUnit.MONTHS)

    assert window_end(step, date(2027, 1, 31), PLAIN) == date(2027, 2, 28)


def test_working_days_know_the_holidays():
    calendar = Calendar(holidays=frozenset({date(2026, 11, 3), date(2026, 11, 4)}))
    step = Step("B5", window=2, window_unit=WindowUnit.WORKING_DAYS)

    assert window_end(step, MONDAY, calendar) == date(2026, 11, 6)
    assert countdown(step, MONDAY, MONDAY, calendar).left == 2


def test_what_follows_waits_for_the_window_of_the_present_stage():
    found = ahead(TCVN, COMMENT, MONDAY, date(2026, 11, 23), PLAIN)

    assert dates(found) == [
        ("B5", date(2027, 1, 1)),
        ("B6", date(2027, 1, 1)),
        ("B7", date(2027, 1, 1)),
    ]


def test_nothing_can_begin_before_today():
    found = ahead(TCVN, COMMENT, date(2026, 1, 5), date(2026, 11, 23), PLAIN)

    assert {one.earliest for one in found} == {date(2026, 11, 23)}


def test_the_windows_of_all_stages_on_the_way_add_up():
    found = ahead(ISO, ISO[0], MONDAY, MONDAY, PLAIN)

    assert dates(found) == [
        ("40.20", MONDAY),
        ("50.00", MONDAY + timedelta(weeks=12)),
        ("50.20", MONDAY + timedelta(weeks=12)),
        ("60.60", MONDAY + timedelta(weeks=20)),
    ]


def test_before_the_first_stage_the_whole_way_follows():
    assert [one.step.code for one in ahead(TCVN, None, None, MONDAY, PLAIN)] == [
        *("B3", "B4", "B5", "B6", "B7")
    ]


def test_where_the_day_of_arrival_is_unknown_the_next_stage_may_begin_today():
    assert dates(ahead(TCVN, COMMENT, None, MONDAY, PLAIN))[0] == ("B5", MONDAY)
    assert countdown(COMMENT, None, MONDAY, PLAIN) is None


@pytest.mark.parametrize("here", [TCVN[4], TCVN[5], ISO[2], ISO[6]])
def test_off_the_usual_way_nothing_is_foretold(here):
    assert ahead(TCVN if here in TCVN else ISO, here, MONDAY, MONDAY, PLAIN) == []


def test_a_retired_stage_is_passed_over():
    steps = (Step("B3"), Step("B4", is_retired=True), Step("B5", GOAL))

    assert [one.step.code for one in ahead(steps, steps[0], MONDAY, MONDAY, PLAIN)] == ["B5"]


@pytest.mark.parametrize(
    ("today", "left"),
    [(MONDAY, 60), (date(2026, 12, 31), 1), (date(2027, 1, 1), 0), (date(2027, 6, 1), 0)],
)
def test_a_countdown_says_how_many_days_are_left_and_of_which_kind(today, left):
    found = countdown(COMMENT, MONDAY, today, PLAIN)

    assert (found.ends, found.left, found.is_working) == (date(2027, 1, 1), left, False)


def test_a_stage_without_a_window_has_no_countdown():
    assert countdown(TCVN[0], MONDAY, MONDAY, PLAIN) is None


ROLES = st.sampled_from([ROUTE, ROUTE, ROUTE, DETOUR, GOAL, ABANDONED])
STEPS = st.lists(
    st.builds(
        Step,
        code=st.text("0123456789", min_size=1, max_size=3),
        role=ROLES,
        window=st.one_of(st.none(), st.integers(1, 200)),
        window_unit=st.sampled_from(WindowUnit),
        is_retired=st.booleans(),
    ),
    max_size=12,
)
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@given(STEPS, DAYS, DAYS)
def test_earliest_dates_never_go_back_and_leave_room_for_every_window(steps, entered, today):
    found = ahead(steps, None, entered, today, PLAIN)

    previous = today
    for index, one in enumerate(found):
        assert one.earliest == previous
        assert not one.step.is_retired
        assert (one.step.role is GOAL) <= (index == len(found) - 1)
        previous = window_end(one.step, one.earliest, PLAIN)
        assert previous >= one.earliest


def test_stages_stand_by_the_first_part_of_their_codes():
    parts = [(name, [step.code for step in steps]) for name, steps in phases(ISO)]

    assert parts == [
        ("40", ["40.00", "40.20", "40.92"]),
        ("50", ["50.00", "50.20"]),
        ("60", ["60.60"]),
        ("90", ["90.20"]),
    ]
    assert [name for name, _ in phases(TCVN)] == [""]


@pytest.mark.parametrize(
    ("number", "code"), [(6060, "60.60"), (0, "00.00"), (98, "00.98"), (4020, "40.20")]
)
def test_the_numbers_of_iso_are_codes(number, code):
    assert code_of_number(number) == code


def test_moves_stand_until_they_are_taken_back():
    first, second, back, third = Move(1), Move(2), Move(3, corrects_id=2), Move(4)

    assert standing([first, second, back, third]) == [first, third]
    assert standing([first, Move(2, corrects_id=1)]) == []
