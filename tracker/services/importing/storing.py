"""Storing many milestones or tasks at once, with the record and the index that each would get."""

from collections.abc import Iterable, Sequence

from sqlalchemy import delete, inspect

from tracker.extensions import Base, db
from tracker.models import Change, Milestone, SearchEntry, Task
from tracker.services import history, search
from tracker.services.act import Act
from tracker.services.bulk import AT_ONCE, insert_rows

Things = Sequence[Task] | Sequence[Milestone] | Sequence[Task | Milestone]


def create(things: Things, *, by: Act) -> None:
    """As `history.created` and `search.index`, for many of one kind."""
    if not things:
        return
    db.session.add_all(things)
    db.session.flush()  # the ids of the new things
    record([(thing, "created", None, _values(thing)) for thing in things], by=by)
    index(things)


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
