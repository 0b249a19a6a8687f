"""Who works in a group or a workstream."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import select

from tracker.extensions import db
from tracker.models import Person, Task
from tracker.queries.groups import MemberLine
from tracker.queries.plan.asked import Scope


class Worker(NamedTuple):
    """A person who can be given a task."""

    id: int
    name: str
    sort_key: str


def workers(scope: Scope, people: Iterable[MemberLine]) -> Sequence[Worker]:
    """Those people and everybody who owns a task in the scope, in the order of their names."""
    known = {line.id: Worker(line.id, line.name, line.sort_key) for line in people}
    owning = select(Task.owner_id).where(scope.condition, Task.owner_id.is_not(None)).distinct()
    for row in db.session.execute(
        select(Person.id, Person.full_name, Person.sort_key).where(Person.id.in_(owning))
    ):
        known.setdefault(row.id, Worker(row.id, row.full_name, row.sort_key))
    return sorted(known.values(), key=lambda worker: worker.sort_key)
