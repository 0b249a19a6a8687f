"""A few heavy answers at a time: some more wait for their turn, the rest are told to come again."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from tracker.adapters import memory
from tracker.errors import BusyError

AT_ONCE = 2
WAITING = 2  # no more: who waits keeps a thread that could answer others
LONGEST_WAIT = 10.0

_rooms = BoundedSemaphore(AT_ONCE + WAITING)
_turns = BoundedSemaphore(AT_ONCE)


@contextmanager
def turn() -> Iterator[None]:
    """The turn of one report in this process; waits, so never call it inside a transaction."""
    if not _rooms.acquire(blocking=False):
        raise BusyError("reports_busy")
    try:
        if not _turns.acquire(timeout=LONGEST_WAIT):
            raise BusyError("reports_busy")
        try:
            yield
        finally:
            _turns.release()
            memory.give_back()
    finally:
        _rooms.release()
