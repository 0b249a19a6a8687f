"""Milestones and tasks on a time axis: one screen of those that a stretch of time touches.

Two statements find and count them, one for each kind reads them, however many there are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import groupby
from typing import Any, TypeAlias

from sqlalchemy import (
    ColumnElement,
    Subquery,
    case,
    func,
    literal,
    select,
    union_all,
)
from sqlalchemy.sql.elements import SQLCoreOperations

from tracker.extensions import db
from tracker.lib import paging, timeline
from tracker.lib.health import Health, Thresholds
from tracker.lib.text import fold
from tracker.lib.timeline import Window, Zoom
from tracker.lib.workdays import Calendar
from tracker.models import Group, Milestone, Person, Strand, Task, TaskStatus, Unit, Workstream
from tracker.models.dependencies import Key
from tracker.policies import groups as may
from tracker.policies import table as rights
from tracker.policies.actor import Actor
from tracker.queries import dependencies, settings
from tracker.queries.plan.asked import days, stale_for
from tracker.queries.shapes import AnyRow, Query

ROWS = 60
PAPER_ROWS = 200
NOBODY = 0
# Tasks under no milestone come last.
_LAST = 2_000_000_000
_TASK, _MILESTONE = "task", "milestone"
_BEGUN = frozenset({TaskStatus.DOING, TaskStatus.REVIEW, TaskStatus.BLOCKED})
Column: TypeAlias = SQLCoreOperations[Any]


class Kind(StrEnum):
    """What stands in the rows."""

    ALL = "all"
    MILESTONES = "milestones"
    TASKS = "tasks"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which rows, and of which time; `kind` and `first` are None where the page decides.

    `owner` is a person's id, or `NOBODY`; `name` a part of a person's name. A milestone is an
    owner's or a unit's when one of its tasks is.
    """

    zoom: Zoom = Zoom.MONTH
    first: date | None = None
    kind: Kind | None = None
    group: str = ""
    strand: Strand | None = None
    unit: int | None = None
    owner: int | None = None
    name: str = ""
    page: int = 1

    @property
    def is_about_people(self) -> bool:
        """Whether only the work of some people or units is asked for; then subtasks count too."""
        return bool(self.unit is not None or self.owner is not None or self.name)

    def window(self, today: date) -> Window:
        """The time to be shown."""
        if self.first is None:
            return Window.around(today, self.zoom)
        return Window.beginning(self.first, self.zoom)


@dataclass(frozen=True)
class Place:
    """A workstream, a group, or with neither all groups that the actor may see."""

    actor: Actor
    group: Group | None
    workstream: Workstream | None
    today: date


@dataclass(frozen=True, slots=True)
class Row:
    """A milestone or a task. `planned` is a milestone's baseline, a task's due date; `expected`
    is when it will be, or was, reached. `working_days` is the slip in working days, `stale_days`
    for how long nobody has confirmed it while it is open.
    """

    code: str
    title: str
    is_milestone: bool
    health: Health
    status: TaskStatus | None
    start: date | None
    planned: date | None
    expected: date | None
    is_done: bool
    progress: int
    owner: str
    unit: str
    working_days: int
    days_overdue: int
    may_move: bool
    stale_days: int = 0

    @property
    def slip(self) -> int:
        """Days that it is, or will be, later than planned; negative when earlier."""
        return (self.expected - self.planned).days if self.planned and self.expected else 0


@dataclass(frozen=True)
class Section:
    """The rows of a workstream."""

    key: str
    name: str
    name_en: str | None
    strand: Strand
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Link:
    """An item that another waits for, and that other, by their codes."""

    first: str
    then: str


