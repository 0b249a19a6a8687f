"""The facts of workstreams at the end of past days, from the history alone.

`of_group` plays the history of a group once and stops at each day asked for, so that a year of
nights costs little more than one.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, literal, select, tuple_

from tracker.extensions import db
from tracker.lib.dates import end_of_day_utc, local_day
from tracker.lib.freshness import CONFIRMING
from tracker.lib.health import MilestoneFact, TaskFact, WorkstreamFacts, gather
from tracker.models import Change, Confirmation, Group, Milestone, Summary, Task, Workstream
from tracker.queries import confirmations
from tracker.queries.confirmations import Ledger
from tracker.queries.past import PLAN, Item, play
from tracker.queries.shapes import AnyRow, Query

Key = tuple[str, int]
Facts = Mapping[int, WorkstreamFacts]
# What facts follow from, and where an item lies; the rest of the history is not read.
FIELDS = (
    *("created", "trashed", "restored", "purged", "workstream_id", "parent_id", "code", "title"),
    *("status", "status_since", "due", "start", "progress"),
    *("baseline", "forecast", "closed_on", "position", "group_id"),
)
TABLES: dict[str, type[Task] | type[Milestone]] = {"task": Task, "milestone": Milestone}
AT_ONCE = 500


class _Event(NamedTuple):
    day: date
    order: int
    key: Key
    field: str = ""
    new: Any = None


def now() -> Facts:
    """Of every workstream, as the last commit left it."""
    return dict(_stored(None))


def of_days(days: Sequence[date]) -> Iterator[tuple[date, Facts]]:
    """Those at the end of each of these days (in order), some workstreams at a time."""
    if len(days) == 1:
        yield days[0], at_end_of(days[0])
        return
    for group_id in db.session.scalars(select(Group.id).order_by(Group.id)).all():
        yield from of_group(group_id, days)


def at_end_of(day: date) -> Facts:
    """Of every workstream that was there, as the night after that day would find it.

    What nobody touched since is as it stands; only groups with later changes are played again.
    """
    touched = _groups_touched_since(day)
    untouched = and_(Group.id.not_in(touched), Group.created_at <= end_of_day_utc(day))
    found = dict(_stored(untouched))
    for group_id in touched:
        for _, facts in of_group(group_id, [day]):
            found |= facts
    return found


def _stored(which: ColumnElement[bool] | None) -> Iterator[tuple[int, WorkstreamFacts]]:
    query = (
        select(Workstream.id, Summary.facts)
        .join(Group, Group.id == Workstream.group_id)
        .outerjoin(Summary, Summary.workstream_id == Workstream.id)
    )
    for id_, facts in db.session.execute(query if which is None else query.where(which)):
        yield id_, WorkstreamFacts.from_json(facts or {})


def of_group(group_id: int, days: Sequence[date]) -> Iterator[tuple[date, Facts]]:
    """The four workstreams at the end of each of these days, in their order.

    Before the group was there, nothing.
    """
    created = db.session.scalar(select(Group.created_at).where(Group.id == group_id))
    ids = db.session.scalars(select(Workstream.id).where(Workstream.group_id == group_id)).all()
    if created is None or not days:
        return
    changes = _changes(group_id, days[-1])
    said = confirmations.told(changes, _confirmed({(row.kind, row.subject_id) for row in changes}))
    film, events, at = _Film(ids, said), _events(changes, said), 0
    for day in days:
        while at < len(events) and events[at].day <= day:
            film.play(events[at])
            at += 1
        yield day, film.facts(day) if local_day(created) <= day else {}


class _Film:
    """The items of a group as its history is played, and the facts gathered of them so far."""

    def __init__(self, workstream_ids: Sequence[int], said: Ledger) -> None:
        self.said = said
        self._items: dict[Key, Item] = {}
        self._inside: dict[int, set[Key]] = {id_: set() for id_ in workstream_ids}
        self._told: dict[Key, TaskFact | MilestoneFact] = {}
        self._stale = set(workstream_ids)
        self._facts: dict[int, WorkstreamFacts] = {}

    def play(self, event: _Event) -> None:
        item = self._items.setdefault(event.key, Item(*event.key))
        self._touch(event.key, item)
        if event.field:
            was = item.values.get("workstream_id")
            play(item, event.field, event.new)
            self._inside.get(_number(was), set()).discard(event.key)
            if item.is_live:
                self._inside.get(_number(item.values.get("workstream_id")), set()).add(event.key)
            self._touch(event.key, item)

    def facts(self, day: date) -> Facts:
        for id_ in self._stale:
            self._facts[id_] = self._gathered(id_, day)
        self._stale.clear()
        return dict(self._facts)

    def _touch(self, key: Key, item: Item) -> None:
        self._told.pop(key, None)
        where = _number(item.values.get("workstream_id"))
        if where in self._inside:
            self._stale.add(where)

    def _gathered(self, workstream_id: int, day: date) -> WorkstreamFacts:
        tasks: list[TaskFact] = []
        milestones: list[tuple[int, int, MilestoneFact]] = []
        for key in self._inside[workstream_id]:
            fact = self._told.get(key) or self._fact(key, day)
            self._told[key] = fact
            if isinstance(fact, TaskFact):
                tasks.append(fact)
            else:
                position = _number(self._items[key].values.get("position"))
                milestones.append((position, key[1], fact))
        return gather(tasks, (fact for _, _, fact in sorted(milestones)))

    def _fact(self, key: Key, day: date) -> TaskFact | MilestoneFact:
        values: Mapping[str, Any] = self._items[key].values
        confirmed_on = self.said.confirmed_on(key, day)
        if key[0] == "milestone":
            return MilestoneFact(
                code=values["code"],
                title=values["title"],
                baseline=_day(values.get("baseline")),
                forecast=_day(values.get("forecast")),
                closed_on=_day(values.get("closed_on")),
                confirmed_on=confirmed_on,
            )
        is_blocked = values["status"] == "blocked"
        return TaskFact(
            code=values["code"],
            status=values["status"],
            due=_day(values.get("due")),
            start=_day(values.get("start")),
            progress=values.get("progress") or 0,
            blocked_since=_day(values.get("status_since")) if is_blocked else None,
            confirmed_on=confirmed_on,
            is_top_level=values.get("parent_id") is None,
        )


def _number(value: object) -> int:
    """A number of the history; 0 where there is none."""
    return value if isinstance(value, int) else 0


def _day(iso: str | None) -> date | None:
    return None if iso is None else date.fromisoformat(iso)


# ---------------------------------------------------------------- what happened


def _events(changes: Sequence[AnyRow], said: Ledger) -> list[_Event]:
    """All that happened to these items, in order."""
    events = [
        _Event(local_day(row.at), row.id, (row.kind, row.subject_id), row.field, row.new)
        for row in changes
    ]
    for key, words in said.words.items():
        events += [_Event(local_day(word.at), 0, key) for word in words]
        events += [
            _Event(local_day(at), 0, key)
            for number, at in said.undone.items()
            if any(word.cause == f"import:{number}" for word in words)
        ]
    return sorted(events, key=_in_order)


def _in_order(event: _Event) -> tuple[date, int]:
    """Day by day as stored: two acts of one moment keep their order."""
    return event.day, event.order


def _changes(group_id: int, last: date) -> Sequence[AnyRow]:
    """What happened by that day to whatever was ever in the group, also while it was elsewhere.

    Most of it is written under the group; what came, went or is gone is looked up item by item.
    """
    until = Change.at <= end_of_day_utc(last)
    here = (Change.group_id == group_id, Change.kind.in_(PLAN))
    found = db.session.execute(_columns().where(*here, until)).all()
    strays = {_key(row) for row in found} - _keys_in(group_id)
    strays |= {_key(row) for row in found if row.field == "group_id"}
    stayed = [row for row in found if _key(row) not in strays]
    for some in _some(strays):
        stayed += db.session.execute(
            _columns().where(tuple_(Change.kind, Change.subject_id).in_(some), until)
        )
    return stayed


def _columns() -> Query:
    return select(
        *(Change.at, Change.id, Change.kind, Change.subject_id, Change.field, Change.new),
        *(Change.cause, Change.person_id, confirmations.old_if_purged()),
    ).where(Change.field.in_({*FIELDS, *CONFIRMING}))


def _key(row: AnyRow) -> Key:
    return row.kind, row.subject_id


def _keys_in(group_id: int) -> set[Key]:
    """What is in the group now."""
    return {
        (kind, id_)
        for kind, table in TABLES.items()
        for id_ in db.session.scalars(select(table.id).where(table.group_id == group_id))
    }


def _confirmed(keys: set[Key]) -> Iterator[AnyRow]:
    """When these items were confirmed."""
    for kind, column in (("task", Confirmation.task_id), ("milestone", Confirmation.milestone_id)):
        for some in _some({key for key in keys if key[0] == kind}):
            ids = [id_ for _, id_ in some]
            query = select(literal(kind), column, Confirmation.at).where(column.in_(ids))
            yield from db.session.execute(query)


def _some(keys: set[Key]) -> Iterator[list[Key]]:
    """A few hundred at a time: a statement takes so many values."""
    ordered = sorted(keys)
    return (ordered[first : first + AT_ONCE] for first in range(0, len(ordered), AT_ONCE))


def _groups_touched_since(day: date) -> set[int]:
    """Groups in which an item was changed, confirmed, or from which one was taken away."""
    until = end_of_day_utc(day)
    later = (Change.kind.in_(PLAN), Change.at > until)
    left = db.session.scalars(select(Change.old).where(*later, Change.field == "group_id"))
    found = {id_ for id_ in left if isinstance(id_, int)}
    here = select(Change.group_id).where(*later, Change.group_id.is_not(None)).distinct()
    found |= {id_ for id_ in db.session.scalars(here) if id_ is not None}
    for table, column in ((Task, Confirmation.task_id), (Milestone, Confirmation.milestone_id)):
        found |= set(
            db.session.scalars(
                select(table.group_id)
                .join(Confirmation, column == table.id)
                .distinct()
                .where(Confirmation.at > until)
            )
        )
    return found
