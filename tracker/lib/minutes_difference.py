"""What changed between two revisions of a text, line by line."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Difference:
    """Lines that are gone, and lines that are new, each in the order of its text."""

    gone: tuple[str, ...]
    new: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether both say the same."""
        return not self.gone and not self.new


def between(before: Sequence[str], now: Sequence[str]) -> Difference:
    """The lines of either that are not in the other, wherever they stand."""
    return Difference(
        tuple(line for line in before if line not in now),
        tuple(line for line in now if line not in before),
    )
