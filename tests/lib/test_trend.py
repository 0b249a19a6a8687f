from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.lib.trend import Known, expected_at, months, spread

JAN, FEB, MAR, APR = (date(2026, month, 14) for month in (1, 2, 3, 4))
ENDS = (JAN, FEB, MAR, APR)
DUE, LATER = date(2026, 6, 1), date(2026, 7, 15)

days = st.dates(date(2020, 1, 1), date(2030, 12, 31))
places = st.lists(st.floats(-500, 500), max_size=12)


def test_each_period_tells_what_was_expected_at_its_end():
    known = [Known(date(2026, 1, 20), DUE, None, None), Known(FEB, DUE, LATER, None)]

    assert expected_at(known, ENDS) == (None, LATER, LATER, LATER)


def test_a_line_ends_where_the_milestone_was_reached():
    closed = date(2026, 1, 27)
    known = [Known(JAN, DUE, DUE, None), Known(closed, DUE, DUE, closed)]

    assert expected_at(known, ENDS) == (DUE, closed, None, None)


def test_a_milestone_that_was_reopened_is_told_again():
    known = [
        Known(JAN, DUE, DUE, JAN),
        Known(date(2026, 1, 20), DUE, LATER, None),
    ]

    assert expected_at(known, ENDS) == (JAN, LATER, LATER, LATER)


def test_what_was_thrown_away_is_not_told():
    known = [Known(JAN, DUE, None, None), Known(MAR, DUE, None, None, is_live=False)]

    assert expected_at(known, ENDS) == (DUE, DUE, None, None)
    assert expected_at([], ENDS) == (None,) * 4


@pytest.mark.parametrize(
    ("first", "last", "most", "ticks"),
    [
        (date(2026, 10, 9), date(2027, 2, 20), 6, [10, 11, 12, 1, 2, 3]),
        (date(2026, 10, 9), date(2027, 2, 20), 3, [10, 12, 2, 4]),
        (date(2026, 1, 31), date(2026, 1, 31), 3, [1, 2]),
    ],
)
def test_months_are_few_and_even(first, last, most, ticks):
    assert [tick.month for tick in months(first, last, most)] == ticks


@given(days, days, st.integers(2, 8))
def test_months_embrace_both_days(one, other, most):
    first, last = sorted((one, other))

    ticks = months(first, last, most)

    assert ticks[0] <= first
    assert last < ticks[-1]
    assert len(ticks) <= most + 2
    assert all(tick.day == 1 for tick in ticks)


@given(places, st.floats(0, 40))
def test_words_are_moved_apart_and_keep_their_order(places, gap):
    moved = spread(places, gap)

    order = sorted(range(len(places)), key=lambda at: places[at])
    for one, next_one in pairwise(order):
        assert moved[next_one] - moved[one] >= gap - 1e-6


@given(places)
def test_words_that_have_room_stay(places):
    assert spread(places, 0) == pytest.approx(places)


def test_two_words_at_one_place_move_half_a_gap_each():
    assert spread([100, 100, 300], 16) == [92, 108, 300]


@given(st.lists(days, min_size=1, max_size=6), days)
def test_of_many_changes_the_last_one_before_the_end_counts(changes, end):
    known = [Known(day, None, day + timedelta(9), None) for day in sorted(changes)]

    (found,) = expected_at(known, [end])

    past = [day for day in changes if day <= end]
    assert found == (max(past) + timedelta(9) if past else None)
