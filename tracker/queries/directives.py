"""Directives: their list with its four cells, the one behind a task, who can be given one.

The head and a screen of the list take the same few statements however many directives there are.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, and_, case, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from tracker.adapters import markdown
from tracker.extensions import db
from tracker.lib.dates import end_of_day_utc, local_day, start_of_day_utc
from tracker.lib.lateness import FourCells, Lateness, lateness
from tracker.lib.paging import SIZE, Page, within
from tracker.lib.periods import Period
from tracker.lib.text import fold
from tracker.lib.workdays import Calendar
from tracker.models import (
    Comment,
    CooperatingUnit,
    Directive,
    Group,
    Person,
    Priority,
    SearchEntry,
    Strand,
    Task,
    TaskStatus,
    Unit,
    Workstream,
)
from tracker.policies import groups as may
from tracker.policies.actor import Actor
from tracker.queries import people, settings
from tracker.queries.plan.asked import ENDED, number, soon_until
from tracker.queries.shapes import Query

MOST = 5_000  # rows of a file: more is no reading for anybody
LONGEST_NOTE = 240
LONGEST_CHOICE = 60  # documents to choose from
LONGEST_OFFER = 12  # people of a unit that are offered by name


class State(StrEnum):
    """How a directive stands: one of the four cells, or what a director looks for besides."""

    OPEN = "open"
    DONE_ON_TIME = "done_on_time"
    DONE_LATE = "done_late"
    OPEN_ON_TIME = "open_on_time"
    OPEN_OVERDUE = "open_overdue"
    DUE_SOON = "due_soon"
    NOBODY = "nobody"
    DROPPED = "dropped"


class Sort(StrEnum):
    """In which order: what is open and due first, the latest given, by unit, the most urgent."""

    DUE = "due"
    GIVEN = "given"
    UNIT = "unit"
    PRIORITY = "priority"


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What of the list is asked for; empty means everything. `period` is when it was given.

    `unit_id` is of the lead unit or of one that cooperates.
    """

    text: str = ""
    giver_id: int | None = None
    document: str = ""
    unit_id: int | None = None
    group: str = ""
    strand: Strand | None = None
    state: State | None = None
    period: Period | None = None
    sort: Sort = Sort.DUE

    @property
    def is_empty(self) -> bool:
        """Whether everything is asked for, in whatever order."""
        return self == Filters(sort=self.sort)


class UnitName(NamedTuple):
    """A unit as it is named in full in both languages, and in short."""

    name: str
    name_en: str | None
    abbreviation: str | None

    @property
    def short(self) -> str:
        """The abbreviation, where it has one."""
        return self.abbreviation or self.name


@dataclass(frozen=True, kw_only=True)
class Line:
    """A directive in the list, judged for a day. `note` is what was said last, for files only."""

    code: str
    title: str
    group_key: str
    group_name: str
    group_name_en: str | None
    strand: Strand
    document: str
    document_date: date | None
    item: str
    given_by: str
    given_on: date
    lead_unit: UnitName | None
    cooperating: tuple[UnitName, ...] = ()
    owner: str
    due: date | None
    forecast: date | None
    finished_on: date | None
    result: str
    progress: int
    priority: Priority
    status: TaskStatus
    lateness: Lateness | None
    days_late: int
    recalled_why: str
    note: str = ""

    @property
    def is_open(self) -> bool:
        """Neither finished nor dropped."""
        return self.status.is_open

    @property
    def is_recalled(self) -> bool:
        """Whether the director took it back."""
        return bool(self.recalled_why) and self.status is TaskStatus.DROPPED

    @property
    def tone(self) -> str:
        """The colour that its lateness calls for."""
        match self.lateness:
            case Lateness.OVERDUE:
                return "late"
            case Lateness.DUE_SOON:
                return "risk"
        return ""


@dataclass(frozen=True)
class Head:
    """How many there are of each state, whatever state is asked for."""

    cells: FourCells = field(default_factory=FourCells)
    due_soon: int = 0
    nobody: int = 0

    @property
    def total(self) -> int:
        """All of them, recalled ones too."""
        return self.cells.total + self.cells.dropped


@dataclass(frozen=True)
class Register:
    """A screen of the list, and its head."""

    page: Page[Line]
    head: Head


def register(actor: Actor, filters: Filters, page: int, today: date) -> Register:
    """The directives asked for, in the groups the actor may see."""
    calendar = settings.calendar()
    soon = soon_until(today, calendar)
    counts = _counts(actor, filters, today, soon)
    total = counts[filters.state or ""]
    page = within(page, total, SIZE)
    lines: Sequence[Line] = ()
    if total:
        asked = _asked(actor, filters, today, soon).limit(SIZE).offset((page - 1) * SIZE)
        lines = _lines(asked, today, calendar)
    return Register(Page(lines, page, total, SIZE), _head(counts))


