"""When milestones and tasks were confirmed, told from the confirmations and the history.

The column `confirmed_at` beside an item says the same of now, without asking the past.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal,
    literal_column,
    not_,
    or_,
    select,
    union_all,
)

from tracker.extensions import db
from tracker.lib import freshness
from tracker.lib.dates import end_of_day_utc, local_day
from tracker.lib.freshness import CONFIRMING, Word, last_word, vouches
from tracker.lib.workdays import Calendar
from tracker.models import Change, Confirmation, Import, Milestone, Task
from tracker.models.types import Moment
from tracker.queries.shapes import AnyRow, Query

Key = tuple[str, int]
CREATED, PURGED = "created", "purged"


@dataclass(frozen=True)
class Ledger:
    """Every word said on each item, and when imports were undone: read once, asked for any day."""

    words: Mapping[Key, Sequence[Word]] = field(default_factory=dict)
    undone: Mapping[str, datetime] = field(default_factory=dict)

    def confirmed_on(self, key: Key, day: date) -> date | None:
        """When the item had last been confirmed by the end of that day; its creation counts."""
        until = end_of_day_utc(day)
        gone = [number for number, at in self.undone.items() if at <= until]
        found = last_word((word for word in self.words.get(key, ()) if word.at <= until), gone)
        return local_day(found) if found else None

    def last(self, key: Key, *, without: int) -> datetime | None:
        """The last word after its creation, as if that import had not been."""
        words = (word for word in self.words.get(key, ()) if word.cause != CREATED)
        return last_word(words, [*self.undone, str(without)])


def ledger(group_ids: Iterable[int] | None = None) -> Ledger:
    """What was said on whatever was ever in one of the groups, or on everything."""
    ever = None if group_ids is None else _ever_in(list(group_ids))
    return told(db.session.execute(_changes(ever)), db.session.execute(_confirmations(ever)))


def told(changes: Iterable[AnyRow], confirmations: Iterable[AnyRow]) -> Ledger:
    """What these changes and confirmations (kind, id, when) say."""
    words: dict[Key, list[Word]] = defaultdict(list)
    for row in changes:
        if row.field == CREATED:
            words[row.kind, row.subject_id].append(Word(row.at, CREATED))
        elif row.field == PURGED:  # its confirmations went with it and are told here
            moments = map(datetime.fromisoformat, row.old or ())
            words[row.kind, row.subject_id] += [Word(at, "confirmed") for at in moments]
        elif vouches(row.field, row.cause, by_person=row.person_id is not None):
            words[row.kind, row.subject_id].append(Word(row.at, row.cause))
    for kind, id_, at in confirmations:
        words[kind, id_].append(Word(at, "confirmed"))
    undone = select(Import.id, Import.undone_at).where(Import.undone_at.is_not(None))
    taken_back = {str(id_): at for id_, at in db.session.execute(undone) if at is not None}
    return Ledger(words, taken_back)


def as_of(group_ids: Sequence[int], day: date) -> Mapping[Key, date]:
    """When what is in the groups now had last been confirmed by the end of that day.

    The same as the ledger says, in one statement: for when a single day is wanted.
    """
    asked = {"group_ids": list(group_ids), "until": end_of_day_utc(day)}
    return {(kind, id_): local_day(at) for kind, id_, at in db.session.execute(_last(), asked)}


@cache
def _last() -> Query:
    until = bindparam("until", type_=Moment)
    group_ids = bindparam("group_ids", type_=Integer, expanding=True)
    undone = select(Import.id).where(
        Change.cause == literal("import:") + cast(Import.id, String), Import.undone_at <= until
    )
    origin = (Change.cause.startswith(f"{cause}:") for cause in ("undo", "cascade"))
    vouched = and_(
        Change.field.in_(CONFIRMING),
        or_(Change.person_id.is_not(None), Change.cause.startswith("import:")),
        not_(or_(*origin, Change.cause == "cascade")),
        not_(undone.exists()),
    )
    words: list[Query] = []
    for name, table, about in (
        ("task", Task, Confirmation.task_id),
        ("milestone", Milestone, Confirmation.milestone_id),
    ):
        inside = select(table.id).where(table.group_id.in_(group_ids))
        kind: ColumnElement[str] = literal_column(f"'{name}'", String).label("kind")
        words += [
            select(kind, Change.subject_id.label("id"), Change.at).where(
                Change.kind == name,
                Change.subject_id.in_(inside),
                Change.at <= until,
                or_(Change.field == CREATED, vouched),
            ),
            select(kind, about, Confirmation.at).where(about.in_(inside), Confirmation.at <= until),
        ]
    said = union_all(*words).subquery().c
    return select(said.kind, said.id, func.max(said.at)).group_by(said.kind, said.id)


Ever = Mapping[str, Select[int]]


def _ever_in(group_ids: list[int]) -> Ever:
    return {
        kind: select(Change.subject_id).where(Change.group_id.in_(group_ids), Change.kind == kind)
        for kind in ("task", "milestone")
    }


def _changes(ever: Ever | None) -> Select[str, int, str, str, int | None, datetime, Any]:
    query = select(
        Change.kind,
        Change.subject_id,
        Change.field,
        Change.cause,
        Change.person_id,
        Change.at,
        old_if_purged(),
    ).where(
        Change.kind.in_(["task", "milestone"]), Change.field.in_([CREATED, PURGED, *CONFIRMING])
    )
    if ever is None:
        return query
    return query.where(
        or_(*((Change.kind == kind) & Change.subject_id.in_(ids) for kind, ids in ever.items()))
    )


def old_if_purged() -> ColumnElement[Any]:
    """Only there it is wanted, and elsewhere it may be long."""
    return case((Change.field == PURGED, Change.old)).label("old")


def _confirmations(ever: Ever | None) -> Select[str, int, datetime]:
    about_task: ColumnElement[bool] = Confirmation.task_id.is_not(None)
    query = select(
        case((about_task, "task"), else_="milestone"),
        func.coalesce(Confirmation.task_id, Confirmation.milestone_id),
        Confirmation.at,
    )
    if ever is None:
        return query
    return query.where(
        or_(
            Confirmation.task_id.in_(ever["task"]),
            Confirmation.milestone_id.in_(ever["milestone"]),
        )
    )


def stale_days(item: Task | Milestone, today: date, calendar: Calendar) -> int:
    """For how many days nobody has confirmed an open item; 0 while it is fresh."""
    confirmed_on = local_day(item.confirmed_at or item.created_at)
    return freshness.stale_days(confirmed_on, today, freshness.reference(today, calendar))


def key_of(item: Task | Milestone) -> Key:
    """How the ledger calls an item."""
    return ("task" if isinstance(item, Task) else "milestone"), item.id
