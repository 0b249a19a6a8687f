import itertools
from datetime import date

import pytest

from tracker.lib.periods import PeriodBasis, PeriodKind
from tracker.lib.regimes import Rule, stage
from tracker.lib.workdays import Calendar

CALENDAR = Calendar(holidays=frozenset({date(2026, 11, 24)}))
MONTH = Rule(kind=PeriodKind.MONTH)
THURSDAY = Rule(kind=PeriodKind.WEEK, weekday=4)
THIRDS = Rule(kind=PeriodKind.CUSTOM, closing_day=31, closing_months=(10, 2, 6), working_days=5)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (MONTH, ["2026-11", "2026-12", "2027-01"]),
        (Rule(kind=PeriodKind.MONTH, basis=PeriodBasis.CALENDAR), ["cal:2026-10", "cal:2026-11"]),
        (Rule(kind=PeriodKind.QUARTER), ["2026-Q4"]),
        (Rule(kind=PeriodKind.HALF), ["2026-H2"]),
        (Rule(kind=PeriodKind.YEAR), ["2026"]),
        (THIRDS, ["2026-07-01..2026-10-31"]),
    ],
)
def test_periods_close_by_their_rule(rule, words):
    closed = rule.closing(date(2026, 10, 15), date(2027, 1, 30))

    assert [period.word for period in closed][: len(words)] == words


def test_a_week_closes_on_its_weekday():
    closed = list(THURSDAY.closing(date(2026, 11, 19), date(2026, 11, 27)))

    assert [period.word for period in closed] == [
        "2026-11-13..2026-11-19",
        "2026-11-20..2026-11-26",
    ]
    assert THURSDAY.before(closed[1]) == closed[0]


def test_a_week_up_to_sunday_is_called_by_its_number():
    sunday = Rule(kind=PeriodKind.WEEK, weekday=7)

    assert sunday.containing(date(2026, 11, 22)).word == "2026-W47"
    assert sunday.containing(date(2026, 11, 23)).word == "2026-W48"


def test_a_short_month_closes_on_its_last_day():
    assert THIRDS.containing(date(2027, 2, 3)).word == "2026-11-01..2027-02-28"
    assert THIRDS.containing(date(2027, 3, 1)).word == "2027-03-01..2027-06-30"


@pytest.mark.parametrize("rule", [MONTH, THURSDAY, THIRDS])
def test_every_day_is_in_one_period(rule):
    periods = list(rule.closing(date(2026, 1, 1), date(2028, 1, 31)))

    assert all(rule.containing(one.first) == rule.containing(one.last) == one for one in periods)
    assert all(rule.before(two) == one for one, two in itertools.pairwise(periods))


def test_the_deadline_is_so_many_working_days_after_the_cut_off():
    monday = Rule(kind=PeriodKind.WEEK, weekday=1, working_days=1).containing(date(2026, 11, 23))

    assert THIRDS.deadline(THIRDS.containing(date(2026, 10, 31)), CALENDAR) == date(2026, 11, 6)
    assert MONTH.deadline(monday, CALENDAR) == date(2026, 11, 25)  # Tuesday is a holiday


@pytest.mark.parametrize(
    "rule",
    [
        Rule(kind=PeriodKind.WEEK, weekday=4),
        Rule(kind=PeriodKind.CUSTOM, closing_day=30, closing_months=(6,)),
        Rule(kind=PeriodKind.MONTH),
    ],
)
def test_the_first_and_the_last_day_that_can_be_typed_are_in_a_period(rule):
    for day in (date(2000, 1, 1), date(2100, 12, 31)):
        assert rule.containing(day).contains(day)
    assert list(rule.closing(date(2100, 12, 31), date(2200, 1, 1))) == []


def test_a_rule_without_its_days_is_incomplete():
    assert not Rule(kind=PeriodKind.WEEK).is_complete
    assert not Rule(kind=PeriodKind.CUSTOM, closing_day=5).is_complete
    assert MONTH.is_complete


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (11, ""),  # a Wednesday, four working days before
        (12, "3"),
        (13, "3"),
        (16, "1"),
        (17, "0"),
        (18, "late-0"),
        (24, "late-0"),  # a holiday
        (25, "late-0"),
        (26, "late-1"),
    ],
)
def test_people_are_reminded_three_days_before_one_before_and_when_it_is_late(day, told):
    assert stage(date(2026, 11, 17), date(2026, 11, day), CALENDAR) == told


def test_nothing_is_late_on_a_weekend_that_nobody_could_work_on():
    assert stage(date(2026, 11, 20), date(2026, 11, 21), CALENDAR) == ""
