"""Keeping the facts of every workstream beside the plan, in the transaction of each change.

The board reads these rows instead of all tasks. They hold no lateness, so midnight needs no job.
"""

from collections.abc import Iterable
from functools import cache

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session

from tracker.extensions import db
from tracker.models import Summary, Workstream
from tracker.queries import facts


def refresh_touched(session: Session) -> None:
    """Before a commit: make the summaries of all workstreams anew that were changed in it."""
    touched: set[int] = session.info.pop("touched_workstreams", set())
    if touched:
        session.flush()  # the facts are gathered from the rows as they will be
        refresh(touched)


def forget_touched(session: Session) -> None:
    """After a rollback: nothing was changed."""
    session.info.pop("touched_workstreams", None)


def refresh(workstream_ids: Iterable[int]) -> None:
    """Gather the facts of those workstreams and store them.

    One transaction at a time does so for a workstream: whoever waited sees what the other stored,
    so neither overwrites the other's facts and no revision of a workstream is given twice.
    """
    ids = sorted(workstream_ids)
    _wait_for_turn(ids)
    rows = {row.workstream_id: row for row in db.session.scalars(_stored(), {"ids": ids})}
    revision = (db.session.scalar(_newest()) or 0) + 1
    for workstream_id, gathered in facts.of(ids).items():
        row = rows.get(workstream_id)
        if row is None:
            row = Summary(workstream_id=workstream_id)
            db.session.add(row)
        row.facts = gathered.to_json()
        row.revision = revision


def _wait_for_turn(ids: list[int]) -> None:
    """Lock the workstreams until the commit, always in the same order.

    FOR NO KEY UPDATE, so that new tasks, whose foreign keys hold these rows too, do not wait.
    SQLite knows no such locks and needs none: its writers come one after the other.
    """
    db.session.execute(_turn(), {"ids": ids}).all()


@cache
def _turn() -> Select[int]:
    return (
        select(Workstream.id)
        .where(Workstream.id.in_(bindparam("ids", expanding=True)))
        .order_by(Workstream.id)
        .with_for_update(key_share=True)
    )


@cache
def _stored() -> Select[Summary]:
    return (
        select(Summary)
        .where(Summary.workstream_id.in_(bindparam("ids", expanding=True)))
        .execution_options(populate_existing=True)
    )


@cache
def _newest() -> Select[int | None]:
    return select(func.max(Summary.revision))


def rebuild() -> int:
    """Make all summaries anew (the night job, as a check); returns how many differed."""
    ids = list(db.session.scalars(select(Workstream.id)))
    stored = {row.workstream_id: row.facts for row in db.session.scalars(select(Summary))}
    fresh = facts.of(ids)
    differing = [id_ for id_ in ids if stored.get(id_) != fresh[id_].to_json()]
    if differing:
        refresh(differing)
    return len(differing)
