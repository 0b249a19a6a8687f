"""Who works in a group or a workstream."""

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from sqlalchemy import select

from tracker.extensions import db
from tracker.models import Person, Task
from tracker.queries.groups import MemberLine
from tracker.queries.plan.asked import Scope, inside
from tracker.queries.shapes import Query


class Worker(NamedTuple):
    """A person who can be given a task."""

    id: int
    name: str
    sort_key: str


def workers(scope: Scope, people: Iterable[MemberLine]) -> tuple[Worker, ...]:
    """Those people and everybody who owns a task in the scope, in the order of their names."""
    known = {line.id: Worker(line.id, line.name, line.sort_key) for line in people}
    place = {
        "group_id": scope.group.id,
        "workstream_id": scope.workstream.id if scope.workstream else None,
    }
    for row in db.session.execute(_owners(is_whole=scope.is_whole), place):
        known.setdefault(row.id, Worker(row.id, row.full_name, row.sort_key))
    return tuple(sorted(known.values(), key=lambda worker: worker.sort_key))


@cache
def _owners(*, is_whole: bool) -> Query:
    owning = (
        select(Task.owner_id)
        .where(inside(is_whole=is_whole), Task.owner_id.is_not(None))
        .distinct()
    )
    return select(Person.id, Person.full_name, Person.sort_key).where(Person.id.in_(owning))
