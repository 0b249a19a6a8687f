from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.lib.workdays import Calendar

# domain.md §6.1: the National Day of 2026 with Monday 31/08 swapped for Saturday 22/08.
CALENDAR = Calendar(
    holidays=frozenset({date(2026, 8, 31), date(2026, 9, 1), date(2026, 9, 2)}),
    working=frozenset({date(2026, 8, 22)}),
)
PLAIN = Calendar()

days = st.dates(date(2026, 1, 1), date(2026, 12, 31))
some_days = st.frozensets(days, max_size=30)
calendars = st.builds(Calendar, some_days, some_days)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 8, 21), True),
        (date(2026, 8, 22), True),
        (date(2026, 8, 23), False),
        (date(2026, 8, 29), False),
        (date(2026, 8, 31), False),
        (date(2026, 9, 2), False),
        (date(2026, 9, 3), True),
    ],
)
def test_is_working_knows_holidays_and_swapped_saturdays(day, expected):
    assert CALENDAR.is_working(day) is expected


def test_a_day_both_holiday_and_working_is_worked():
    day = date(2026, 1, 2)
    calendar = Calendar(holidays=frozenset({day}), working=frozenset({day}))

    assert calendar.is_working(day)
    assert calendar.between(date(2026, 1, 1), day) == 1


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        (date(2026, 8, 20), 0, date(2026, 8, 20)),
        (date(2026, 8, 23), 0, date(2026, 8, 23)),
        (date(2026, 8, 20), 1, date(2026, 8, 21)),
        (date(2026, 8, 21), 1, date(2026, 8, 22)),
        (date(2026, 8, 21), 2, date(2026, 8, 24)),
        (date(2026, 8, 28), 1, date(2026, 9, 3)),
        (date(2026, 9, 3), -1, date(2026, 8, 28)),
        (date(2026, 8, 24), -1, date(2026, 8, 22)),
        (date(2026, 8, 30), -1, date(2026, 8, 28)),
    ],
)
def test_add_counts_working_days_only(start, n, end):
    assert CALENDAR.add(start, n) == end


@pytest.mark.parametrize(
    ("a", "b", "number"),
    [
        (date(2026, 11, 20), date(2026, 11, 20), 0),
        (date(2026, 11, 20), date(2026, 11, 23), 1),
        (date(2026, 11, 20), date(2026, 11, 22), 0),
        (date(2026, 11, 22), date(2026, 11, 23), 1),
        (date(2026, 11, 23), date(2026, 11, 20), -1),
        (date(2026, 8, 21), date(2026, 9, 3), 7),
    ],
)
def test_between_counts_after_the_first_up_to_the_second(a, b, number):
    assert CALENDAR.between(a, b) == number


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 11, 20), date(2026, 11, 20)),
        (date(2026, 11, 21), date(2026, 11, 23)),
        (date(2026, 8, 29), date(2026, 9, 3)),
        (date(2026, 8, 22), date(2026, 8, 22)),
    ],
)
def test_next_working_is_the_day_itself_or_the_first_after_it(day, expected):
    assert CALENDAR.next_working(day) == expected


@given(calendars, days, days)
def test_between_equals_counting_one_by_one(calendar, a, b):
    first, last = min(a, b), max(a, b)
    passed = [first + timedelta(days=n) for n in range(1, (last - first).days + 1)]
    counted = sum(map(calendar.is_working, passed))

    assert calendar.between(a, b) == (counted if a <= b else -counted)


@given(calendars, days, st.integers(0, 60))
def test_between_undoes_add(calendar, start, n):
    assert calendar.between(start, calendar.add(start, n)) == n


@given(calendars, days, st.integers(-60, 60).filter(bool))
def test_add_ends_on_a_working_day(calendar, start, n):
    assert calendar.is_working(calendar.add(start, n))


def test_calendars_of_the_same_days_are_equal_and_hash_alike():
    assert Calendar(frozenset({date(2026, 1, 1)})) == Calendar(frozenset({date(2026, 1, 1)}))
    assert len({PLAIN, Calendar()}) == 1


@given(calendars, days, st.integers(0, 60))
def test_numbers_count_working_days_as_adding_them_one_by_one_does(calendar, day, n):
    begin = calendar.next_working(day)

    assert calendar.numbered(calendar.number(day)) == begin
    assert calendar.numbered(calendar.number(day) + n) == calendar.add(begin, n)


def test_a_number_beyond_all_days_is_the_last_day_there_is():
    assert PLAIN.numbered(10**9) == date.max
    assert PLAIN.numbered(-(10**9)) == date.min


def test_the_previous_working_day_is_the_day_itself_when_it_is_one():
    calendar = Calendar(holidays=frozenset({date(2026, 9, 1), date(2026, 9, 2)}))

    assert calendar.previous_working(date(2026, 9, 2)) == date(2026, 8, 31)
    assert calendar.previous_working(date(2026, 9, 3)) == date(2026, 9, 3)
