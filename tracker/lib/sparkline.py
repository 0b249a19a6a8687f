"""A small line of numbers, drawn from left to right."""

from collections.abc import Sequence


def points(values: Sequence[float], width: int, height: int) -> str:
    """For an SVG polyline of that size; the lowest line is 0, the highest the most of them."""
    most = max(values, default=0) or 1
    step = width / max(1, len(values) - 1)
    return " ".join(
        f"{place * step:g},{height - value * height / most:.1f}"
        for place, value in enumerate(values)
    )
