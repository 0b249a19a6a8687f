import pytest

from tracker.lib.figures import number, share


@pytest.mark.parametrize(
    ("value", "decimals", "vi", "en"),
    [
        (0, 0, "0", "0"),
        (1234.5, 1, "1.234,5", "1,234.5"),
        (-1000000, 0, "-1.000.000", "-1,000,000"),
    ],
)
def test_a_number_is_parted_as_its_language_does(value, decimals, vi, en):
    assert [number(value, code, decimals) for code in ("vi", "en")] == [vi, en]


@pytest.mark.parametrize(
    ("value", "vi"),
    [(None, "–"), (0, "0%"), (1, "100%"), (1 / 2, "50%"), (1 / 3, "33,33%"), (0.255, "25,5%")],
)
def test_a_share_has_no_more_decimals_than_it_needs(value, vi):
    assert share(value, "vi") == vi
