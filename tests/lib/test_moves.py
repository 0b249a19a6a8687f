from datetime import date

import pytest

from tracker.lib.moves import is_move, last_given

A, B, C = date(2026, 12, 1), date(2026, 12, 8), date(2026, 12, 15)


@pytest.mark.parametrize(
    ("field", "dates", "new", "moves"),
    [
        ("forecast", {"forecast": None, "due": None}, A, False),
        ("forecast", {"forecast": None, "due": A}, A, False),
        ("forecast", {"forecast": None, "due": A}, None, False),
        ("forecast", {"forecast": None, "due": A}, B, True),
        ("forecast", {"forecast": None, "baseline": A}, B, True),
        ("forecast", {"forecast": B, "due": A}, B, False),
        ("forecast", {"forecast": B, "due": A}, A, True),
        ("forecast", {"forecast": B, "due": A}, C, True),
        ("forecast", {"forecast": B, "due": A}, None, True),
        ("due", {"due": None, "forecast": A}, B, False),
        ("due", {"due": A, "forecast": B}, B, True),
        ("baseline", {"baseline": A, "forecast": B}, None, True),
    ],
)
def test_what_leaves_the_date_last_given_is_a_move(field, dates, new, moves):
    assert is_move(field, dates, new) is moves


def test_a_forecast_nobody_gave_is_the_date_of_the_plan():
    assert last_given("forecast", {"forecast": None, "due": A}) == A
    assert last_given("due", {"due": None, "forecast": A}) is None
