from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.lib.burn_up import HORIZON, LIKELY, SAFE, Range, weeks_until

some_weeks = st.lists(st.integers(0, 6), min_size=1, max_size=8)


def brute(remaining, weekly, quantile, most):
    """By trying every sequence of weeks there is."""
    for weeks in range(1, most + 1):
        sums = [sum(drawn) for drawn in product(weekly, repeat=weeks)]
        if sum(total >= remaining for total in sums) / len(sums) >= quantile - 1e-12:
            return weeks
    return None


@given(st.integers(1, 9), st.lists(st.integers(1, 4), min_size=1, max_size=3))
def test_it_is_the_distribution_of_every_sequence_of_weeks(remaining, weekly):
    found = weeks_until(remaining, weekly)

    assert found == (brute(remaining, weekly, LIKELY, 9), brute(remaining, weekly, SAFE, 9))


@given(st.integers(1, 60), st.integers(0, 20), some_weeks)
def test_more_work_is_never_done_earlier(remaining, more, weekly):
    fewer, all_of_it = weeks_until(remaining, weekly), weeks_until(remaining + more, weekly)

    assert weeks(fewer.likely) <= weeks(all_of_it.likely)
    assert weeks(fewer.safe) <= weeks(all_of_it.safe)


@given(st.integers(0, 60), some_weeks)
def test_the_safe_end_is_never_before_the_likely_one(remaining, weekly):
    found = weeks_until(remaining, weekly)

    assert weeks(found.likely) <= weeks(found.safe)


def weeks(number):
    return HORIZON + 1 if number is None else number


@pytest.mark.parametrize(
    ("remaining", "weekly", "found"),
    [
        (0, [0, 0], Range(0, 0)),
        (10, [5], Range(2, 2)),
        (11, [5, 5, 5], Range(3, 3)),
        (1, [0, 1], Range(1, 3)),
        (3, [0, 0], Range(None, None)),
        (300, [1, 0], Range(None, None)),
        (20, [0, 0, 30], Range(2, 5)),
    ],
)
def test_known_cases(remaining, weekly, found):
    assert weeks_until(remaining, weekly) == found


def test_the_order_of_the_past_weeks_does_not_matter():
    assert weeks_until(30, [0, 1, 5, 2]) == weeks_until(30, [5, 2, 1, 0])
