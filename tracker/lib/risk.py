"""How grave a risk is: likelihood × impact, in the words of ISO 31000:2018.

Both are 1 (least) to 5 (most); the level is their product, 1 to 25, and falls into four bands.
"""

from enum import IntEnum, StrEnum

SCALE = range(1, 6)


class Likelihood(IntEnum):
    """How likely it is to happen (khả năng xảy ra)."""

    RARE = 1
    UNLIKELY = 2
    POSSIBLE = 3
    LIKELY = 4
    ALMOST_CERTAIN = 5


class Impact(IntEnum):
    """What it would mean (mức độ ảnh hưởng)."""

    NEGLIGIBLE = 1
    MINOR = 2
    MODERATE = 3
    MAJOR = 4
    SEVERE = 5


class RiskBand(StrEnum):
    """What a level amounts to, the least first."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


# The lowest level of each band.
FROM = {RiskBand.LOW: 1, RiskBand.MEDIUM: 5, RiskBand.HIGH: 10, RiskBand.CRITICAL: 15}
BANDS = tuple(RiskBand)


def level(likelihood: int, impact: int) -> int:
    """The level of a risk; ValueError for a number that is not on the scale."""
    if likelihood not in SCALE or impact not in SCALE:
        message = f"not on the scale of 1 to 5: {likelihood} × {impact}"
        raise ValueError(message)
    return likelihood * impact


def band(level_: int) -> RiskBand:
    """The band a level falls into."""
    return max((one for one in BANDS if FROM[one] <= level_), key=BANDS.index)


def levels(band_: RiskBand) -> range:
    """The levels of a band, as from its lowest to the lowest of the next."""
    following = BANDS[BANDS.index(band_) + 1 :]
    last = FROM[following[0]] if following else SCALE[-1] ** 2 + 1
    return range(FROM[band_], last)
