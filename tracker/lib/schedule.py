"""What waits for what, and what follows from it for the dates.

The arithmetic is that of the critical path method (CPM) in the words of the PMI Practice Standard
for Scheduling and of ISO 21502: finish-to-start links with a lag, a forward pass that gives the
earliest finishes, a backward pass that gives the latest ones, and the total float between them.

Units: lags, durations and floats are working days. Inside, a day is its number among the working
days (`Calendar.number`), so that all the arithmetic is on whole numbers; a day on which nobody
works counts as the next one on which people do. Nothing here recurses.
"""

from collections.abc import Hashable
from typing import Generic, NamedTuple, TypeVar

Key = TypeVar("Key", bound=Hashable)


class Link(NamedTuple, Generic[Key]):
    """`successor` finishes no earlier than `predecessor`, its lag and its own duration."""

    predecessor: Key
    successor: Key
    lag: int = 0
