"""What is dear to make and asked for often, kept for a moment in this process."""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

from flask import Flask, current_app

from tracker.web.compression import Part

T = TypeVar("T")

MOST = 64
# On PostgreSQL a change numbered before the newest one may be committed after it; what was made
# in between is wrong for no longer than this.
SECONDS = 15.0
MOST_VALUES = 4  # one may be of a hundred thousand tasks: some ten megabytes


class Kept:
    """The last few things made, by key, each for a few seconds; and a place for parts of them."""

    def __init__(self) -> None:
        self._items: OrderedDict[Hashable, tuple[float, Part]] = OrderedDict()
        self._lock = Lock()
        self._values: OrderedDict[Hashable, Any] = OrderedDict()
        self.parts: dict[str, dict[Any, Any]] = {}

    def part(self, key: Hashable, make: Callable[[], str]) -> Part:
        """The part of pages of that key, made when it is not there or too old."""
        found = self._fresh(key)
        if found is not None:
            return found
        with self._lock:  # who comes at the same time waits for it instead of making it too
            found = self._fresh(key)
            if found is None:
                found = Part(make())
                self._items[key] = (time.monotonic(), found)
                while len(self._items) > MOST:
                    self._items.popitem(last=False)
        return found

    def _fresh(self, key: Hashable) -> Part | None:
        at, part = self._items.get(key, (0.0, None))
        return part if time.monotonic() - at < SECONDS else None

    def value(
        self, key: Hashable, make: Callable[[], T], *, is_good: Callable[[T], bool] | None = None
    ) -> T:
        """What is made of that key for ever: all it depends on is in the key, unless `is_good`
        says whether what is kept will do.
        """
        found: T | None = self._values.get(key)
        if found is None or (is_good and not is_good(found)):
            found = make()
            with self._lock:
                self._values[key] = found
                while len(self._values) > MOST_VALUES:
                    self._values.popitem(last=False)
        return found


def register(app: Flask) -> None:
    """Give the application its own."""
    app.extensions["tracker.kept"] = Kept()


def kept() -> Kept:
    """The application's."""
    found: Kept = current_app.extensions["tracker.kept"]
    return found
