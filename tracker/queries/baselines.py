"""Approvals of the plan of a group."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, ScalarSelect, func, select

from tracker.extensions import db
from tracker.models import Baseline, BaselineItem, Group, Milestone, Person, Task


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


def listing(group: Group) -> Sequence[Approval]:
    """All approvals of a group, the latest first."""
    rows = db.session.execute(
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
        .order_by(Baseline.number.desc())
    )
    return [Approval(*row) for row in rows]


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


def _count(*conditions: ColumnElement[bool]) -> int:
    return db.session.scalar(select(func.count()).where(*conditions)) or 0
