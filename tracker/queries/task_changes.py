"""Which tasks were finished, added and dropped between two days, also those deleted since.

Only top-level tasks count, as everywhere on the board.
"""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, String, and_, case, cast, func, or_, select

from tracker.extensions import db
from tracker.lib.dates import end_of_day_utc
from tracker.models import Change, Group, Strand, Task, TaskStatus, Workstream
from tracker.models.history import TELLS_FATE
from tracker.policies import groups as may
from tracker.policies.actor import Actor
from tracker.queries.past import Item, replay

DROPPED = f'"{TaskStatus.DROPPED.value}"'  # as JSON text
MOST = 1000


class Fate(StrEnum):
    """What became of a task."""

    FINISHED = "finished"
    ADDED = "added"
    DROPPED = "dropped"


@dataclass(frozen=True)
class Window:
    """The time after the end of one day up to the end of another, or until now."""

    since: date
    until: date | None = None

    @property
    def condition(self) -> ColumnElement[bool]:
        """That a change lies within."""
        after = Change.at > end_of_day_utc(self.since)
        if self.until is None:
            return after
        return and_(after, Change.at <= end_of_day_utc(self.until))


class Counts(NamedTuple):
    """How many tasks of a workstream."""

    key: str
    strand: Strand
    finished: int = 0
    added: int = 0
    dropped: int = 0


class Line(NamedTuple):
    """One task; one that is gone cannot be opened."""

    code: str
    title: str
    key: str
    name: str
    name_en: str | None
    strand: Strand
    group_id: int
    fate: Fate
    is_there: bool = True


def counts(actor: Actor, seen: Container[int], window: Window) -> Sequence[Counts]:
    """Of each workstream of which there is anything to tell, in the order of the board; of groups
    (by id) that are on it.
    """
    fates = _fates(window)
    numbers = (func.count().filter(fates.c[fate]) for fate in Fate)
    rows = db.session.execute(
        select(Group.key, Workstream.strand, *numbers, Group.id)
        .select_from(fates)
        .join(Task, Task.id == fates.c.id)
        .join(Workstream, Workstream.id == Task.workstream_id)
        .join(Group, Group.id == Task.group_id)
        .where(or_(*(fates.c[fate] for fate in Fate)), may.visible_to(actor))
        .group_by(Group.position, Group.id, Group.key, Workstream.strand)
        .order_by(Group.position, Group.id)
    )
    found = {(row[0], row[1]): Counts._make(row[:-1]) for row in rows if row[-1] in seen}
    for line in _purged(actor, window):
        if line.group_id not in seen:
            continue
        place = line.key, line.strand
        known = found.get(place, Counts(*place))
        found[place] = known._replace(**{line.fate: getattr(known, line.fate) + 1})
    return list(found.values())


def lines(
    actor: Actor, window: Window, key: str = "", strand: Strand | None = None
) -> Sequence[Line]:
    """The tasks themselves, of all groups or of one or one of its strands; so many at most."""
    fates = _fates(window)
    fate = case(*((fates.c[one], one.value) for one in Fate))
    query = (
        select(
            *(Task.code, Task.title, Group.key, Group.name, Group.name_en, Workstream.strand),
            Group.id,
            fate,
            Task.deleted_at.is_(None),
        )
        .select_from(fates)
        .join(Task, Task.id == fates.c.id)
        .join(Workstream, Workstream.id == Task.workstream_id)
        .join(Group, Group.id == Task.group_id)
        .where(fate.is_not(None), may.visible_to(actor))
        .order_by(Group.position, Group.id, Workstream.id, fate, Task.id)
        .limit(MOST)
    )
    if key:
        query = query.where(Group.key == key)
    if strand:
        query = query.where(Workstream.strand == strand)
    found = [Line._make([*row[:7], Fate(row[7]), row[8]]) for row in db.session.execute(query)]
    return found + [
        line
        for line in _purged(actor, window)
        if key in {"", line.key} and strand in {None, line.strand}
    ]


