"""Storing many milestones or tasks at once, with the record and the index that each would get."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from sqlalchemy import Select, delete, insert, inspect, select

from tracker.extensions import Base, db
from tracker.models import Change, Milestone, SearchEntry, Task
from tracker.services import history, search
from tracker.services.act import Act
from tracker.services.bulk import AT_ONCE, insert_rows

Thing = TypeVar("Thing", Task, Milestone)
Things = Sequence[Task] | Sequence[Milestone] | Sequence[Task | Milestone]


def create(table: type[Thing], rows: Sequence[dict[str, Any]], *, by: Act) -> list[Thing]:
    """As adding them one by one with `history.created` and `search.index`; in their order."""
    ids: dict[str, int] = {}
    complete = _complete(table, rows)
    for first in range(0, len(complete), AT_ONCE):
        # Told by their codes: SQLite inserts one by one where the order has to be kept.
        stored = insert(table).returning(table.code, table.id)
        found = db.session.execute(stored, complete[first : first + AT_ONCE])
        ids |= {row.code: row.id for row in found}
    things = fetched(table, [ids[row["code"]] for row in rows])
    record([(thing, "created", None, _values(thing)) for thing in things], by=by)
    index(things)
    return things


def fetched(table: type[Thing], ids: Sequence[int]) -> list[Thing]:
    """The things of those ids, in their order."""
    found: dict[int, Thing] = {}
    for first in range(0, len(ids), AT_ONCE):
        some = ids[first : first + AT_ONCE]
        found |= {thing.id: thing for thing in db.session.scalars(_of(table, some))}
    return [found[id_] for id_ in ids]


def _of(table: type[Thing], ids: Sequence[int]) -> Select[Thing]:
    return select(table).where(table.id.in_(ids))


def _complete(table: type[Thing], rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every row with every column, for they go into the table together."""
    mapped: type[Base] = table
    blank = {
        column.key: getattr(column.default, "arg", None)
        for column in inspect(mapped).columns
        if not column.primary_key
    }
    return [{**blank, **row} for row in rows]


def record(changes: Iterable[tuple[Task | Milestone, str, object, object]], *, by: Act) -> None:
    """As `history.record`, for things that get their version by this act anyway."""
    touched: set[int] = db.session.info.setdefault("touched_workstreams", set())
    rows = []
    for thing, field, old, new in changes:
        touched.add(thing.workstream_id)
        rows.append(
            {
                "at": by.at,
                "person_id": by.person_id,
                "cause": by.cause,
                "kind": history.KINDS[type(thing)],
                "subject_id": thing.id,
                "group_id": thing.group_id,
                "field": field,
                "old": history.encoded(old),
                "new": history.encoded(new),
                "version": thing.version,
            }
        )
    insert_rows(Change, rows)


def index(things: Things) -> None:
    """As `search.index`, for many of one kind."""
    forget(things)
    insert_rows(SearchEntry, [search.entry(thing) for thing in things])


def forget(things: Things) -> None:
    """As `search.forget`, for many of one kind."""
    for first in range(0, len(things), AT_ONCE):
        some = things[first : first + AT_ONCE]
        db.session.execute(
            delete(SearchEntry).where(
                SearchEntry.kind == history.KINDS[type(some[0])],
                SearchEntry.subject_id.in_([thing.id for thing in some]),
            )
        )


def _values(thing: Task | Milestone) -> dict[str, object]:
    table: type[Base] = type(thing)
    return {
        column.key: getattr(thing, column.key)
        for column in inspect(table).column_attrs
        if column.key not in history.UNRECORDED and getattr(thing, column.key) is not None
    }
