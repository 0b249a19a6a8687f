"""What happened to a thing."""

from collections.abc import Sequence
from functools import cache

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import joinedload

from tracker.extensions import db
from tracker.models import Change


def of(kind: str, subject_id: int, *beside: str) -> Sequence[Change]:
    """Every change of one thing, oldest first, with the person.

    `beside` are kinds of what is told by the thing's number: the directive of a task.
    """
    asked = {"kinds": [kind, *beside], "subject_id": subject_id}
    return db.session.scalars(_of(), asked).all()


@cache
def _of() -> Select[Change]:
    return (
        select(Change)
        .options(joinedload(Change.person))
        .where(
            Change.kind.in_(bindparam("kinds", expanding=True)),
            Change.subject_id == bindparam("subject_id"),
        )
        .order_by(Change.at, Change.id)
    )


def since_version(kind: str, subject_id: int, version: int) -> Sequence[Change]:
    """The changes stored after the thing had that version, oldest first."""
    return db.session.scalars(
        select(Change)
        .options(joinedload(Change.person))
        .where(Change.kind == kind, Change.subject_id == subject_id, Change.version > version)
        .order_by(Change.id)
    ).all()


def last(kind: str, subject_id: int, field: str) -> Sequence[Change]:
    """The changes stored together with the last one of that field."""
    of_it = (Change.kind == kind, Change.subject_id == subject_id)
    version = select(func.max(Change.version)).where(*of_it, Change.field == field)
    return db.session.scalars(
        select(Change).where(*of_it, Change.version == version.scalar_subquery())
    ).all()


def last_to(kind: str, subject_id: int, field: str, value: object) -> Change | None:
    """The last change of that field to that value, with the person."""
    changes = db.session.scalars(
        select(Change)
        .options(joinedload(Change.person))
        .where(Change.kind == kind, Change.subject_id == subject_id, Change.field == field)
        .order_by(Change.id.desc())
    )
    return next((change for change in changes if change.new == value), None)
