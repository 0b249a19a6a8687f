"""Which version the tables have, and which this program wants."""

from datetime import datetime
from functools import cache
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, func, select
from sqlalchemy.exc import DBAPIError, OperationalError

UNREACHABLE = (DBAPIError,)
NOT_WORKING = (OperationalError,)  # no connection, no room, a file that cannot be opened
MIGRATIONS = Path(__file__).parents[1] / "migrations"


def current(connection: Connection) -> str | None:
    """The revision of the tables; None before there are any."""
    return MigrationContext.configure(connection).get_current_revision()


@cache
def wanted() -> str | None:
    """The revision this program was written for."""
    return ScriptDirectory(str(MIGRATIONS)).get_current_head()


def is_known(revision: str) -> bool:
    """Whether this program has a way from that revision to its own."""
    try:
        return ScriptDirectory(str(MIGRATIONS)).get_revision(revision) is not None
    except CommandError:
        return False


def problem(error: DBAPIError) -> str:
    """What the database said, in one line."""
    return str(error.orig).strip().splitlines()[0]


def is_up_to_date(connection: Connection) -> bool:
    """Whether the tables are as this program wants them."""
    return current(connection) == wanted()


def seconds_apart(engine: Engine, at: datetime) -> float:
    """How far the clock of the database's machine is from that moment; SQLite has ours."""
    if engine.dialect.name == "sqlite":
        return 0.0
    try:
        with engine.connect() as connection:
            theirs = connection.scalar(select(func.clock_timestamp()))
    except UNREACHABLE:
        return 0.0
    return (theirs - at).total_seconds() if isinstance(theirs, datetime) else 0.0
