"""A screen of a long list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Row = TypeVar("Row")
SIZE = 50
LAST = 1_000_000  # where nobody counts the screens; its first row is still an INTEGER


@dataclass(frozen=True)
class Page(Generic[Row]):
    """The rows of one screen, of how many in all."""

    rows: Sequence[Row]
    number: int = 1
    total: int = 0
    size: int = SIZE

    @property
    def pages(self) -> int:
        """How many screens there are; an empty list has one."""
        return max(1, -(-self.total // self.size))


def within(number: int, total: int, size: int = SIZE) -> int:
    """The screen asked for, or the nearest one there is."""
    return min(max(number, 1), max(1, -(-total // size)))


def cut(rows: Sequence[Row], number: int, size: int = SIZE) -> Page[Row]:
    """One screen of a list that is there as a whole."""
    number = within(number, len(rows), size)
    return Page(rows[(number - 1) * size : number * size], number, len(rows), size)
