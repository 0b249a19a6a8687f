"""Approvals of the plan of a group: what each covers, and how two states of it differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy import ColumnElement, ScalarSelect, case, exists, func, literal, select

from tracker.extensions import db
from tracker.lib.paging import Page, within
from tracker.lib.plan_comparison import PlanItem
from tracker.lib.slip import Slip, slip
from tracker.lib.workdays import Calendar
from tracker.models import (
    Baseline,
    BaselineItem,
    Group,
    Milestone,
    Person,
    Strand,
    Task,
    Workstream,
)
from tracker.queries.shapes import Query

SIZE = 100

Item = TypeVar("Item", Milestone, Task)


@dataclass(frozen=True)
class Approval:
    """One approval with its document, and how much it covers."""

    id: int
    number: int
    document_number: str
    document_date: date
    approved_at: datetime
    approved_by: str
    milestones: int
    tasks: int


@dataclass(frozen=True)
class Plan:
    """What would be approved now."""

    milestones: int
    tasks: int
    moved: int

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to approve."""
        return not self.milestones and not self.tasks


@dataclass(frozen=True, slots=True)
class Line:
    """An approved item beside what has become of it; what left the group has no other dates.

    `slip` is that of the actual date, else of the forecast, else of the present due date.
    """

    kind: str
    code: str
    title: str
    strand: str
    start: date | None
    approved: date | None
    due: date | None
    forecast: date | None
    actual: date | None
    slip: Slip | None
    is_live: bool


@dataclass(frozen=True)
class Count:
    """How many items of a strand were approved."""

    strand: str
    milestones: int
    tasks: int


def listing(group: Group) -> Sequence[Approval]:
    """All approvals of a group, the latest first."""
    rows = db.session.execute(_approvals(group).order_by(Baseline.number.desc()))
    return [Approval(*row) for row in rows]


def find(group: Group, number: int) -> Approval | None:
    """The approval of that number."""
    row = db.session.execute(_approvals(group).where(Baseline.number == number)).first()
    return Approval(*row) if row else None


def _approvals(group: Group) -> Query:
    return (
        select(
            Baseline.id,
            Baseline.number,
            Baseline.document_number,
            Baseline.document_date,
            Baseline.approved_at,
            func.coalesce(Person.full_name, ""),
            _items("milestone"),
            _items("task"),
        )
        .outerjoin(Person, Person.id == Baseline.approved_by_id)
        .where(Baseline.group_id == group.id)
    )


def _items(kind: str) -> ScalarSelect[int]:
    return (
        select(func.count())
        .where(BaselineItem.baseline_id == Baseline.id, BaselineItem.kind == kind)
        .scalar_subquery()
    )


def pending(group: Group) -> Plan:
    """How much an approval of today would cover, and how many milestones it would move."""
    live = (Milestone.group_id == group.id, Milestone.deleted_at.is_(None))
    moved = (
        Milestone.closed_on.is_(None),
        Milestone.forecast.is_not(None),
        Milestone.forecast != func.coalesce(Milestone.baseline, date.min),
    )
    return Plan(
        milestones=_count(*live),
        tasks=_count(Task.group_id == group.id, Task.deleted_at.is_(None)),
        moved=_count(*live, *moved),
    )


def lines(
    approval: Approval, calendar: Calendar, strand: str = "", number: int = 1, size: int = SIZE
) -> Page[Line]:
    """What was approved, strand by strand, each milestone before the tasks."""
    here = BaselineItem.baseline_id == approval.id
    if strand:
        here &= BaselineItem.strand == strand
    total = _count(here)
    number = within(number, total, size)
    order = case({strand.value: n for n, strand in enumerate(Strand)}, value=BaselineItem.strand)
    # Who sees this group need not see the one that an item has gone to.
    group_id = select(Baseline.group_id).where(Baseline.id == approval.id).scalar_subquery()
    its_task, its_milestone = (
        (BaselineItem.kind == kind)
        & (table.id == BaselineItem.subject_id)
        & (table.group_id == group_id)
        for kind, table in (("task", Task), ("milestone", Milestone))
    )
    rows = db.session.execute(
        select(BaselineItem, Task, Milestone)
        .select_from(BaselineItem)
        .outerjoin(Task, its_task)
        .outerjoin(Milestone, its_milestone)
        .where(here)
        .order_by(order, BaselineItem.kind, BaselineItem.id)
        .limit(size)
        .offset((number - 1) * size)
    )
    found = [_line(item, _there(task, milestone), calendar) for item, task, milestone in rows]
    return Page(found, number, total, size)


