"""Who works in a group or a workstream."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import select

from tracker.extensions import db
from tracker.models import (
    Person,
    Task,
)
from tracker.queries.plan.asked import (
    Scope,
)


class Worker(NamedTuple):
    """A person who can be given a task."""

    id: int
    name: str
    sort_key: str


def owners(scope: Scope) -> Sequence[Worker]:
    """The persons who own a task in the scope, in the order of their names."""
    owning = select(Task.owner_id).where(scope.condition, Task.owner_id.is_not(None)).distinct()
    rows = db.session.execute(
        select(Person.id, Person.full_name, Person.sort_key)
        .where(Person.id.in_(owning))
        .order_by(Person.sort_key)
    )
    return [Worker(*row) for row in rows]


def workers(scope: Scope, people: Iterable[Worker]) -> Sequence[Worker]:
    """Everybody in the group or owning a task in the scope, in the order of their names."""
    known = {worker.id: worker for worker in (*people, *owners(scope))}
    return sorted(known.values(), key=lambda worker: worker.sort_key)
