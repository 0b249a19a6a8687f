"""How long the rest of the work will take, from how much was finished each week.

The method is the resampling of past throughput (T. Magennis, *Forecasting and Simulating Software
Development Projects*, 2011; D. Vacanti, *Actionable Agile Metrics for Predictability*, 2015): each
week to come is as one of the past weeks, any of them, independently. What others draw at random is
computed exactly here, as the distribution of a sum of independent draws, so that the same plan
always gives the same answer and more work never gives an earlier one.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import repeat
from operator import add, mul
from typing import NamedTuple

# Fewer finished items say too little about the next ones.
ENOUGH = 8
# Weeks looked back on: half a year knows the holidays, and forgets how it began.
WEEKS = 26
# Five years: further nobody plans.
HORIZON = 260
LIKELY, SAFE = 0.5, 0.85


class Range(NamedTuple):
    """In how many weeks the rest is done, as likely as not, and with 85 %; None is beyond."""

    likely: int | None
    safe: int | None


def weeks_until(remaining: int, weekly: Sequence[int]) -> Range:
    """The range for so many items, when each week finishes as many as one of these did."""
    return _weeks_until(remaining, tuple(sorted(weekly)))


@lru_cache(maxsize=1024)  # most changes of a plan finish nothing
def _weeks_until(remaining: int, weekly: tuple[int, ...]) -> Range:
    if remaining <= 0:
        return Range(0, 0)
    likely = None
    for week, done in enumerate(_done_by(remaining, weekly), start=1):
        if likely is None and done >= LIKELY:
            likely = week
        if done >= SAFE:
            return Range(likely, week)
    return Range(likely, None)


def _done_by(remaining: int, weekly: Sequence[int]) -> Iterator[float]:
    """The probability that all is done by the end of each week to come."""
    if not any(weekly):
        return
    shares = [(count, number / len(weekly)) for count, number in Counter(weekly).items()]
    # The probability that so many items, fewer than all, are finished.
    finished = [1.0] + [0.0] * (remaining - 1)
    for _ in range(HORIZON):
        after = [0.0] * remaining
        for count, share in shares:
            if count < remaining:
                moved = map(mul, finished[: remaining - count], repeat(share))
                after[count:] = map(add, after[count:], moved)
        finished = after
        yield 1 - sum(finished)
