"""A few heavy answers at a time: some more wait for their turn, the rest are told to come again."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from tracker.adapters import memory
from tracker.errors import BusyError


class Turns:
    """So many at once in this process; so many more wait, each for at most so many seconds.

    Who waits keeps a thread that could answer others.
    """

    def __init__(self, at_once: int, *, waiting: int, longest: float) -> None:
        self._rooms = BoundedSemaphore(at_once + waiting)
        self._turns = BoundedSemaphore(at_once)
        self._longest = longest

    @contextmanager
    def turn(self) -> Iterator[None]:
        """One of them; waits, so never call it inside a transaction that writes."""
        if not self._rooms.acquire(blocking=False):
            raise BusyError("reports_busy")
        try:
            if not self._turns.acquire(timeout=self._longest):
                raise BusyError("reports_busy")
            try:
                yield
            finally:
                self._turns.release()
        finally:
            self._rooms.release()


_reports = Turns(2, waiting=2, longest=10)


@contextmanager
def turn() -> Iterator[None]:
    """The turn of one report in this process; what it took is given back in the end."""
    with _reports.turn():
        try:
            yield
        finally:
            memory.give_back()
