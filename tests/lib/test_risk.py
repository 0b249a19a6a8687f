import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.lib.risk import BANDS, SCALE, RiskBand, band, level, levels

numbers = st.sampled_from(SCALE)


@given(numbers, numbers, numbers)
def test_raising_either_never_lowers_the_level_nor_the_band(low, high, other):
    low, high = sorted((low, high))

    for less, more in (
        (level(low, other), level(high, other)),
        (level(other, low), level(other, high)),
    ):
        assert less <= more
        assert BANDS.index(band(less)) <= BANDS.index(band(more))


@given(numbers, numbers)
def test_likelihood_and_impact_weigh_alike(one, other):
    assert level(one, other) == level(other, one)


def test_the_bands_share_all_levels_among_them():
    assert [number for one in BANDS for number in levels(one)] == list(range(1, 26))
    assert {band(number) for number in levels(RiskBand.HIGH)} == {RiskBand.HIGH}


@pytest.mark.parametrize(
    ("likelihood", "impact", "found"),
    [
        (1, 1, RiskBand.LOW),
        (2, 2, RiskBand.LOW),
        (1, 5, RiskBand.MEDIUM),
        (3, 3, RiskBand.MEDIUM),
        (2, 5, RiskBand.HIGH),
        (4, 3, RiskBand.HIGH),
        (3, 5, RiskBand.CRITICAL),
        (5, 5, RiskBand.CRITICAL),
    ],
)
def test_the_edges_of_the_bands(likelihood, impact, found):
    assert band(level(likelihood, impact)) is found


@pytest.mark.parametrize(("likelihood", "impact"), [(0, 3), (6, 3), (3, 0), (3, 6), (-1, -1)])
def test_a_number_off_the_scale_is_refused(likelihood, impact):
    with pytest.raises(ValueError, match="1 to 5"):
        level(likelihood, impact)
