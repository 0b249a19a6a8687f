"""Storing rows by the thousands, with everything the other verbs would keep beside them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert, inspect

from tracker.extensions import Base, db

AT_ONCE = 5000


def insert_rows(table: type[Base], rows: Sequence[dict[str, Any]]) -> None:
    """Store the rows. Their history and search entries are rows of the caller's own."""
    for first in range(0, len(rows), AT_ONCE):
        db.session.execute(insert(table), rows[first : first + AT_ONCE])


def insert_numbered(table: type[Base], rows: Sequence[dict[str, Any]]) -> list[int]:
    """Store the rows and return their ids, in their order."""
    (key,) = inspect(table).primary_key
    ids: list[int] = []
    for first in range(0, len(rows), AT_ONCE):
        statement = insert(table).returning(key, sort_by_parameter_order=True)
        ids += db.session.scalars(statement, rows[first : first + AT_ONCE])
    return ids
