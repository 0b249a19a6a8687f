"""Work that a page leaves to a process of its own (ADR 0037).

In a thread of the server it would hold up every other page, since Python runs one thread at a
time, and what it took would stay.
"""

import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import BinaryIO, TypeVar

from tracker.errors import BusyError, RuleViolationError
from tracker.web.configuration import config

T = TypeVar("T")
PROGRAM = "from tracker.app import work_apart; work_apart()"
LONGEST = 120.0  # seconds; a report on 100,000 tasks is frozen in some 20 s of work


def run(work: Callable[..., T], *given: object) -> T:
    """What a function of a module returns, called there in a transaction of its own.

    It sees what was committed, and is refused what it is refused there.
    """
    try:
        child = subprocess.run(  # noqa: S603 - our own interpreter and program
            [sys.executable, "-c", PROGRAM],
            input=pickle.dumps((work, given)),
            stdout=subprocess.PIPE,
            timeout=LONGEST,
            check=True,
            env=os.environ | config().environment,
        )
    except subprocess.TimeoutExpired as error:
        raise BusyError("reports_busy") from error
    code, told = pickle.loads(child.stdout)  # noqa: S301 - by `answer`, through a pipe of ours
    if code:
        raise RuleViolationError(code, **told)
    found: T = told
    return found


def answer(asked: BinaryIO, out: BinaryIO) -> None:
    """What that process does: the work, then telling what it came to."""
    with suppress(AttributeError, OSError):  # not every system knows it
        os.nice(10)
    work, given = pickle.load(asked)  # noqa: S301 - by `run`, through a pipe of ours
    try:
        told = "", work(*given)
    except RuleViolationError as error:
        told = error.code, error.values
    pickle.dump(told, out)
