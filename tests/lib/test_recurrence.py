from datetime import date

import pytest

from tracker.lib.recurrence import (
    Anchor,
    Frequency,
    Rule,
    Shift,
    name,
    period,
    title,
    unknown_places,
)
from tracker.lib.workdays import Calendar

TET = Calendar(holidays=frozenset(date(2026, 2, day) for day in range(16, 21)))
SWAPPED = Calendar(working=frozenset({date(2026, 10, 31)}))  # a Saturday


@pytest.mark.parametrize(
    ("frequency", "month", "months"),
    [
        (Frequency.MONTHLY, None, tuple(range(1, 13))),
        (Frequency.QUARTERLY, 1, (1, 4, 7, 10)),
        (Frequency.QUARTERLY, 3, (3, 6, 9, 12)),
        (Frequency.YEARLY, 12, (12,)),
    ],
)
def test_a_rule_knows_its_months(frequency, month, months):
    assert Rule(frequency=frequency, month=month).months == months


@pytest.mark.parametrize(
    ("shift", "due"),
    [
        (Shift.NEXT, date(2026, 2, 23)),
        (Shift.PREVIOUS, date(2026, 2, 13)),
        (Shift.STAY, date(2026, 2, 17)),
    ],
)
def test_a_due_date_on_a_day_off_goes_where_the_rule_says(shift, due):
    rule = Rule(frequency=Frequency.MONTHLY, day=17, shift=shift)

    assert rule.due(date(2026, 2, 17), TET) == due
    assert rule.due(date(2026, 3, 17), TET) == date(2026, 3, 17)


@pytest.mark.parametrize("shift", Shift)
def test_the_last_working_day_is_one_whatever_the_shift(shift):
    rule = Rule(frequency=Frequency.MONTHLY, anchor=Anchor.LAST_WORKING_DAY, shift=shift)

    assert rule.due(date(2026, 10, 31), Calendar()) == date(2026, 10, 30)
    assert rule.due(date(2026, 10, 31), SWAPPED) == date(2026, 10, 31)


@pytest.mark.parametrize(
    ("frequency", "words"),
    [
        (Frequency.WEEKLY, "53/2026"),
        (Frequency.MONTHLY, "01/2027"),
        (Frequency.QUARTERLY, "I/2027"),
        (Frequency.YEARLY, "2027"),
    ],
)
def test_a_period_has_its_usual_name(frequency, words):
    assert period(frequency, date(2027, 1, 1)) == words


@pytest.mark.parametrize(
    ("pattern", "frequency", "words"),
    [
        ("Báo cáo tháng {kỳ}", Frequency.MONTHLY, "Báo cáo tháng 12/2026"),
        ("Báo cáo tháng { kỳ trước }", Frequency.MONTHLY, "Báo cáo tháng 11/2026"),
        ("Họp giao ban quý {kỳ sau}", Frequency.QUARTERLY, "Họp giao ban quý I/2027"),
        ("Kế hoạch năm {kỳ sau}", Frequency.YEARLY, "Kế hoạch năm 2027"),
        ("Tuần {kỳ}: {ai}", Frequency.WEEKLY, "Tuần 53/2026: {ai}"),
        ("Không có kỳ", Frequency.YEARLY, "Không có kỳ"),
    ],
)
def test_a_title_is_filled_with_its_period(pattern, frequency, words):
    assert title(pattern, frequency, date(2026, 12, 31)) == words


def test_all_instances_together_have_no_period():
    assert name("Báo cáo tháng {kỳ}, {ai}") == "Báo cáo tháng …, {ai}"


def test_what_means_nothing_in_braces_is_found():
    assert unknown_places("{kỳ} {tháng} {kỳ sau} { quý }") == ["tháng", "quý"]


@pytest.mark.parametrize(
    ("frequency", "anchor", "needed"),
    [
        (Frequency.WEEKLY, Anchor.DAY, ("weekday",)),
        (Frequency.MONTHLY, Anchor.DAY, ("day",)),
        (Frequency.MONTHLY, Anchor.LAST_WORKING_DAY, ()),
        (Frequency.QUARTERLY, Anchor.WEEKDAY, ("month", "nth", "weekday")),
        (Frequency.YEARLY, Anchor.LAST_WORKING_DAY, ("month",)),
    ],
)
def test_a_rule_is_complete_with_what_it_needs(frequency, anchor, needed):
    told = dict.fromkeys(needed, 1)

    assert Rule(frequency=frequency, anchor=anchor).needed == needed
    assert Rule(frequency=frequency, anchor=anchor, **told).is_complete
    for missing in needed:
        assert not Rule(frequency=frequency, anchor=anchor, **told | {missing: None}).is_complete
