"""What can be done with a link between an item and what it waits for."""

from collections.abc import Sequence

from sqlalchemy import select

from tracker.errors import RuleViolationError
from tracker.extensions import db
from tracker.lib import schedule
from tracker.models import Dependency, Group, Milestone, Task
from tracker.models.dependencies import Key, key_of
from tracker.queries import dependencies as read
from tracker.services import history
from tracker.services.act import Act

Thing = Task | Milestone
LONGEST_LAG = 500  # working days, two years


def link(successor: Thing, predecessor: Thing, lag: int = 0, *, by: Act) -> Dependency:
    """Let the one wait for the other and `lag` working days. Refuses what would be a ring."""
    _check_ends(successor, predecessor)
    if not 0 <= lag <= LONGEST_LAG:
        raise RuleViolationError("lag_out_of_range", most=LONGEST_LAG)
    _wait_for_turn()
    links = read.live_links()
    new = schedule.Link(key_of(predecessor), key_of(successor), lag)
    if any(old[:2] == new[:2] for old in links):
        raise RuleViolationError("dependency_exists", code=predecessor.code)
    way = schedule.ring(links, new)
    if way:
        told = read.codes(way, {successor.group_id, predecessor.group_id})
        raise RuleViolationError("dependency_ring", way=" → ".join(told[key] for key in way))
    made = Dependency(
        **_end("predecessor", predecessor),
        **_end("successor", successor),
        lag=lag,
        created_by_id=by.person_id,
        created_at=by.at,
    )
    history.created(made, by=by)
    _tell_both(predecessor, successor, lag, by=by, is_new=True)
    return made


def unlink(dependency: Dependency, *, by: Act) -> None:
    """Let the one no longer wait for the other."""
    predecessor, successor = _thing(dependency.predecessor), _thing(dependency.successor)
    _tell_both(predecessor, successor, dependency.lag, by=by, is_new=False)
    db.session.delete(dependency)
    db.session.flush()  # the record is of a row that is gone, and must not touch it again
    words = f"{predecessor.code} → {successor.code}"
    history.record(dependency, "removed", words, None, by=by)


def forget(things: Sequence[Thing], *, by: Act) -> None:
    """Remove the links of what is about to be deleted for good."""
    for dependency in read.of_any({key_of(thing) for thing in things}):
        unlink(dependency, by=by)


def open_rings(things: Sequence[Thing], *, by: Act) -> None:
    """Let go of those links of what came back that would close a ring by now."""
    _wait_for_turn()
    for dependency in read.of_any({key_of(thing) for thing in things}):
        ends = (dependency.predecessor, dependency.successor)
        others = [link for link in read.live_links() if link[:2] != ends]
        if schedule.ring(others, schedule.Link(*ends)):
            unlink(dependency, by=by)


def _check_ends(successor: Thing, predecessor: Thing) -> None:
    for thing in (successor, predecessor):
        if thing.deleted_at is not None:
            raise RuleViolationError("dependency_in_trash", code=thing.code)
    if key_of(successor) == key_of(predecessor):
        raise RuleViolationError("dependency_on_itself", code=successor.code)
    if isinstance(successor, Task) and key_of(predecessor) in {
        ("milestone", successor.milestone_id),
        ("task", successor.parent_id),
    }:
        raise RuleViolationError("dependency_on_whole", code=predecessor.code)


def _wait_for_turn() -> None:
    """Two links added at one time could close a ring that neither sees; one waits for the other.

    SQLite needs no lock: its writers come one after the other.
    """
    db.session.execute(select(Group.id).order_by(Group.id).with_for_update(key_share=True)).all()


def _tell(thing: Thing, field: str, other: Thing, lag: int, *, by: Act, is_new: bool) -> None:
    """Keep it in the item's own history too, by the code of the other.

    Who sees the one need not see the other: the code of a restricted group is told to nobody else.
    """
    group = db.session.get_one(Group, other.group_id)
    is_told = not group.is_restricted or group.id == thing.group_id
    told = {"code": other.code if is_told else "", "lag": lag}
    history.record(thing, field, None if is_new else told, told if is_new else None, by=by)


def _tell_both(predecessor: Thing, successor: Thing, lag: int, *, by: Act, is_new: bool) -> None:
    _tell(successor, "waits_for", predecessor, lag, by=by, is_new=is_new)
    _tell(predecessor, "waited_for_by", successor, lag, by=by, is_new=is_new)


def _end(side: str, thing: Thing) -> dict[str, int]:
    return {f"{side}_{key_of(thing)[0]}_id": thing.id}


def _thing(key: Key) -> Thing:
    kind, id_ = key
    if kind == "task":
        return db.session.get_one(Task, id_)
    return db.session.get_one(Milestone, id_)
