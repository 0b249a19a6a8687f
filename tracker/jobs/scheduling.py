"""Huey keeps the time: a tick a minute, by a worker of its own or a thread of `tracker serve`."""

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

import huey
from huey.consumer import Consumer

from tracker.adapters import clock
from tracker.config import Config
from tracker.jobs import queues, report_exports, ticking

log = logging.getLogger("tracker.jobs")
FILES = "files"
LONGEST_NAP = 1.0  # seconds until an idle worker looks into the queue again
Context = Callable[[], AbstractContextManager[Any]]


class Background(Consumer):
    """A consumer inside the web process, which keeps the signals for itself."""

    def _set_signal_handlers(self) -> None:
        pass


def consumer(config: Config, context: Context, kind: type[Consumer] = Consumer) -> Consumer:
    """A consumer that ticks at its start and then every minute, and makes files when woken."""
    tasks = queues.reached(config)

    def tick() -> None:
        run(config, context, clock.now())
        make_files()

    def make_files() -> None:
        make(config, context, made.stop_flag.is_set)

    tasks.periodic_task(huey.crontab(minute="*"), expires=50, name="tick")(tick)
    tasks.task(name=FILES)(make_files)
    # systemd stops with TERM: what is being done is done to its end; a file is begun anew by the
    # next worker. One thread ticks while the other waits for a file.
    made = kind(tasks, workers=2, periodic=True, graceful_signal="TERM", max_delay=LONGEST_NAP)
    return made


def wake(config: Config) -> None:
    """Tell a worker at once that a file is waited for; if it cannot be told, it looks by itself
    within the minute.
    """
    try:
        tasks = queues.opened(config)
        try:
            tasks.task(name=FILES)(_woken)()
        finally:
            queues.close(tasks)
    except Exception:  # a queue that cannot be reached may raise anything
        log.warning("no worker could be woken", exc_info=True)


def _woken() -> None:
    """What the worker knows by the same name (Huey sends the name only)."""


def run(config: Config, context: Context, at: datetime) -> None:
    """One tick inside the application; an error is logged, and the next minute is another try."""
    try:
        with context():
            ticking.tick(config, at=at)
    except Exception:
        log.exception("tick failed")


def make(config: Config, context: Context, is_stopping: Callable[[], bool]) -> None:
    """Make the files that are waited for; an error is logged, the next minute is another try."""
    try:
        with context():
            report_exports.work(config, now=clock.now, is_stopping=is_stopping)
    except Exception:
        log.exception("files could not be made")
