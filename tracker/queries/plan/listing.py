"""One screen of the list: milestones with their tasks, or all tasks sorted flat."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, case, func, select

from tracker.extensions import db
from tracker.models import (
    Milestone,
    Person,
    Strand,
    Task,
    TaskStatus,
)
from tracker.policies import task_rows as rights_of
from tracker.policies.task_rows import Rights
from tracker.queries import settings
from tracker.queries.plan.asked import AnyRow, Filters, Order, Query, Scope, Sort, number, wanted
from tracker.queries.plan.rows import TaskRow, columns, rows_of

PAGE = 50


@dataclass(frozen=True)
class Section:
    """A milestone (or none) with its tasks that are on this screen."""

    id: int | None
    code: str | None
    title: str | None
    baseline: date | None = None
    forecast: date | None = None
    closed_on: date | None = None
    version: int | None = None
    done: int = 0
    total: int = 0
    rows: Sequence[TaskRow] = ()

    @property
    def anchor(self) -> str:
        """How its element is called."""
        return f"milestone-{self.code}" if self.code else "milestone-none"

    @property
    def slip(self) -> int:
        """Days that the forecast (or the actual date) lies after the baseline."""
        expected = self.closed_on or self.forecast or self.baseline
        return (expected - self.baseline).days if expected and self.baseline else 0


@dataclass(frozen=True)
class Plan:
    """One screen of the list. Sorted flat, it is a single section."""

    sections: Sequence[Section]
    filters: Filters
    total: int
    pages: int
    is_empty: bool
    is_flat: bool
    rights: Rights
    may_create: bool

    @property
    def page(self) -> int:
        """The screen shown, which is the last one where a later one was asked for."""
        return min(self.filters.page, self.pages)


def page(scope: Scope, filters: Filters) -> Plan:
    """The screen of the list that is asked for."""
    calendar = settings.calendar()
    rights = rights_of.in_group(scope.actor, scope.group.id)
    condition = wanted(scope, filters, calendar)
    is_flat = filters.sort is not Sort.PLAN or scope.workstream is None
    found = [_everything(condition)] if is_flat else _milestones(scope, condition)
    total = sum(section.matching for section in found)
    pages = max(1, -(-total // PAGE))
    start = (min(filters.page, pages) - 1) * PAGE
    sort = Sort.DUE if is_flat and filters.sort is Sort.PLAN else filters.sort
    rows = rows_of(_screen(condition, sort, start), rights, scope.today, calendar)
    has_milestones = any(section.head.code for section in found)
    return Plan(
        sections=_flat(found, rows) if is_flat else _filled(found, rows, filters, start),
        filters=filters,
        total=total,
        pages=pages,
        is_empty=not (filters.is_narrow or total or has_milestones),
        is_flat=is_flat,
        rights=rights,
        may_create=may_create(scope),
    )


def may_create(scope: Scope) -> bool:
    """Whether the reader may add a task here (in a whole group: in one of its strands)."""
    strands = [scope.workstream.strand] if scope.workstream else list(Strand)
    return any(rights_of.create_in(scope.actor, scope.group.id, strand) for strand in strands)


class _Found(NamedTuple):
    """A section before its rows are read; `matching` counts what the filters leave."""

    head: Section
    matching: int


def _milestones(scope: Scope, condition: ColumnElement[bool]) -> list[_Found]:
    """The milestones of the workstream in order, tasks without one last, each with its counts."""
    counts = {row.milestone_id: row for row in db.session.execute(_counts(scope, condition))}
    found = [
        _found(Section(**row._asdict()), counts.get(row.id))
        for row in db.session.execute(
            select(
                Milestone.id,
                Milestone.code,
                Milestone.title,
                Milestone.baseline,
                Milestone.forecast,
                Milestone.closed_on,
                Milestone.version,
            )
            .where(
                Milestone.workstream_id == (scope.workstream.id if scope.workstream else None),
                Milestone.deleted_at.is_(None),
            )
            .order_by(Milestone.position, Milestone.id)
        )
    ]
    return [*found, _found(Section(None, None, None), counts.get(None))]


def _counts(scope: Scope, condition: ColumnElement[bool]) -> Query:
    """Per milestone: tasks done and all (as officially counted), and those that are wanted."""
    top = Task.parent_id.is_(None)
    return (
        select(
            Task.milestone_id,
            number(and_(top, Task.status == TaskStatus.DONE)).label("done"),
            number(and_(top, Task.status != TaskStatus.DROPPED)).label("total"),
            number(condition).label("matching"),
        )
        .where(scope.condition)
        .group_by(Task.milestone_id)
    )


def _found(head: Section, counts: "AnyRow | None") -> _Found:
    if counts is None:
        return _Found(head, 0)
    filled = Section(**{**vars(head), "done": counts.done, "total": counts.total})
    return _Found(filled, counts.matching)


def _everything(condition: ColumnElement[bool]) -> _Found:
    total = db.session.scalar(select(func.count()).select_from(Task).where(condition)) or 0
    return _Found(Section(None, None, None, total=total), total)


def _screen(condition: ColumnElement[bool], sort: Sort, start: int) -> Query:
    """The rows of one screen: their ids are found and sorted first, the columns read after."""
    order = _order(sort)
    ids = _sorted(select(Task.id), sort).where(condition).order_by(*order)
    chosen = ids.limit(PAGE).offset(start).subquery()
    return columns().where(Task.id.in_(select(chosen.c.id))).order_by(*order)


def _sorted(query: Query, sort: Sort) -> Query:
    match sort:
        case Sort.PLAN:
            return query.outerjoin(Milestone, Task.milestone_id == Milestone.id)
        case Sort.OWNER:
            return query.outerjoin(Person, Task.owner_id == Person.id)
    return query


def _order(sort: Sort) -> Order:
    by_due: Order = [Task.due.is_(None), Task.due, Task.id]
    match sort:
        case Sort.DUE:
            return by_due
        case Sort.FORECAST:
            expected = func.coalesce(Task.forecast, Task.due)
            return [expected.is_(None), expected, Task.id]
        case Sort.OWNER:
            return [Task.owner_id.is_(None), Person.sort_key, *by_due]
        case Sort.STATUS:
            ranks = {status: rank for rank, status in enumerate(TaskStatus)}
            return [case(ranks, value=Task.status), *by_due]
        case Sort.TITLE:
            return [func.lower(Task.title), Task.id]
    return [
        Task.milestone_id.is_(None),
        Milestone.position,
        Task.milestone_id,
        Task.position,
        Task.id,
    ]


def _flat(found: Sequence[_Found], rows: Sequence[TaskRow]) -> list[Section]:
    return [Section(**{**vars(found[0].head), "rows": rows})]


def _filled(
    found: Sequence[_Found], rows: Sequence[TaskRow], filters: Filters, start: int
) -> list[Section]:
    """The sections that have something on this screen; unfiltered, the empty ones in between."""
    end, total = start + PAGE, sum(section.matching for section in found)
    by_milestone: dict[int | None, list[TaskRow]] = {}
    for row in rows:
        by_milestone.setdefault(row.milestone_id, []).append(row)
    filled, before = [], 0
    for head, matching in found:
        here = by_milestone.get(head.id, [])
        is_between = start <= before < end or before == total <= end
        if here or (not matching and not filters.is_narrow and is_between):
            filled.append(Section(**{**vars(head), "rows": here}))
        before += matching
    return filled
