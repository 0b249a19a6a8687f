"""Where Huey keeps its messages: a file of this machine, PostgreSQL or Redis (QUEUE_URL).

Only wake-up calls go through it. Who does a thing is settled in the database (ADR 0012), so a
queue may be emptied or moved at any time.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from urllib.parse import urlencode, urlsplit

import huey
from huey.serializer import SignedSerializer

from tracker.config import Config
from tracker.errors import RuleViolationError

NAME = "tracker"
# Seconds after which a queue that does not answer is given up, so that no page waits for it long.
PATIENCE = 3


def opened(config: Config) -> huey.Huey:
    """The queue. Its messages are pickles, so only those signed with our key are read."""
    url = config.queue_url or f"sqlite:///{config.data_dir / 'queue.db'}"
    signed = SignedSerializer(secret=config.secret_key, salt="tracker.queue")
    opener = OPENERS[url.partition("://")[0]]
    return opener(url, results=False, utc=True, serializer=signed)


def _of_a_file(url: str, **options: Any) -> huey.Huey:  # noqa: ANN401 - Huey has no types
    return huey.SqliteHuey(NAME, filename=url.removeprefix("sqlite:///"), **options)


def _of_postgresql(url: str, **options: Any) -> huey.Huey:  # noqa: ANN401
    queue = huey.PostgresHuey(
        NAME,
        dsn=url,
        table_prefix="queue",
        connect_timeout=PATIENCE,
        application_name="nqi-tracker queue",
        **options,
    )
    # Each thread of a worker listens on a connection of its own, which only it can close.
    queue.on_shutdown(name="close")(lambda: close(queue))
    return queue


def _of_redis(url: str, **options: Any) -> huey.Huey:  # noqa: ANN401
    patience = urlencode({"socket_connect_timeout": PATIENCE, "socket_timeout": 2 * PATIENCE})
    joint = "&" if urlsplit(url).query else "?"
    return huey.RedisHuey(NAME, url=f"{url}{joint}{patience}", **options)


OPENERS: dict[str, Callable[..., huey.Huey]] = {
    "sqlite": _of_a_file,
    "postgresql": _of_postgresql,
    "redis": _of_redis,
    "rediss": _of_redis,
}


def reached(config: Config) -> huey.Huey:
    """The queue, which has answered once; a sentence where it does not."""
    try:
        queue = opened(config)
        queue.storage.queue_size()
    except Exception as error:  # three libraries, each with errors of its own
        problem = _without_password(str(error).partition("\n")[0], config.queue_url or "")
        raise RuleViolationError("queue_unreachable", problem=problem) from error
    return queue


def _without_password(problem: str, url: str) -> str:
    """A sign that an address should have had encoded cuts the password, and libraries then quote
    a piece of it as a port or a host.
    """
    password = url.partition("://")[2].rpartition("@")[0].partition(":")[2]
    for piece in filter(None, re.split("[#/?@:]", password)):
        problem = problem.replace(piece, "…")
    return problem


def close(queue: huey.Huey) -> None:
    """Let go of its connections."""
    with suppress(AttributeError):  # two threads of a worker may close it at once
        queue.storage.close()
    pool = getattr(queue.storage, "pool", None)
    if pool is not None:
        pool.disconnect()