def everything(actor: Actor, filters: Filters, today: date) -> tuple[Sequence[Line], Head]:
    """All of them for a file, with what was said last of each; the first MOST."""
    calendar = settings.calendar()
    soon = soon_until(today, calendar)
    asked = _asked(actor, filters, today, soon).limit(MOST)
    rows = db.session.execute(asked).all()
    notes = _notes([row.id for row in rows])
    lines = [
        replace(line, note=notes.get(row.id, ""))
        for row, line in zip(rows, _judged(rows, today, calendar), strict=True)
    ]
    return lines, _head(_counts(actor, filters, today, soon))


def givers(actor: Actor) -> Sequence[tuple[int, str]]:
    """The directors who gave one, by name."""
    gave = _joined(select(Directive.given_by_id)).where(*_visible(actor))
    rows = db.session.execute(
        select(Person.id, Person.full_name).where(Person.id.in_(gave)).order_by(Person.sort_key)
    )
    return [(row.id, row.full_name) for row in rows]


def documents(actor: Actor) -> Sequence[str]:
    """The documents that directives stand in, the latest first, as many as one can choose from."""
    named = _joined(select(Task.assigning_document)).where(
        *_visible(actor), Task.assigning_document.is_not(None)
    )
    latest = func.max(Directive.given_at).desc()
    grouped = named.group_by(Task.assigning_document).order_by(latest, Task.assigning_document)
    grouped = grouped.limit(LONGEST_CHOICE)
    return [document for document in db.session.scalars(grouped) if document]


def units(actor: Actor) -> Sequence[tuple[int, str]]:
    """The units that were given one, in Vietnamese order."""
    led = _joined(select(Task.lead_unit_id)).where(*_visible(actor))
    helped = _joined(select(CooperatingUnit.unit_id)).join(
        CooperatingUnit, CooperatingUnit.task_id == Task.id
    )
    rows = db.session.execute(
        select(Unit.id, func.coalesce(Unit.abbreviation, Unit.name).label("name"))
        .where(or_(Unit.id.in_(led), Unit.id.in_(helped.where(*_visible(actor)))))
        .order_by(Unit.sort_key)
    )
    return [(row.id, row.name) for row in rows]


# ---------------------------------------------------------------- the one behind a task


def of_task(task: Task) -> Directive | None:
    """The directive that the task came from, with who gave it."""
    return db.session.scalar(
        select(Directive)
        .options(joinedload(Directive.given_by))
        .where(Directive.task_id == task.id)
        .execution_options(populate_existing=True)
    )


def people_of(unit_id: int | None, today: date) -> Sequence[tuple[int, str]]:
    """Some of the people of a unit, to name one of them."""
    if unit_id is None:
        return ()
    rows = db.session.execute(
        select(Person.id, Person.full_name)
        .where(Person.unit_id == unit_id, or_(Person.valid_to.is_(None), Person.valid_to >= today))
        .order_by(Person.sort_key)
        .limit(LONGEST_OFFER)
    )
    return [(row.id, row.full_name) for row in rows]


# ---------------------------------------------------------------- who can be given one


class Addressee(NamedTuple):
    """A person or a unit."""

    person_id: int | None = None
    unit_id: int | None = None


@dataclass(frozen=True)
class Addressees:
    """The persons and units that a typed name can mean."""

    labels: Mapping[str, Addressee]
    _names: Iterable[tuple[str, str]]  # each with the label it may mean
    _persons: people.Picks

    @cached_property
    def _by_fold(self) -> Mapping[str, Sequence[str]]:
        """Made when a name is looked for: most pages only offer the labels."""
        found: dict[str, list[str]] = defaultdict(list)
        for name, label in self._names:
            found[fold(name)].append(label)
        return found

    def of(self, text: str) -> Addressee | None:
        """The one of that label, name or abbreviation, if there is exactly one."""
        if text in self.labels:
            return self.labels[text]
        person_id = self._persons.of(text)
        if person_id is not None:
            return Addressee(person_id=person_id)
        found = self._by_fold.get(fold(text), ())
        return self.labels[found[0]] if len(found) == 1 else None

    def near(self, text: str) -> list[str]:
        """The labels that may be meant: those with all the words that were typed."""
        words = set(fold(text).split())
        return sorted({
            label
            for known, labels in self._by_fold.items()
            if words <= set(known.split())
            for label in labels
        })  # fmt: skip


