import pytest

from tracker.lib.sparkline import points


@pytest.mark.parametrize(
    ("values", "line"),
    [
        ((0, 5, 10), "0,20.0 5,10.0 10,0.0"),
        ((3,), "0,0.0"),
        ((0, 0), "0,20.0 10,20.0"),
        ((), ""),
    ],
)
def test_the_most_is_at_the_top_and_nothing_at_the_bottom(values, line):
    assert points(values, 10, 20) == line
