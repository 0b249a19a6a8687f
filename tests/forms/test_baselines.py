import pytest

from tracker.forms.baselines import Compared, compared


@pytest.mark.parametrize(
    ("args", "numbers", "expected"),
    [
        ({}, [2, 1], Compared("2", "today", {})),
        ({}, [], Compared("today", "today", {})),
        ({"from": "1", "to": "2"}, [2, 1], Compared("1", "2", {})),
        ({"from": "today", "to": " 1 "}, [1], Compared("today", "1", {})),
        ({"from": "9", "to": "x"}, [1], Compared("9", "x", {"from": "9", "to": "x"})),
    ],
)
def test_two_states_are_read_from_an_address(args, numbers, expected):
    assert compared(args, numbers) == expected