def addressees(today: date) -> Addressees:
    """Everybody who is there and every unit there is: units after persons, each in order."""
    persons = people.picks(today)
    labels = {label: Addressee(person_id=id_) for label, id_ in persons.labels.items()}
    names = [(label, label) for label in persons.labels]
    rows = db.session.execute(
        select(Unit.id, Unit.name, Unit.abbreviation)
        .where(or_(Unit.valid_to.is_(None), Unit.valid_to >= today))
        .order_by(Unit.sort_key, Unit.id)
    )
    for unit in rows:
        label = f"{unit.name} ({unit.abbreviation})" if unit.abbreviation else unit.name
        label = f"{label} #{unit.id}" if label in labels else label
        labels[label] = Addressee(unit_id=unit.id)
        names += [(name, label) for name in {unit.name, unit.abbreviation or unit.name, label}]
    return Addressees(labels, names, persons)


# ---------------------------------------------------------------- what is asked for


def _joined(query: Query) -> Query:
    return (
        query.select_from(Directive)
        .join(Task, Task.id == Directive.task_id)
        .join(Workstream, Workstream.id == Task.workstream_id)
        .join(Group, Group.id == Task.group_id)
    )


def _visible(actor: Actor) -> Iterable[ColumnElement[bool]]:
    """Tasks are looked up by the few ids there are: SQLite would else walk through all of them."""
    yield Task.id.in_(select(Directive.task_id))
    yield Task.deleted_at.is_(None)
    yield may.visible_to(actor)


def _conditions(actor: Actor, filters: Filters) -> Iterable[ColumnElement[bool]]:
    """All but the state: the head counts every one of those."""
    yield from _visible(actor)
    if filters.text:
        entries = select(SearchEntry.subject_id).where(
            SearchEntry.kind == "task",
            SearchEntry.subject_id.in_(select(Directive.task_id)),
            *(
                SearchEntry.folded.contains(word, autoescape=True)
                for word in fold(filters.text).split()
            ),
        )
        yield Task.id.in_(entries)
    if filters.giver_id is not None:
        yield Directive.given_by_id == filters.giver_id
    if filters.document:
        yield Task.assigning_document == filters.document
    if filters.unit_id is not None:
        helped = select(CooperatingUnit.task_id).where(CooperatingUnit.unit_id == filters.unit_id)
        yield or_(Task.lead_unit_id == filters.unit_id, Task.id.in_(helped))
    if filters.group:
        yield Group.key == filters.group
    if filters.strand is not None:
        yield Workstream.strand == filters.strand
    if filters.period is not None:
        first, last = filters.period.first, filters.period.last
        yield Directive.given_at.between(start_of_day_utc(first), end_of_day_utc(last))


def _states(today: date, soon: date) -> Mapping[State, ColumnElement[bool]]:
    is_done, is_open = Task.status == TaskStatus.DONE, Task.status.not_in(ENDED)
    is_late = and_(Task.finished_on.is_not(None), Task.finished_on > Task.due)
    is_overdue = and_(Task.due.is_not(None), Task.due < today)
    in_time = or_(Task.due.is_(None), Task.due >= today)
    return {
        State.OPEN: is_open,
        State.DONE_ON_TIME: and_(is_done, or_(Task.due.is_(None), ~is_late)),
        State.DONE_LATE: and_(is_done, Task.due.is_not(None), is_late),
        State.OPEN_ON_TIME: and_(is_open, in_time),
        State.OPEN_OVERDUE: and_(is_open, is_overdue),
        State.DUE_SOON: and_(is_open, Task.due.between(today, soon)),
        State.NOBODY: and_(is_open, Task.owner_id.is_(None)),
        State.DROPPED: Task.status == TaskStatus.DROPPED,
    }


def _counts(actor: Actor, filters: Filters, today: date, soon: date) -> Mapping[str, int]:
    """How many of each state, and of all under ""."""
    sums = [number(condition).label(state) for state, condition in _states(today, soon).items()]
    query = _joined(select(func.count().label("total"), *sums))
    total, *found = db.session.execute(query.where(*_conditions(actor, filters))).one()
    return {"": total, **dict(zip(State, found, strict=True))}


def _head(counts: Mapping[str, int]) -> Head:
    names = ("done_on_time", "done_late", "open_on_time", "open_overdue", "dropped")
    cells = FourCells(**{name: counts[name] for name in names})
    return Head(cells, counts[State.DUE_SOON], counts[State.NOBODY])


