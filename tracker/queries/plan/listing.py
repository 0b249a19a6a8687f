"""One screen of the list: milestones with their tasks, or all tasks sorted flat."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple

from sqlalchemy import Integer, and_, bindparam, case, func, select

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
from tracker.queries.plan.asked import (
    Days,
    Filters,
    Scope,
    Sort,
    days,
    inside,
    number,
    stale_for,
    wanted,
)
from tracker.queries.plan.rows import TaskRow, columns, row_of
from tracker.queries.shapes import AnyRow, Order, Query

PAGE = 50
MOST = 64  # so many ways of filtering are kept as statements


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
    stale_days: int = 0
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
    on = days(scope.today, calendar)
    rights = rights_of.in_group(scope.actor, scope.group.id)
    is_flat = filters.sort is not Sort.PLAN or scope.workstream is None
    asked = replace(filters, page=1)  # which screen is a parameter
    given = scope.parameters(calendar)
    found = [_everything(scope, asked, given)] if is_flat else _milestones(asked, given, on)
    total = sum(section.matching for section in found)
    pages = max(1, -(-total // PAGE))
    start = (min(filters.page, pages) - 1) * PAGE
    screen = db.session.execute(_screen(asked, is_whole=scope.is_whole), {**given, "start": start})
    rows = [row_of(row, rights, on) for row in screen]
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


def _milestones(filters: Filters, given: Mapping[str, object], on: Days) -> list[_Found]:
    """The milestones of the workstream in order, tasks without one last, each with its counts."""
    counts = {row.milestone_id: row for row in db.session.execute(_counts(filters), given)}
    heads = (head_of(row, on) for row in db.session.execute(_heads(), given))
    found = [_found(head, counts.get(head.id)) for head in heads]
    return [*found, _found(Section(None, None, None), counts.get(None))]


def head_of(row: "AnyRow | Milestone", on: Days) -> Section:
    """The heading of a milestone as of a day."""
    confirmed_at = row.confirmed_at or row.created_at
    return Section(
        id=row.id,
        code=row.code,
        title=row.title,
        baseline=row.baseline,
        forecast=row.forecast,
        closed_on=row.closed_on,
        version=row.version,
        stale_days=0 if row.closed_on else stale_for(confirmed_at, on),
    )


@cache
def _heads() -> Query:
    return (
        select(
            Milestone.id,
            Milestone.code,
            Milestone.title,
            Milestone.baseline,
            Milestone.forecast,
            Milestone.closed_on,
            Milestone.version,
            Milestone.confirmed_at,
            Milestone.created_at,
        )
        .where(
            Milestone.workstream_id == bindparam("workstream_id"),
            Milestone.deleted_at.is_(None),
        )
        .order_by(Milestone.position, Milestone.id)
    )


@lru_cache(MOST)
def _counts(filters: Filters) -> Query:
    """Per milestone: tasks done and all (as officially counted), and those that are wanted."""
    top = Task.parent_id.is_(None)
    return (
        select(
            Task.milestone_id,
            number(and_(top, Task.status == TaskStatus.DONE)).label("done"),
            number(and_(top, Task.status != TaskStatus.DROPPED)).label("total"),
            number(wanted(filters, is_whole=False)).label("matching"),
        )
        .where(inside(is_whole=False))
        .group_by(Task.milestone_id)
    )


def _found(head: Section, counts: AnyRow | None) -> _Found:
    if counts is None:
        return _Found(head, 0)
    filled = Section(**{**vars(head), "done": counts.done, "total": counts.total})
    return _Found(filled, counts.matching)


def _everything(scope: Scope, filters: Filters, given: Mapping[str, object]) -> _Found:
    total = db.session.scalar(_total(filters, is_whole=scope.is_whole), given) or 0
    return _Found(Section(None, None, None, total=total), total)


@lru_cache(MOST)
def _total(filters: Filters, *, is_whole: bool) -> Query:
    return select(func.count()).select_from(Task).where(wanted(filters, is_whole=is_whole))


@lru_cache(MOST)
def _screen(filters: Filters, *, is_whole: bool) -> Query:
    """The rows of one screen: their ids are found and sorted first, the columns read after."""
    sort = Sort.DUE if is_whole and filters.sort is Sort.PLAN else filters.sort
    order = _order(sort)
    ids = _sorted(select(Task.id), sort).where(wanted(filters, is_whole=is_whole)).order_by(*order)
    chosen = ids.limit(PAGE).offset(bindparam("start", type_=Integer)).subquery()
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
    return [Section(**{**vars(found[0].head), "rows": tuple(rows)})]


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
            filled.append(Section(**{**vars(head), "rows": tuple(here)}))
        before += matching
    return filled
