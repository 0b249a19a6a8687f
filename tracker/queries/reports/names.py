"""What a report calls the people, units and places of a plan, and what was said of its tasks."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from tracker.adapters import markdown
from tracker.extensions import db
from tracker.lib.dates import end_of_day_utc, local_day
from tracker.models import (
    Baseline,
    BaselineItem,
    Comment,
    CooperatingUnit,
    Group,
    Person,
    Strand,
    Task,
    UnitName,
    Workstream,
)
from tracker.queries.report_facts import Name
from tracker.queries.reports.rewind import Item
from tracker.queries.shapes import AnyRow

# A report quotes the beginning of a comment; who wants more reads the task.
LONGEST_REMARK = 240
SEPARATOR = "; "


@dataclass(frozen=True)
class Names:
    """Names by id: of units as they were on a day, of persons as they are known today.

    A person's name has no date: what is changed of it is put right, for the past too. `heads` are
    the titles of the heads of units, where they are known.
    """

    persons: Mapping[int, str]
    units: Mapping[int, str]
    english: dict[str, str]
    heads: Mapping[int, Name]
    working_with: Mapping[int, Sequence[int]]

    def person(self, id_: int | None) -> str:
        """The name, or nothing."""
        return self.persons.get(id_ or 0, "")

    def unit(self, id_: int | None) -> str:
        """The name, or nothing."""
        return self.units.get(id_ or 0, "")

    def named_unit(self, id_: int | None) -> Name:
        """The name in both languages, or nothing."""
        name = self.unit(id_)
        return Name(name, self.english.get(name, ""))

    def head_of(self, id_: int) -> Name:
        """The title of the head of a unit, or nothing."""
        return self.heads.get(id_, Name(""))

    def cooperating(self, item: Item) -> str:
        """The units that work with the lead unit: as the history has them, else as now."""
        ids = item.values.get("cooperating_units")
        known = ids if isinstance(ids, list) else self.working_with.get(item.id, ())
        return SEPARATOR.join(filter(None, map(self.unit, known)))


def places(groups: Sequence[Group]) -> dict[int, tuple[str, Strand]]:
    """The workstreams of the groups with key and strand, in the order of the board."""
    order = {group.id: (at, group.key) for at, group in enumerate(groups)}
    strands = list(Strand)
    rows = db.session.execute(
        select(Workstream.id, Workstream.group_id, Workstream.strand).where(
            Workstream.group_id.in_(order)
        )
    ).all()
    ordered = sorted(rows, key=lambda row: (order[row.group_id][0], strands.index(row.strand)))
    return {row.id: (order[row.group_id][1], row.strand) for row in ordered}


def of(items: Iterable[Item], workstream_ids: Iterable[int], day: date) -> Names:
    """The names that the items need, as they were in force on that day."""
    kept = [item.values for item in items if item.kind == "task"]
    owners = {values["owner_id"] for values in kept} - {None}
    persons = db.session.execute(select(Person.id, Person.full_name).where(Person.id.in_(owners)))
    units = _units(day)
    named = {id_: Name(row.name, row.name_en or "") for id_, row in units.items()}
    return Names(
        persons={row.id: row.full_name for row in persons},
        units={id_: name.vi for id_, name in named.items()},
        english={name.vi: name.en for name in named.values() if name.en},
        heads={
            id_: Name(row.head_title, row.head_title_en or "")
            for id_, row in units.items()
            if row.head_title
        },
        working_with=_working_with(workstream_ids),
    )


def _units(day: date) -> Mapping[int, AnyRow]:
    """The name of every unit that was the newest on the day; the first of one that came later."""
    found: dict[int, AnyRow] = {}
    for row in db.session.execute(
        select(
            *(UnitName.unit_id, UnitName.valid_from, UnitName.name, UnitName.name_en),
            *(UnitName.head_title, UnitName.head_title_en),
        ).order_by(UnitName.unit_id, UnitName.valid_from)
    ):
        if row.valid_from <= day or row.unit_id not in found:
            found[row.unit_id] = row
    return found


def _working_with(workstream_ids: Iterable[int]) -> Mapping[int, Sequence[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for row in db.session.execute(
        select(CooperatingUnit.task_id, CooperatingUnit.unit_id)
        .join(Task, Task.id == CooperatingUnit.task_id)
        .where(Task.workstream_id.in_(list(workstream_ids)))
        .order_by(CooperatingUnit.task_id, CooperatingUnit.position)
    ):
        found[row.task_id].append(row.unit_id)
    return found


def approved_days(groups: Iterable[Group], day: date) -> Mapping[int, date | None]:
    """The days that tasks were given by the last approval known on that day, by task."""
    rows = db.session.execute(
        select(BaselineItem.subject_id, BaselineItem.due)
        .join(Baseline, Baseline.id == BaselineItem.baseline_id)
        .where(
            Baseline.group_id.in_([group.id for group in groups]),
            Baseline.approved_at <= end_of_day_utc(day),
            BaselineItem.kind == "task",
        )
        .order_by(Baseline.id)
    )
    return {row.subject_id: row.due for row in rows}


def approved(groups: Sequence[Group], day: date) -> frozenset[int]:
    """The ids of those groups whose plan was approved by the end of that day."""
    return frozenset(
        db.session.scalars(
            select(Baseline.group_id).where(
                Baseline.group_id.in_([group.id for group in groups]),
                Baseline.approved_at <= end_of_day_utc(day),
            )
        )
    )


def last_comment() -> int:
    """The id of the newest one: the history does not tell that something was said."""
    return db.session.scalar(select(func.max(Comment.id))) or 0


def remarks(since: Mapping[int, date], day: date) -> dict[int, str]:
    """By task, the first thing said of it from a day on: why it is blocked, as a rule."""
    found: dict[int, str] = {}
    for row in db.session.execute(
        select(Comment.task_id, Comment.body, Comment.at)
        .where(
            Comment.task_id.in_(list(since)),
            Comment.deleted_at.is_(None),
            Comment.at <= end_of_day_utc(day),
        )
        .order_by(Comment.at, Comment.id)
    ):
        if row.task_id not in found and local_day(row.at) >= since[row.task_id]:
            found[row.task_id] = markdown.excerpt(row.body, LONGEST_REMARK)
    return found