def _asked(actor: Actor, filters: Filters, today: date, soon: date) -> Query:
    query = _columns().where(*_conditions(actor, filters))
    if filters.state is not None:
        query = query.where(_states(today, soon)[filters.state])
    return query.order_by(*_order(filters.sort))


def _order(sort: Sort) -> Sequence[Any]:
    ends: Any = case((Task.status.in_(ENDED), 1), else_=0)
    by_due = [ends, Task.due.is_(None), Task.due, Task.id]
    match sort:
        case Sort.GIVEN:
            return [Directive.given_at.desc(), Task.id.desc()]
        case Sort.UNIT:
            return [Unit.sort_key.is_(None), Unit.sort_key, *by_due]
        case Sort.PRIORITY:
            ranks = {priority: -rank for rank, priority in enumerate(Priority)}
            return [ends, case(ranks, value=Task.priority), *by_due]
    return by_due


def _columns() -> Query:
    giver = aliased(Person)
    return (
        _joined(
            select(
                Task.id,
                Task.code,
                Task.title,
                Task.assigning_document,
                Task.assigning_date,
                Task.assigning_item,
                Task.due,
                Task.forecast,
                Task.finished_on,
                Task.result,
                Task.progress,
                Task.priority,
                Task.status,
                Directive.given_at,
                Directive.recalled_why,
                Workstream.strand,
                Group.key,
                Group.name,
                Group.name_en,
                Unit.name.label("unit"),
                Unit.name_en.label("unit_en"),
                Unit.abbreviation,
                Person.full_name.label("owner"),
                giver.full_name.label("giver"),
            )
        )
        .join(giver, giver.id == Directive.given_by_id)
        .outerjoin(Unit, Unit.id == Task.lead_unit_id)
        .outerjoin(Person, Person.id == Task.owner_id)
    )


# ---------------------------------------------------------------- lines


def _lines(query: Query, today: date, calendar: Calendar) -> Sequence[Line]:
    return _judged(db.session.execute(query).all(), today, calendar)


def _judged(rows: Sequence[Row[Any]], today: date, calendar: Calendar) -> Sequence[Line]:
    helping = _cooperating([row.id for row in rows])
    return [_line(row, tuple(helping.get(row.id, ())), today, calendar) for row in rows]


def _line(
    row: Row[Any], cooperating: tuple[UnitName, ...], today: date, calendar: Calendar
) -> Line:
    is_done = row.status is TaskStatus.DONE
    judged = lateness(
        status_is_done=is_done,
        due=row.due,
        finished_on=row.finished_on,
        today=today,
        calendar=calendar,
    )
    ends = row.finished_on or today
    is_dropped = row.status is TaskStatus.DROPPED
    return Line(
        code=row.code,
        title=row.title,
        group_key=row.key,
        group_name=row.name,
        group_name_en=row.name_en,
        strand=row.strand,
        document=row.assigning_document or "",
        document_date=row.assigning_date,
        item=row.assigning_item or "",
        given_by=row.giver,
        given_on=local_day(row.given_at),
        lead_unit=UnitName(row.unit, row.unit_en, row.abbreviation) if row.unit else None,
        cooperating=cooperating,
        owner=row.owner or "",
        due=row.due,
        forecast=row.forecast,
        finished_on=row.finished_on,
        result=row.result or "",
        progress=row.progress,
        priority=row.priority,
        status=row.status,
        lateness=None if is_dropped else judged,
        days_late=max(0, (ends - row.due).days) if row.due and not is_dropped else 0,
        recalled_why=row.recalled_why or "",
    )


def _cooperating(task_ids: Sequence[int]) -> Mapping[int, Sequence[UnitName]]:
    found: dict[int, list[UnitName]] = defaultdict(list)
    if not task_ids:
        return found
    rows = db.session.execute(
        select(CooperatingUnit.task_id, Unit.name, Unit.name_en, Unit.abbreviation)
        .join(Unit, Unit.id == CooperatingUnit.unit_id)
        .where(CooperatingUnit.task_id.in_(task_ids))
        .order_by(CooperatingUnit.task_id, CooperatingUnit.position)
    )
    for row in rows:
        found[row.task_id].append(UnitName(row.name, row.name_en, row.abbreviation))
    return found


def _notes(task_ids: Sequence[int]) -> Mapping[int, str]:
    """What was said last of each task."""
    latest = (
        select(func.max(Comment.id))
        .where(Comment.task_id.in_(task_ids), Comment.deleted_at.is_(None))
        .group_by(Comment.task_id)
    )
    rows = db.session.execute(select(Comment.task_id, Comment.body).where(Comment.id.in_(latest)))
    return {row.task_id: markdown.excerpt(row.body, LONGEST_NOTE) for row in rows}
