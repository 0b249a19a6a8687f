"""Which version the tables have, and which this program wants."""

from functools import cache
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection

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


def is_up_to_date(connection: Connection) -> bool:
    """Whether the tables are as this program wants them."""
    return current(connection) == wanted()
