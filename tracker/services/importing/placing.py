"""Positions for new rows among what stands there already: each after the row above it."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from tracker.services.tasks import GAP


def positions(taken: Sequence[int], listed: Sequence[int | None]) -> list[int]:
    """One for each None of `listed`, the rows in their order; the others stand where they stand.

    `taken` are all positions of the list, also of things that are not among the rows.
    """
    taken = sorted(taken)
    found: list[int] = []
    above: int | None = None
    number = 0
    while number < len(listed):
        here = listed[number]
        if here is not None:
            above, number = here, number + 1
            continue
        end = number
        while end < len(listed) and listed[end] is None:
            end += 1
        below = listed[end] if end < len(listed) else None
        found += _between(taken, above, below, end - number)
        number = end
    return found


def _between(taken: Sequence[int], above: int | None, below: int | None, count: int) -> list[int]:
    """So many positions directly after `above`, or before `below` where nothing is above."""
    if above is not None:
        after = bisect_right(taken, above)
        low, high = above, taken[after] if after < len(taken) else None
    elif below is not None:
        before = bisect_left(taken, below)
        high = below
        low = taken[before - 1] if before else below - GAP * (count + 1)
    else:
        low, high = (taken[-1] if taken else 0), None
    if high is None or high - low <= count:  # the gap is used up: at the end of the list then
        low = taken[-1] if high is not None and taken else low
        return [low + GAP * place for place in range(1, count + 1)]
    step = (high - low) / (count + 1)
    return [low + int(step * place) for place in range(1, count + 1)]