@dataclass(frozen=True)
class Timeline:
    """One screen of rows, and what of them waits for what.

    `before`, `after` and `undated` count what the window does not touch.
    """

    window: Window
    today: date
    sections: tuple[Section, ...]
    links: tuple[Link, ...] = ()
    page: int = 1
    pages: int = 1
    total: int = 0
    before: int = 0
    after: int = 0
    undated: int = 0

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows of all sections."""
        return tuple(row for section in self.sections for row in section.rows)


def timeline_of(place: Place, asked: Asked, rows: int = ROWS) -> Timeline:
    """The screen of so many rows that is asked for, or the nearest one there is."""
    window = asked.window(place.today)
    items = _items(place, asked)
    counts = _counts(items, window)
    page = paging.within(asked.page, counts["total"], rows)
    screen = _screen(items, window).limit(rows).offset((page - 1) * rows)
    found = db.session.execute(screen).all() if counts["total"] else []
    known = _rows(place, found)
    return Timeline(
        window,
        place.today,
        _sections(found, known),
        _links(known),
        page,
        max(1, -(-counts["total"] // rows)),
        **counts,
    )


# ---------------------------------------------------------------- which


def _items(place: Place, asked: Asked) -> Subquery:
    """All that is asked for at any time: its days, and what it is sorted by within its place."""
    kind = asked.kind or (Kind.ALL if place.group else Kind.MILESTONES)
    parts = {
        Kind.ALL: (_tasks, _milestones),
        Kind.TASKS: (_tasks,),
        Kind.MILESTONES: (_milestones,),
    }[kind]
    return union_all(*(part(place, asked) for part in parts)).subquery()


def _tasks(place: Place, asked: Asked) -> Query:
    end = func.coalesce(Task.finished_on, Task.forecast, Task.due, Task.start)
    query = (
        select(
            literal(_TASK).label("kind"),
            literal(0).label("rank"),
            Task.id,
            Task.workstream_id,
            _earlier(_earlier(end, Task.due), Task.start).label("begins"),
            _later(end, Task.due).label("ends"),
            func.coalesce(Milestone.position, _LAST).label("place"),
            func.coalesce(Task.milestone_id, _LAST).label("milestone_id"),
            Task.position,
        )
        .outerjoin(Milestone, Task.milestone_id == Milestone.id)
        .where(
            *_inside(place, asked, Task),
            Task.deleted_at.is_(None),
            Task.status != TaskStatus.DROPPED,
        )
    )
    if asked.is_about_people:
        return query.where(*_of_people(asked))
    return query.where(Task.parent_id.is_(None))


def _milestones(place: Place, asked: Asked) -> Query:
    expected = func.coalesce(Milestone.closed_on, Milestone.forecast, Milestone.baseline)
    query = select(
        literal(_MILESTONE).label("kind"),
        literal(1).label("rank"),
        Milestone.id,
        Milestone.workstream_id,
        _earlier(expected, Milestone.baseline).label("begins"),
        _later(expected, Milestone.baseline).label("ends"),
        Milestone.position.label("place"),
        Milestone.id.label("milestone_id"),
        literal(0).label("position"),
    ).where(*_inside(place, asked, Milestone), Milestone.deleted_at.is_(None))
    if not asked.is_about_people:
        return query
    theirs = select(Task.milestone_id).where(
        *_inside(place, asked, Task), Task.deleted_at.is_(None), *_of_people(asked)
    )
    return query.where(Milestone.id.in_(theirs))


def _inside(
    place: Place, asked: Asked, table: type[Milestone] | type[Task]
) -> list[ColumnElement[bool]]:
    """Where the rows are; over all groups, in those that the actor may see."""
    conditions: list[ColumnElement[bool]] = []
    if place.workstream is not None:
        conditions.append(table.workstream_id == place.workstream.id)
    elif place.group is not None:
        conditions.append(table.group_id == place.group.id)
    else:
        groups = select(Group.id).where(may.visible_to(place.actor))
        if asked.group:
            groups = groups.where(Group.key == asked.group)
        conditions.append(table.group_id.in_(groups))
    if asked.strand is not None:
        streams = select(Workstream.id).where(Workstream.strand == asked.strand)
        conditions.append(table.workstream_id.in_(streams))
    return conditions


def _of_people(asked: Asked) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if asked.unit is not None:
        conditions.append(Task.lead_unit_id == asked.unit)
    if asked.owner is not None:
        is_theirs = Task.owner_id == asked.owner
        conditions.append(Task.owner_id.is_(None) if asked.owner == NOBODY else is_theirs)
    if asked.name:
        named = select(Person.id).where(Person.folded.contains(fold(asked.name), autoescape=True))
        conditions.append(Task.owner_id.in_(named))
    return conditions


def _earlier(day: Column, other: Column) -> ColumnElement[Any]:
    """The earlier of two days; the first one where there is no other."""
    return case((other < day, other), else_=day)


def _later(day: Column, other: Column) -> ColumnElement[Any]:
    return case((other > day, other), else_=day)


def _counts(items: Subquery, window: Window) -> dict[str, int]:
    """How many the window touches, and of the others how many lie where."""
    item = items.c
    row = db.session.execute(
        select(
            func.count().label("all"),
            _number(item.ends < window.first).label("before"),
            _number(item.begins >= window.end).label("after"),
            _number(item.begins.is_(None)).label("undated"),
        ).select_from(items)
    ).one()
    total = row.all - row.before - row.after - row.undated
    return {"total": total, "before": row.before, "after": row.after, "undated": row.undated}


def _number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _screen(items: Subquery, window: Window) -> Query:
    """Which rows, in the order of the plan: tasks, then the milestone they lead to."""
    item = items.c
    strands = {strand: rank for rank, strand in enumerate(Strand)}
    return (
        select(
            item.kind,
            item.id,
            Group.id.label("group_id"),
            Group.key,
            Group.name,
            Group.name_en,
            Workstream.strand,
        )
        .select_from(items)
        .join(Workstream, item.workstream_id == Workstream.id)
        .join(Group, Workstream.group_id == Group.id)
        .where(item.begins < window.end, item.ends >= window.first)
        .order_by(
            Group.position,
            Group.id,
            case(strands, value=Workstream.strand),
            item.place,
            item.milestone_id,
            item.rank,
            item.position,
            item.id,
        )
    )


def _sections(found: Sequence[AnyRow], rows: Mapping[Key, Row]) -> tuple[Section, ...]:
    heads = groupby(found, lambda row: (row.key, row.name, row.name_en, row.strand))
    return tuple(
        Section(*head, rows=tuple(rows[row.kind, row.id] for row in here)) for head, here in heads
    )


def _links(rows: Mapping[Key, Row]) -> tuple[Link, ...]:
    """What of these rows waits for what."""
    among = dependencies.among(list(rows)) if len(rows) > 1 else ()
    return tuple(Link(rows[one.predecessor].code, rows[one.successor].code) for one in among)


# ---------------------------------------------------------------- rows


def _rows(place: Place, found: Sequence[AnyRow]) -> dict[Key, Row]:
    """The rows by kind and id."""
    ids: dict[str, list[int]] = {_TASK: [], _MILESTONE: []}
    for row in found:
        ids[row.kind].append(row.id)
    limits, calendar = settings.judging()
    movable = {
        id_: rights.allows(place.actor, rights.Permission.MOVE_DATE, group_id=id_)
        for id_ in {row.group_id for row in found}
    }
    on = days(place.today, calendar)
    rows: dict[Key, Row] = {}
    if ids[_TASK]:
        for task in db.session.execute(_TASK_COLUMNS.where(Task.id.in_(ids[_TASK]))):
            stale = stale_for(task.confirmed_at, on) if task.status.is_open else 0
            told = task_row(task, place.today, calendar)
            rows[_TASK, task.id] = replace(told, stale_days=stale)
    if ids[_MILESTONE]:
        for one in db.session.execute(_MILESTONE_COLUMNS.where(Milestone.id.in_(ids[_MILESTONE]))):
            may_move = movable[one.group_id] and one.closed_on is None
            stale = 0 if one.closed_on else stale_for(one.confirmed_at, on)
            told = milestone_row(one, place.today, (calendar, limits), may_move=may_move)
            rows[_MILESTONE, one.id] = replace(told, stale_days=stale)
    return rows


_TASK_COLUMNS: Query = (
    select(
        Task.id,
        Task.code,
        Task.title,
        Task.status,
        Task.start,
        Task.due,
        Task.forecast,
        Task.finished_on,
        Task.progress,
        func.coalesce(Task.confirmed_at, Task.created_at).label("confirmed_at"),
        func.coalesce(Person.full_name, "").label("owner"),
        func.coalesce(Unit.abbreviation, Unit.name, "").label("unit"),
    )
    .select_from(Task)
    .outerjoin(Person, Task.owner_id == Person.id)
    .outerjoin(Unit, Task.lead_unit_id == Unit.id)
)
_MILESTONE_COLUMNS: Query = select(
    Milestone.id,
    Milestone.group_id,
    Milestone.code,
    Milestone.title,
    Milestone.baseline,
    Milestone.forecast,
    Milestone.closed_on,
    func.coalesce(Milestone.confirmed_at, Milestone.created_at).label("confirmed_at"),
)


def task_row(task: Any, today: date, calendar: Calendar) -> Row:  # noqa: ANN401 - has columns
    """A task by its columns, and the names of its owner and unit."""
    is_done = task.status is TaskStatus.DONE
    expected = (is_done and task.finished_on) or task.forecast or task.due
    work = timeline.Work(
        task.start,
        task.due,
        task.forecast,
        progress=task.progress,
        is_done=is_done,
        is_blocked=task.status is TaskStatus.BLOCKED,
        is_begun=task.status in _BEGUN,
    )
    is_overdue = task.due is not None and task.due < today and not is_done
    return Row(
        code=task.code,
        title=task.title,
        is_milestone=False,
        health=timeline.of_task(work, today),
        status=task.status,
        start=task.start,
        planned=task.due,
        expected=expected,
        is_done=is_done,
        progress=100 if is_done else task.progress,
        owner=task.owner,
        unit=task.unit,
        working_days=_working_days(task.due, expected, calendar),
        days_overdue=(today - task.due).days if is_overdue else 0,
        may_move=False,
    )


def milestone_row(
    one: Any,  # noqa: ANN401 - has columns
    today: date,
    by: tuple[Calendar, Thresholds],
    *,
    may_move: bool,
) -> Row:
    """A milestone by its columns."""
    calendar, limits = by
    expected = one.closed_on or one.forecast or one.baseline
    is_closed = one.closed_on is not None
    is_overdue = expected is not None and expected < today and not is_closed
    return Row(
        code=one.code,
        title=one.title,
        is_milestone=True,
        health=timeline.of_milestone(
            one.baseline, expected, is_closed=is_closed, today=today, limits=limits
        ),
        status=None,
        start=None,
        planned=one.baseline,
        expected=expected,
        is_done=is_closed,
        progress=0,
        owner="",
        unit="",
        working_days=_working_days(one.baseline, expected, calendar),
        days_overdue=(today - expected).days if is_overdue else 0,
        may_move=may_move,
    )


def _working_days(planned: date | None, expected: date | None, calendar: Calendar) -> int:
    return calendar.between(planned, expected) if planned and expected else 0
