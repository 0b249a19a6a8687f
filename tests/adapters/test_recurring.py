"""The days of a rule against the plainest reckoning there is: looking at every day."""

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.adapters import recurring
from tracker.lib.recurrence import LAST, Anchor, Frequency, Rule
from tracker.lib.workdays import Calendar

DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))
BY_MONTH = st.sampled_from([Frequency.MONTHLY, Frequency.QUARTERLY, Frequency.YEARLY])


def length(day):
    return monthrange(day.year, day.month)[1]


def every_day(first, last, holds):
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in days if holds(day)]


@given(first=DAYS, weekday=st.integers(0, 6))
def test_weekly(first, weekday):
    last = min(first + timedelta(days=100), date.max)
    rule = Rule(frequency=Frequency.WEEKLY, weekday=weekday)

    expected = every_day(first, last, lambda day: day.weekday() == weekday)
    assert list(recurring.days(rule, first, last)) == expected


@given(first=DAYS, frequency=BY_MONTH, month=st.integers(1, 3), day=st.integers(1, 31))
def test_a_day_of_the_month_is_the_last_where_the_month_is_shorter(first, frequency, month, day):
    last = first + timedelta(days=800)
    rule = Rule(frequency=frequency, month=month, day=day)

    expected = every_day(
        first, last, lambda one: one.month in rule.months and one.day == min(day, length(one))
    )
    assert list(recurring.days(rule, first, last)) == expected


@given(
    first=DAYS,
    frequency=BY_MONTH,
    month=st.integers(1, 3),
    nth=st.sampled_from([1, 2, 3, 4, LAST]),
    weekday=st.integers(0, 6),
)
def test_the_nth_weekday(first, frequency, month, nth, weekday):
    last = first + timedelta(days=800)
    rule = Rule(frequency=frequency, anchor=Anchor.WEEKDAY, month=month, nth=nth, weekday=weekday)

    def holds(day):
        if day.month not in rule.months or day.weekday() != weekday:
            return False
        same = [n for n in range(1, length(day) + 1) if day.replace(day=n).weekday() == weekday]
        return day.day == (same[LAST] if nth == LAST else same[nth - 1])

    assert list(recurring.days(rule, first, last)) == every_day(first, last, holds)


@given(
    first=st.dates(date(2026, 1, 1), date(2030, 1, 1)),
    holidays=st.frozensets(st.dates(date(2026, 1, 1), date(2031, 12, 31)), max_size=80),
    working=st.frozensets(st.dates(date(2026, 1, 1), date(2031, 12, 31)), max_size=20),
)
def test_the_last_working_day(first, holidays, working):
    first, calendar = first.replace(day=1), Calendar(holidays, working)
    last = first + timedelta(days=400)
    rule = Rule(frequency=Frequency.MONTHLY, anchor=Anchor.LAST_WORKING_DAY)

    due = [rule.due(day, calendar) for day in recurring.days(rule, first, last)]

    def holds(day):
        after = range(day.day + 1, length(day) + 1)
        return calendar.is_working(day) and not any(
            calendar.is_working(day.replace(day=n)) for n in after
        )

    found = every_day(first, last, holds)
    assert [day for day in found if day.replace(day=length(day)) <= last] == [
        day for day in due if day >= first
    ]


@pytest.mark.parametrize(("first", "last"), [(date(2026, 11, 10), date(2026, 11, 10))])
def test_both_ends_belong_to_it(first, last):
    rule = Rule(frequency=Frequency.MONTHLY, day=10)

    assert list(recurring.days(rule, first, last)) == [first]
