"""The milestone trend: what each milestone was expected for, at the end of each period."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from tracker.lib.dates import add_months


class Known(NamedTuple):
    """From that day on a milestone had these dates, and was there or not."""

    day: date
    baseline: date | None
    forecast: date | None
    closed_on: date | None
    is_live: bool = True

    @property
    def expected(self) -> date | None:
        """When it was or would be reached."""
        return self.closed_on or self.forecast or self.baseline


def expected_at(known: Sequence[Known], ends: Iterable[date]) -> tuple[date | None, ...]:
    """What it was expected for at the end of each of these days; `known` in order of time.

    None before it was there and after it was thrown away. Once it is closed its day is told once
    more: there its line ends.
    """
    days = [state.day for state in known]
    found: list[date | None] = []
    was_closed = False
    for end in ends:
        at = bisect_right(days, end)
        state = known[at - 1] if at else None
        if state is None or not state.is_live:
            found.append(None)
            continue
        is_closed = state.closed_on is not None
        found.append(None if is_closed and was_closed else state.expected)
        was_closed = is_closed
    return tuple(found)


def months(first: date, last: date, most: int) -> list[date]:
    """Firsts of months from the one of `first` to the one after `last`, evenly, few enough."""
    start = first.replace(day=1)
    end = add_months(last.replace(day=1), 1)
    count = (end.year - start.year) * 12 + end.month - start.month
    step = next(step for step in (1, 2, 3, 6, 12, 24, 60, 120, 1200) if count / step <= most)
    ticks = [start]
    while ticks[-1] < end:
        ticks.append(add_months(ticks[-1], step))
    return ticks


def spread(places: Sequence[float], gap: float) -> list[float]:
    """Places moved apart so that no two are nearer than `gap`, each as little as that needs.

    The order stays. Neighbours that touch move together round their middle (pool adjacent
    violators, Barlow et al. 1972).
    """
    order = sorted(range(len(places)), key=lambda at: places[at])
    pools: list[tuple[float, int]] = []  # the mean of the places less their offsets, how many
    for rank, at in enumerate(order):
        mean, number = places[at] - rank * gap, 1
        while pools and pools[-1][0] > mean:
            before, many = pools.pop()
            mean, number = (before * many + mean * number) / (many + number), many + number
        pools.append((mean, number))
    moved = [mean for mean, number in pools for _ in range(number)]
    found = [0.0] * len(places)
    for rank, at in enumerate(order):
        found[at] = moved[rank] + rank * gap
    return found
