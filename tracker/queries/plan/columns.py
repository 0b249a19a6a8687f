"""The tasks in columns by status, the first cards of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import case, func, select

from tracker.extensions import db
from tracker.lib.workdays import Calendar
from tracker.models import Task, TaskStatus
from tracker.policies import task_rows as rights_of
from tracker.policies.task_rows import Rights
from tracker.queries import settings
from tracker.queries.plan.asked import Filters, Scope, days, wanted
from tracker.queries.plan.listing import may_create
from tracker.queries.plan.rows import TaskRow, columns, row_of
from tracker.queries.shapes import Order, Query

COLUMN = 20
LONGEST_COLUMN = 200
# Columns that stand there even when nothing is in them.
ALWAYS = {TaskStatus.TODO, TaskStatus.DOING, TaskStatus.BLOCKED, TaskStatus.DONE}


@dataclass(frozen=True)
class Column:
    """The cards of one status; `total` may be more than are shown."""

    status: TaskStatus
    cards: Sequence[TaskRow] = ()
    total: int = 0

    @property
    def more(self) -> int:
        """How many to show when more are asked for; 0 when all are there."""
        if self.total <= len(self.cards) or len(self.cards) >= LONGEST_COLUMN:
            return 0
        return len(self.cards) + COLUMN


@dataclass(frozen=True)
class Kanban:
    """The tasks in columns by status."""

    columns: Sequence[Column]
    filters: Filters
    rights: Rights
    may_create: bool

    @property
    def total(self) -> int:
        """How many tasks there are in all columns."""
        return sum(column.total for column in self.columns)


def kanban(scope: Scope, filters: Filters, lengths: Mapping[TaskStatus, int]) -> Kanban:
    """The first cards of each column: soonest due first, of what is done the latest first.

    `lengths` says how many cards to show of a column, where that is not the usual number.
    """
    calendar = settings.calendar()
    rights = rights_of.in_group(scope.actor, scope.group.id)
    condition = wanted(filters, is_whole=scope.is_whole)
    ranked = (
        select(
            Task.id,
            func.row_number().over(partition_by=Task.status, order_by=_card_order()).label("place"),
            func.count().over(partition_by=Task.status).label("total"),
            Task.status,
        )
        .where(condition)
        .subquery()
    )
    limit = (
        case(
            {status: min(length, LONGEST_COLUMN) for status, length in lengths.items()},
            value=ranked.c.status,
            else_=COLUMN,
        )
        if lengths
        else COLUMN
    )
    query = (
        columns()
        .join(ranked, ranked.c.id == Task.id)
        .where(ranked.c.place <= limit)
        .add_columns(ranked.c.total)
        .order_by(ranked.c.place)
    )
    return Kanban(
        columns=_columns_of(query, scope, calendar, rights),
        filters=filters,
        rights=rights,
        may_create=may_create(scope),
    )


def _card_order() -> Order:
    finished = case((Task.status == TaskStatus.DONE, Task.finished_on))
    return [finished.is_(None), finished.desc(), Task.due.is_(None), Task.due, Task.id]


def _columns_of(query: Query, scope: Scope, calendar: Calendar, rights: Rights) -> list[Column]:
    on = days(scope.today, calendar)
    cards: dict[TaskStatus, list[TaskRow]] = {status: [] for status in TaskStatus}
    totals = dict.fromkeys(TaskStatus, 0)
    for row in db.session.execute(query, scope.parameters(calendar)):
        cards[row.status].append(row_of(row, rights, on))
        totals[row.status] = row.total
    shown = ALWAYS | ({TaskStatus.REVIEW} if scope.group.needs_approval else set())
    return [
        Column(status, cards[status], totals[status])
        for status in TaskStatus
        if cards[status] or status in shown
    ]