def _fates(window: Window) -> Any:  # noqa: ANN401 - a subquery whose columns are named by Fate
    """What became of each task whose row is there: the last word on each matter counts."""
    happened = _last_changes(window)
    is_gone = happened.c.trashed > happened.c.restored
    is_stopped = happened.c.stopped > happened.c.resumed
    return select(
        happened.c.id,
        and_(happened.c.finished > happened.c.unfinished, ~is_gone).label(Fate.FINISHED),
        and_(happened.c.created > 0, ~is_gone, ~is_stopped).label(Fate.ADDED),
        and_(happened.c.created == 0, or_(is_gone, is_stopped)).label(Fate.DROPPED),
    ).subquery()


def _last_changes(window: Window) -> Any:  # noqa: ANN401 - as above
    """The number of the last change of each sort in the window, a row a task; 0 for none."""
    is_finish, is_status = Change.field == "finished_on", Change.field == "status"
    sorts: Mapping[str, ColumnElement[bool]] = {
        "created": Change.field == "created",
        "trashed": Change.field == "trashed",
        "restored": Change.field == "restored",
        "finished": and_(is_finish, Change.new.is_not(None)),
        "unfinished": and_(is_finish, Change.new.is_(None)),
        "stopped": and_(is_status, cast(Change.new, String) == DROPPED),
        "resumed": and_(is_status, cast(Change.old, String) == DROPPED),
    }
    return (
        select(
            Change.subject_id.label("id"),
            *(
                func.coalesce(func.max(case((sort, Change.id))), 0).label(name)
                for name, sort in sorts.items()
            ),
        )
        .join(Task, Task.id == Change.subject_id)
        .where(_within(window), Task.parent_id.is_(None))
        .group_by(Change.subject_id)
        .subquery()
    )


def _within(window: Window) -> ColumnElement[bool]:
    return and_(TELLS_FATE, window.condition)


# ---------------------------------------------------------------- rows that are gone


def _purged(actor: Actor, window: Window) -> Iterator[Line]:
    """The same of tasks deleted for good: their record is played up to both days."""
    gone = ~select(Task.id).where(Task.id == Change.subject_id).exists()
    ids = db.session.scalars(select(Change.subject_id).where(_within(window), gone).distinct())
    wanted = list(ids)
    if not wanted:
        return
    changes = db.session.scalars(
        select(Change)
        .where(Change.kind == "task", Change.subject_id.in_(wanted))
        .order_by(Change.id)
    ).all()
    places = _places(actor)
    was = replay(one for one in changes if one.at <= end_of_day_utc(window.since))
    stood = replay(
        one for one in changes if window.until is None or one.at <= end_of_day_utc(window.until)
    )
    for key, item in stood.items():
        fate = _fate(was.get(key), item)
        place = places.get(item.values.get("workstream_id"))
        if fate and place and item.values.get("parent_id") is None:
            values = item.values
            yield Line(str(values["code"]), str(values["title"]), *place, fate, is_there=False)


def _places(actor: Actor) -> Mapping[Any, tuple[str, str, str | None, Strand, int]]:
    """Workstreams of the groups that the actor may see."""
    rows = db.session.execute(
        select(Workstream.id, Group.key, Group.name, Group.name_en, Workstream.strand, Group.id)
        .join(Group, Group.id == Workstream.group_id)
        .where(may.visible_to(actor))
    )
    return {row[0]: (row[1], row[2], row[3], row[4], row[5]) for row in rows}


def _fate(was: Item | None, stands: Item) -> Fate | None:
    stood, is_there = _is_planned(was), _is_planned(stands)
    if is_there and stands.values.get("finished_on"):
        return None if stood and was and was.values.get("finished_on") else Fate.FINISHED
    if is_there and not stood:
        return Fate.ADDED
    return Fate.DROPPED if stood and not is_there else None


def _is_planned(item: Item | None) -> bool:
    if item is None or not item.is_live:
        return False
    return item.values.get("status") != TaskStatus.DROPPED.value
