"""Moving along what waits for an item whose forecast was moved."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import select

from tracker.errors import RuleViolationError
from tracker.extensions import db
from tracker.models import Group, Milestone, Task
from tracker.models.dependencies import key_of
from tracker.queries.cascades import Cascade, Pushed
from tracker.services import history, notifications
from tracker.services.act import Act, Why
from tracker.services.bulk import AT_ONCE
from tracker.services.tasks import LATEST

CAUSE = "cascade"
Thing = Task | Milestone


def push(
    moved: Thing, cascade: Cascade, *, why: Why | None, by: Act, moves_along: bool = True
) -> None:
    """Move the forecasts that the move pushes, each with the reason of the move and its cause.

    Their owners hear of it. Where the mover may not move an item, or chose to move nothing along,
    it stays; of the former its owner and whoever leads its group hear.
    """
    if moves_along and cascade.pushed:
        _check(cascade, why)
        dates = {pushed.node.key: pushed.new for pushed in cascade.pushed}
        for thing in _things(cascade.pushed):
            _move(thing, dates[key_of(thing)], moved, why=why, by=by)
            if isinstance(thing, Task):
                notifications.announce_push(thing, by=by)
    for held in _things([*cascade.held, *cascade.unseen]):
        notifications.announce_push_wanted(held, by=by)


def _check(cascade: Cascade, why: Why | None) -> None:
    if why is None:
        raise RuleViolationError("reason_needed")
    if cascade.latest and cascade.latest > LATEST:
        raise RuleViolationError("outside_years")


def _move(thing: Thing, day: date, moved: Thing, *, why: Why | None, by: Act) -> None:
    """Who sees the one need not see the other: a restricted group is not named to anybody else."""
    group = db.session.get_one(Group, moved.group_id)
    code = moved.code if not group.is_restricted or thing.group_id == group.id else ""
    sentence = why.sentence if why else ""
    told = ": ".join(part for part in (code, sentence) if part)
    history.change(
        thing,
        {"forecast": day},
        by=replace(by, cause=f"{CAUSE}:{code}" if code else CAUSE),
        why=replace(why, sentence=told) if why else None,
    )


def _things(pushes: Sequence[Pushed]) -> Iterator[Thing]:
    for ids in _ids(pushes, "milestone"):
        yield from db.session.scalars(
            select(Milestone).where(Milestone.id.in_(ids)).order_by(Milestone.id)
        )
    for ids in _ids(pushes, "task"):
        yield from db.session.scalars(select(Task).where(Task.id.in_(ids)).order_by(Task.id))


def _ids(pushes: Sequence[Pushed], kind: str) -> Iterator[Sequence[int]]:
    """As many at once as a statement has room for."""
    ids = [pushed.node.key[1] for pushed in pushes if pushed.node.kind == kind]
    for first in range(0, len(ids), AT_ONCE):
        yield ids[first : first + AT_ONCE]
