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
from tracker.jobs import ticking

log = logging.getLogger("tracker.jobs")
Context = Callable[[], AbstractContextManager[Any]]


class Background(Consumer):
    """A consumer inside the web process, which keeps the signals for itself."""

    def _set_signal_handlers(self) -> None:
        pass


def queue(config: Config) -> huey.Huey:
    """The queue of this machine, a file: who does a thing is settled in the database (ADR 0012)."""
    return huey.SqliteHuey(
        "tracker", filename=str(config.data_dir / "queue.db"), results=False, utc=True
    )


def consumer(config: Config, context: Context, kind: type[Consumer] = Consumer) -> Consumer:
    """A consumer that ticks at its start and then every minute."""
    tasks = queue(config)

    def tick() -> None:
        run(config, context, clock.now())

    tasks.periodic_task(huey.crontab(minute="*"), expires=50, name="tick")(tick)
    # systemd stops with TERM: what is being done is done to its end.
    return kind(tasks, workers=1, periodic=True, graceful_signal="TERM")


def run(config: Config, context: Context, at: datetime) -> None:
    """One tick inside the application; an error is logged, and the next minute is another try."""
    try:
        with context():
            ticking.tick(config, at=at)
    except Exception:
        log.exception("tick failed")
