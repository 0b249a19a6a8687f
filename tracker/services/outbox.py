"""Promises written with a change, kept later by the worker: each once, whatever happens."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy import UpdateBase, delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.attributes import set_committed_value

from tracker.extensions import db
from tracker.models import OutboxItem
from tracker.queries import outbox as read

LEASE = timedelta(minutes=10)
LONGEST_WAIT = timedelta(hours=6)
KEPT = timedelta(days=90)
ERROR_LENGTH = 500


def put(
    kind: str,
    key: str,
    payload: Mapping[str, object],
    *,
    at: datetime,
    due_at: datetime | None = None,
) -> OutboxItem | None:
    """Promise something in the caller's transaction; the same key twice is the same promise.

    Of two transactions that write one new key in the same moment, the later one is refused by the
    database.
    """
    if read.find(key) is not None:
        return None
    item = OutboxItem(key=key, kind=kind, payload=dict(payload), created_at=at, due_at=due_at or at)
    db.session.add(item)
    return item


def claim(
    items: Sequence[OutboxItem], *, at: datetime, lease: timedelta = LEASE
) -> list[OutboxItem]:
    """Take items for this worker; those another one took meanwhile are left out.

    A claim moves `due_at` on: a worker that dies leaves its items to be done after the lease.
    """
    mine = []
    for item in items:
        taken = _changed(
            update(OutboxItem)
            .where(
                OutboxItem.id == item.id,
                OutboxItem.done_at.is_(None),
                OutboxItem.attempts == item.attempts,
            )
            .values(attempts=item.attempts + 1, due_at=at + lease)
        )
        if taken:
            set_committed_value(item, "attempts", item.attempts + 1)
            mine.append(item)
    return mine


def done(item: OutboxItem, *, at: datetime, note: str | None = None) -> None:
    """The promise is kept, or (with a note) needs no keeping any more."""
    item.done_at = at
    item.last_error = note


def failed(item: OutboxItem, error: str, *, at: datetime) -> None:
    """Try again later, each time after twice as long."""
    item.last_error = error[:ERROR_LENGTH]
    item.due_at = at + min(timedelta(minutes=2 ** (item.attempts - 1)), LONGEST_WAIT)


def try_again(*, at: datetime) -> int:
    """Give everything undone a fresh start now; returns how many."""
    return _changed(
        update(OutboxItem).where(OutboxItem.done_at.is_(None)).values(attempts=0, due_at=at)
    )


def hold(kinds: Collection[str], *, at: datetime) -> int:
    """Never do what waits of those kinds (after a restore it may have been done elsewhere)."""
    return _changed(
        update(OutboxItem)
        .where(OutboxItem.done_at.is_(None), OutboxItem.kind.in_(list(kinds)))
        .values(done_at=at, last_error="held back: came with a restore")
    )


def note_tick(*, at: datetime) -> None:
    """Leave a sign of life of the worker."""
    changed = _changed(
        update(OutboxItem).where(OutboxItem.key == read.TICK).values(done_at=at, due_at=at)
    )
    if not changed:
        item = OutboxItem(
            key=read.TICK, kind=read.TICK, payload={}, created_at=at, due_at=at, done_at=at
        )
        # Another worker may be quicker by a moment; its sign is as good.
        with suppress(IntegrityError), db.session.begin_nested():
            db.session.add(item)


def forget_old(*, at: datetime) -> int:
    """Drop what was done long ago; returns how many."""
    old = select(OutboxItem.id).where(OutboxItem.done_at < at - KEPT, OutboxItem.key != read.TICK)
    return _changed(delete(OutboxItem).where(OutboxItem.id.in_(old)))


def _changed(statement: UpdateBase) -> int:
    """How many rows a statement changed, past the session: a row of another worker stays theirs."""
    db.session.flush()  # rows added just now must be found
    return db.session.connection().execute(statement).rowcount