def counts(approval: Approval) -> Sequence[Count]:
    """How much of each strand was approved, in their order."""
    rows = db.session.execute(
        select(
            BaselineItem.strand,
            func.count().filter(BaselineItem.kind == "milestone"),
            func.count().filter(BaselineItem.kind == "task"),
        )
        .where(BaselineItem.baseline_id == approval.id)
        .group_by(BaselineItem.strand)
    )
    found = {row[0]: Count(*row) for row in rows}
    return [found[strand.value] for strand in Strand if strand.value in found]


def _there(*things: Task | Milestone | None) -> Task | Milestone | None:
    return next((thing for thing in things if thing is not None), None)


def _line(item: BaselineItem, thing: Task | Milestone | None, calendar: Calendar) -> Line:
    is_live = thing is not None and thing.deleted_at is None
    due, forecast, actual = _dates(thing) if thing is not None and is_live else (None,) * 3
    return Line(
        kind=item.kind,
        code=item.code,
        title=item.title,
        strand=item.strand,
        start=item.start,
        approved=item.due,
        due=due,
        forecast=forecast,
        actual=actual,
        slip=slip(item.due, actual or forecast or due, calendar),
        is_live=is_live,
    )


def _dates(thing: Task | Milestone) -> tuple[date | None, date | None, date | None]:
    """Due, forecast and actual date as they stand."""
    if isinstance(thing, Task):
        return thing.due, thing.forecast, thing.finished_on
    return thing.baseline, thing.forecast, thing.closed_on


# ---------------------------------------------------------------- held against each other


def items(approval: Approval) -> Sequence[PlanItem]:
    """The state of the plan that was approved."""
    rows = db.session.execute(
        select(
            BaselineItem.kind,
            BaselineItem.subject_id,
            BaselineItem.code,
            BaselineItem.title,
            BaselineItem.strand,
            BaselineItem.due,
            literal("due"),
            case((BaselineItem.kind == "task", _is_there(Task)), else_=_is_there(Milestone)),
        )
        .where(BaselineItem.baseline_id == approval.id)
        .order_by(BaselineItem.kind, BaselineItem.id)
    )
    return [PlanItem(*row) for row in rows]


def items_today(group: Group) -> Sequence[PlanItem]:
    """The state of the plan as it is: each item with its actual date, else forecast, else due."""
    return [*_items_today(group, Milestone), *_items_today(group, Task)]


def _items_today(group: Group, table: type[Item]) -> list[PlanItem]:
    rows = db.session.execute(
        select(table, Workstream.strand)
        .join(Workstream, Workstream.id == table.workstream_id)
        .where(table.group_id == group.id, table.deleted_at.is_(None))
        .order_by(table.id)
    )
    return [_item(row[0], row[1].value) for row in rows]


def _item(thing: Milestone | Task, strand: str) -> PlanItem:
    due, forecast, actual = _dates(thing)
    kind = "task" if isinstance(thing, Task) else "milestone"
    basis = "actual" if actual else "forecast" if forecast else "due"
    day = actual or forecast or due
    return PlanItem(kind, thing.id, thing.code, thing.title, strand, day, basis)


def _is_there(table: type[Milestone | Task]) -> ColumnElement[bool]:
    """Not in the trash and not gone for good."""
    return exists().where(table.id == BaselineItem.subject_id, table.deleted_at.is_(None))


def _count(*conditions: ColumnElement[bool]) -> int:
    return db.session.scalar(select(func.count()).where(*conditions)) or 0
