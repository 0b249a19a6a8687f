"""What waits to be done after a change, and what a mail needs to know."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from tracker.extensions import db
from tracker.models import Account, OutboxItem, Person, Task, Workstream

ATTEMPTS = 12
# Not work to be done but the worker's sign of life: its row is always done.
TICK = "tick"


@dataclass(frozen=True)
class Backlog:
    """What waits: how many items, since when, and how many were given up."""

    waiting: int
    oldest: datetime | None
    given_up: int
    last_error: str | None


def due(at: datetime, *, without: Collection[str] = (), limit: int = 500) -> list[OutboxItem]:
    """Items to be done now, oldest first; those tried too often are left alone."""
    return list(
        db.session.scalars(
            select(OutboxItem)
            .where(
                OutboxItem.done_at.is_(None),
                OutboxItem.due_at <= at,
                OutboxItem.attempts < ATTEMPTS,
                OutboxItem.kind.not_in(list(without)),
            )
            .order_by(OutboxItem.due_at, OutboxItem.id)
            .limit(limit)
        )
    )


def find(key: str) -> OutboxItem | None:
    """The item of that key."""
    return db.session.scalar(select(OutboxItem).where(OutboxItem.key == key))


def backlog() -> Backlog:
    """How much waits."""
    waiting = OutboxItem.done_at.is_(None)
    number, oldest = db.session.execute(
        select(func.count(), func.min(OutboxItem.created_at)).where(waiting)
    ).one()
    given_up = db.session.scalar(
        select(func.count()).select_from(OutboxItem).where(waiting, OutboxItem.attempts >= ATTEMPTS)
    )
    last_error = db.session.scalar(
        select(OutboxItem.last_error)
        .where(waiting, OutboxItem.last_error.is_not(None))
        .order_by(OutboxItem.id.desc())
        .limit(1)
    )
    return Backlog(number, oldest, given_up or 0, last_error)


def last_tick() -> datetime | None:
    """When a worker last looked for work."""
    return db.session.scalar(select(OutboxItem.done_at).where(OutboxItem.key == TICK))


def account(account_id: int) -> Account | None:
    """The account with its person."""
    return db.session.scalar(
        select(Account).options(joinedload(Account.person)).where(Account.id == account_id)
    )


def reader(person_id: int) -> Account | None:
    """The account to which mail for that person goes; nobody is written to without one."""
    return db.session.scalar(
        select(Account)
        .options(joinedload(Account.person))
        .where(
            Account.person_id == person_id,
            Account.is_active,
            Account.is_demo.is_(False),
        )
    )


def tasks(task_ids: Collection[int]) -> list[Task]:
    """Those tasks that are not in the trash, with their group and strand, by due date."""
    return list(
        db.session.scalars(
            select(Task)
            .options(
                joinedload(Task.group),
                joinedload(Task.workstream).load_only(Workstream.strand),
            )
            .where(Task.id.in_(list(task_ids)), Task.deleted_at.is_(None))
            .order_by(Task.due.is_(None), Task.due, Task.id)
        )
    )


def names(person_ids: Collection[int]) -> dict[int, str]:
    """Full names by person."""
    rows = db.session.execute(
        select(Person.id, Person.full_name).where(Person.id.in_(list(person_ids)))
    )
    return {row.id: row.full_name for row in rows}
