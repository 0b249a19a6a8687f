"""The plan of some groups, taken back from today to a past day by undoing what came after it.

Playing the whole history forward (`queries.past`) costs as much as the plan is old; taking the
last weeks back costs as much as happened in them, which is what a report can wait for.
"""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, or_, select, tuple_

from tracker.extensions import Base, db
from tracker.lib.dates import end_of_day_utc
from tracker.models import Change, Milestone, Task
from tracker.queries.past import PLAN, replay

DATES = frozenset({
    "assigning_date", "baseline", "closed_on", "due", "evidence_date", "finished_on", "forecast",
    "start", "status_since",
})  # fmt: skip
TASK = (
    Task.id, Task.group_id, Task.workstream_id, Task.milestone_id, Task.parent_id, Task.code,
    Task.title, Task.owner_id, Task.lead_unit_id, Task.assigning_document, Task.assigning_date,
    Task.assigning_item, Task.start, Task.due, Task.forecast, Task.finished_on, Task.result,
    Task.progress, Task.status, Task.status_since, Task.position,
)  # fmt: skip
MILESTONE = (
    Milestone.id, Milestone.group_id, Milestone.workstream_id, Milestone.code, Milestone.title,
    Milestone.baseline, Milestone.forecast, Milestone.closed_on, Milestone.evidence,
    Milestone.position,
)  # fmt: skip
# The history does not name columns in which nothing was.
EMPTY: dict[str, dict[str, Any]] = {
    "task": {column.key: None for column in TASK},
    "milestone": {column.key: None for column in MILESTONE},
}
# What no report tells.
UNTOLD = ("description", "participants", "submitted_on")
AT_ONCE = 5_000  # rows of the history that are held
Key = tuple[str, int]


class Event(NamedTuple):
    """One line of the history."""

    kind: str
    subject_id: int
    field: str
    old: Any


@dataclass(slots=True)
class Item:
    """A milestone or task as it stood: column → value, dates as dates."""

    kind: str
    id: int
    values: dict[str, Any] = field(default_factory=dict)
    is_live: bool = True

    def copy(self) -> "Item":
        """Another one, which may be changed."""
        return Item(self.kind, self.id, self.values.copy(), self.is_live)

    def having(self, name: str, value: object) -> "Item":
        """Another one with that value."""
        return Item(self.kind, self.id, {**self.values, name: value}, self.is_live)


State = dict[Key, Item]


class Rewind:
    """The plan as it is, taken back day by day, the latest first, at most to the end of `since`.

    Changes are read as they are undone, so that those of a year need no more memory than those of
    a day. `moved` is what has come from another group, or went to one.
    """

    def __init__(self, group_ids: Sequence[int], since: date) -> None:
        self._group_ids = group_ids
        self._since = end_of_day_utc(since)
        self.moved = self._moved()
        self._items = self._present(self.moved)
        self._gone = self._purged()
        self._histories = _whole_history(self._gone)
        self._reached: datetime | None = None
        self._given: State = {}

    def to(self, day: date, places: Container[int]) -> State:
        """What there was at the end of that day in those workstreams, the trash left out."""
        until = end_of_day_utc(day)
        for change in self._changes(until):
            if _key(change) not in self._gone:
                self._undo(change)
        self._reached = until
        gone = replay(change for change in self._histories if change.at <= until)
        state = {
            key: item
            for key, item in self._items.items()
            if item.is_live and item.values["workstream_id"] in places
        }
        self._given = state
        for key, past in gone.items():
            if past.is_live and past.values.get("workstream_id") in places:
                known = {name: typed(name, value) for name, value in past.values.items()}
                state[key] = Item(*key, EMPTY[key[0]] | known)
        return state

    def _undo(self, change: Event) -> None:
        key = _key(change)
        item = self._items.get(key)
        if item is None:
            return
        if change.field == "created":
            del self._items[key]
            return
        if self._given.get(key) is item:  # states given out before keep theirs
            item = self._items[key] = item.copy()
        match change.field:
            case "trashed":
                item.is_live = True
            case "restored":
                item.is_live = False
            case name:
                item.values[name] = typed(name, change.old)

    def _moved(self) -> set[Key]:
        """What came from another group, or went to one."""
        rows = db.session.execute(
            select(Change.kind, Change.subject_id).where(
                Change.kind.in_(PLAN), Change.field == "group_id", Change.at > self._since
            )
        )
        return {(kind, id_) for kind, id_ in rows}

    def _changes(self, until: datetime) -> Iterable[Event]:
        """Those after that moment that are not undone yet, the latest first."""
        query = select(*(getattr(Change, name) for name in Event._fields)).where(
            self._is_told(), Change.at > until, Change.field.not_in(UNTOLD)
        )
        if self._reached is not None:
            query = query.where(Change.at <= self._reached)
        rows = db.session.execute(
            query.order_by(Change.at.desc(), Change.id.desc()),
            execution_options={"yield_per": AT_ONCE},
        )
        return (Event(*row) for row in rows)

    def _purged(self) -> set[Key]:
        rows = db.session.execute(
            select(Change.kind, Change.subject_id).where(
                self._is_told(), Change.at > self._since, Change.field == "purged"
            )
        )
        return {(kind, id_) for kind, id_ in rows}

    def _is_told(self) -> ColumnElement[bool]:
        return and_(
            Change.kind.in_(PLAN),
            or_(
                Change.group_id.in_(self._group_ids),
                tuple_(Change.kind, Change.subject_id).in_(list(self.moved)),
            ),
        )

    def _present(self, moved: set[Key]) -> State:
        found: State = {}
        for table, kind, columns in ((Milestone, "milestone", MILESTONE), (Task, "task", TASK)):
            ids = [id_ for of_kind, id_ in moved if of_kind == kind]
            names = [column.key for column in columns]
            # Columns of the table, not of the class: a hundred thousand rows take half the time.
            known = table.__table__.c
            plain = select(known["deleted_at"], *(known[name] for name in names))
            for deleted_at, *row in db.session.execute(plain.where(self._concerns(table, ids))):
                values = dict(zip(names, row, strict=True))
                found[kind, row[0]] = Item(kind, row[0], values, is_live=deleted_at is None)
        return found

    def _concerns(self, table: type[Base], moved: list[int]) -> ColumnElement[bool]:
        deleted_at, group_id = vars(table)["deleted_at"], vars(table)["group_id"]
        return and_(
            or_(group_id.in_(self._group_ids), vars(table)["id"].in_(moved)),
            or_(deleted_at.is_(None), deleted_at > self._since),
        )


def typed(field: str, value: object) -> object:
    """A value of the history as its column has it."""
    return date.fromisoformat(value) if field in DATES and isinstance(value, str) else value


def _key(change: Event) -> Key:
    return change.kind, change.subject_id


def _whole_history(keys: Iterable[Key]) -> Sequence[Change]:
    """All that is known of things whose rows are gone."""
    wanted = list(keys)
    if not wanted:
        return []
    return db.session.scalars(
        select(Change).where(tuple_(Change.kind, Change.subject_id).in_(wanted)).order_by(Change.id)
    ).all()
