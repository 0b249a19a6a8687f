"""What waits for the lead of a group."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, select

from tracker.extensions import db
from tracker.models import (
    Group,
    Person,
    Task,
    TaskStatus,
)
from tracker.queries.plan.asked import inside, is_clear, is_open
from tracker.queries.shapes import AnyRow, Order, Query

FEW = 6


class Duty(NamedTuple):
    """A task that waits for the lead."""

    code: str
    title: str
    owner: str | None
    due: date | None
    submitted_on: date | None
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Duties:
    """The first tasks of a kind that wait for the lead, and how many there are."""

    tasks: Sequence[Duty] = ()
    total: int = 0


def unclear(group: Group) -> Duties:
    """Open tasks that lack one of the "5 rõ", the soonest due first."""
    return _duties(_unclear(), group)


def waiting_for_approval(group: Group) -> Duties:
    """Tasks submitted as finished, the oldest first."""
    return _duties(_submitted(), group)


@cache
def _unclear() -> Query:
    waiting = and_(~is_clear(), is_open())
    return _first(waiting, [Task.due.is_(None), Task.due, Task.id])


@cache
def _submitted() -> Query:
    return _first(Task.status == TaskStatus.REVIEW, [Task.submitted_on, Task.id])


def _first(condition: ColumnElement[bool], order: Order) -> Query:
    return (
        select(
            Task.code,
            Task.title,
            Person.full_name.label("owner"),
            Task.due,
            Task.submitted_on,
            Task.lead_unit_id,
            Task.result,
            func.count().over().label("total"),
        )
        .outerjoin(Person, Task.owner_id == Person.id)
        .where(inside(is_whole=True), condition)
        .order_by(*order)
        .limit(FEW)
    )


def _duties(query: Query, group: Group) -> Duties:
    rows = db.session.execute(query, {"group_id": group.id}).all()
    tasks = [
        Duty(row.code, row.title, row.owner, row.due, row.submitted_on, _missing(row))
        for row in rows
    ]
    return Duties(tasks, rows[0].total if rows else 0)


def _missing(row: AnyRow) -> tuple[str, ...]:
    parts = {
        "owner": row.owner,
        "due": row.due,
        "result": row.result,
        "unit": row.lead_unit_id,
    }
    return tuple(name for name, value in parts.items() if not value)
