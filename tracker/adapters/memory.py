"""Memory given back to the system: what glibc would keep for each thread, and after a report.

And how often it is searched for what nobody holds any more.
"""

import ctypes
import gc
from contextlib import suppress

# mallopt's numbers for what is set (malloc.h). Once set, glibc adjusts none of them by itself:
# after the first password is hashed it would keep room for the next, for each heap.
TRIM_THRESHOLD, MMAP_THRESHOLD, ARENA_MAX = -1, -3, -8
MEGABYTE = 1024 * 1024
SETTINGS = {
    ARENA_MAX: 2,  # else a heap for each thread, none of which ever shrinks
    MMAP_THRESHOLD: MEGABYTE,  # what is as large is returned as soon as it is free
    TRIM_THRESHOLD: 8 * MEGABYTE,
}
# So many new objects, and so many rounds of each kind, before a search for those in circles. By
# Python's own numbers (700, 10, 10) a report on all groups is a third of its time in searches.
ROUNDS = (10_000, 20, 20)


def save() -> None:
    """Keep little that is not used; called before threads are started.

    Does nothing where the C library is another one.
    """
    with suppress(OSError, AttributeError):
        libc = ctypes.CDLL(None)
        for setting, value in SETTINGS.items():
            libc.mallopt(setting, value)


def settle() -> None:
    """What is there now stays for ever: it is not searched again, nor copied by who shares it."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*ROUNDS)


def give_back() -> None:
    """Return what is free to the system, after something that took much."""
    gc.collect()
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
