"""Keeping the facts of every workstream beside the plan, in the transaction of each change.

The board reads these rows instead of all tasks. They hold no lateness, so midnight needs no job.
"""

from collections.abc import Iterable
from functools import cache

from sqlalchemy import (
    BindParameter,
    Insert,
    ScalarSelect,
    Select,
    Update,
    bindparam,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.orm import Session, aliased

from tracker.extensions import db
from tracker.lib.health import WorkstreamFacts
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
    for workstream_id, gathered in facts.of(ids).items():
        _store(workstream_id, gathered)


def _wait_for_turn(ids: list[int]) -> None:
    """Lock the workstreams until the commit, always in the same order.

    FOR NO KEY UPDATE, so that new tasks, whose foreign keys hold these rows too, do not wait.
    SQLite knows no such locks and needs none: its writers come one after the other.
    """
    if db.session.get_bind().dialect.name != "sqlite":
        db.session.execute(_turn(), {"ids": ids}).all()


@cache
def _turn() -> Select[int]:
    return (
        select(Workstream.id)
        .where(Workstream.id.in_(bindparam("ids", expanding=True)))
        .order_by(Workstream.id)
        .with_for_update(key_share=True)
    )


def _store(workstream_id: int, gathered: WorkstreamFacts) -> None:
    """Past the session, which nobody asks for summaries."""
    connection = db.session.connection()
    row = {"of_workstream": workstream_id, "gathered": gathered.to_json()}
    if not connection.execute(_replaced(), row).rowcount:
        connection.execute(_added(), row)


@cache
def _replaced() -> Update:
    stored = Summary.workstream_id == bindparam("of_workstream")
    return update(Summary).where(stored).values(facts=_gathered(), revision=_next_revision())


@cache
def _added() -> Insert:
    return insert(Summary).values(
        workstream_id=bindparam("of_workstream"),
        facts=_gathered(),
        revision=_next_revision(),
    )


def _gathered() -> BindParameter[object]:
    return bindparam("gathered", type_=Summary.facts.type)


def _next_revision() -> ScalarSelect[int]:
    others = aliased(Summary)
    return select(func.coalesce(func.max(others.revision), 0) + 1).scalar_subquery()


def rebuild() -> int:
    """Make all summaries anew (the night job, as a check); returns how many differed."""
    ids = list(db.session.scalars(select(Workstream.id)))
    stored = dict(db.session.execute(select(Summary.workstream_id, Summary.facts)).all())
    fresh = facts.of(ids)
    differing = [id_ for id_ in ids if stored.get(id_) != fresh[id_].to_json()]
    if differing:
        refresh(differing)
    return len(differing)
