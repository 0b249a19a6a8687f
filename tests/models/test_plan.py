from datetime import date

import pytest

from tracker.models import Milestone, Task

PLANNED, LATER = date(2026, 12, 1), date(2026, 12, 19)


@pytest.mark.parametrize(
    ("dates", "expected", "slip"),
    [
        ({}, None, None),
        ({"baseline": PLANNED}, PLANNED, 0),
        ({"forecast": LATER}, LATER, None),
        ({"baseline": PLANNED, "forecast": LATER}, LATER, 18),
        ({"baseline": LATER, "forecast": PLANNED}, PLANNED, -18),
        ({"baseline": PLANNED, "forecast": PLANNED, "closed_on": LATER}, LATER, 18),
    ],
)
def test_slip_is_forecast_or_actual_less_baseline_in_days(dates, expected, slip):
    milestone = Milestone(**dates)

    assert (milestone.expected, milestone.slip) == (expected, slip)


CLEAR = {"owner_id": 1, "title": "Đo", "due": PLANNED, "result": "Báo cáo", "lead_unit_id": 1}


def test_a_task_is_clear_with_person_work_time_result_and_unit():
    assert Task(**CLEAR).is_clear


@pytest.mark.parametrize("missing", CLEAR)
def test_without_one_of_the_five_it_is_not(missing):
    assert not Task(**{**CLEAR, missing: None}).is_clear
