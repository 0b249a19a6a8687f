"""How connections begin: SQLite's settings, and who may write.

SQLite answers "database is locked" at once when a transaction that began as a reader wants to
write, whatever the busy timeout; so writers begin with IMMEDIATE and readers with a plain BEGIN.
"""

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from sqlalchemy import Connection, Engine, event, func, select
from sqlalchemy.orm import Session

_reading: ContextVar[bool] = ContextVar("reading", default=False)

PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = NORMAL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA recursive_triggers = ON",
    "PRAGMA busy_timeout = 10000",
    "PRAGMA cache_size = -2000",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA mmap_size = 33554432",
)


def read_only(value: bool = True) -> None:  # noqa: FBT001, FBT002 - reads as a statement
    """Transactions of this request or task begin as readers from now on (or as writers again)."""
    _reading.set(value)


@contextmanager
def reading() -> Iterator[None]:
    """Transactions inside begin as readers: a long export never locks writers out."""
    token = _reading.set(True)
    try:
        yield
    finally:
        _reading.reset(token)


def one_at_a_time(session: Session, what: str) -> None:
    """Wait for whoever does the same, until this transaction ends; what is read from here on they
    have written. SQLite's writers wait for each other anyway.
    """
    if session.connection().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(zlib.crc32(what.encode()))))


def prepare(engine: Engine) -> None:
    """Set the engine up once, right after it was made."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_pragmas)
        event.listen(engine, "begin", _begin)


def _set_pragmas(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # transactions are begun by us, below
    for pragma in PRAGMAS:
        connection.execute(pragma)


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN" if _reading.get() else "BEGIN IMMEDIATE")
