"""Posts in working groups."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from tracker.extensions import db
from tracker.models import Group, Membership, Person, Role
from tracker.queries.groups import members


@dataclass(frozen=True)
class Roster:
    """The people of a group: those of today, those to come and those of the past."""

    present: Sequence[Membership]
    coming: Sequence[Membership]
    past: Sequence[Membership]


@dataclass(frozen=True)
class GroupRow:
    """A group as the administrator lists it."""

    group: Group
    heads: str
    people: int


def find(membership_id: int) -> Membership | None:
    """The post with its group, person and unit."""
    return db.session.scalar(
        select(Membership)
        .options(
            joinedload(Membership.group),
            joinedload(Membership.person),
            joinedload(Membership.unit),
        )
        .where(Membership.id == membership_id)
    )


def roster(group: Group, today: date) -> Roster:
    """Everybody who has, will have or had a post in the group."""
    everyone = members(group, today, past=True)
    return Roster(
        present=[row for row in everyone if row.starts_on <= today and _lasts(row, today)],
        coming=[row for row in everyone if row.starts_on > today],
        past=sorted(
            (row for row in everyone if not _lasts(row, today) and row.starts_on <= today),
            key=lambda row: row.ends_on or date.max,
            reverse=True,
        ),
    )


def _lasts(row: Membership, today: date) -> bool:
    return row.ends_on is None or row.ends_on >= today


def group_rows(today: date) -> list[GroupRow]:
    """All groups in the order of the board, with their heads and the number of their people."""
    heads: dict[int, list[str]] = {}
    now = (
        Membership.starts_on <= today,
        or_(Membership.ends_on.is_(None), Membership.ends_on >= today),
    )
    for group_id, name in db.session.execute(
        select(Membership.group_id, Person.full_name)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.role == Role.HEAD, *now)
        .order_by(Membership.starts_on)
    ):
        heads.setdefault(group_id, []).append(name)
    count = (
        select(func.count(Membership.person_id.distinct()))
        .where(Membership.group_id == Group.id, *now)
        .scalar_subquery()
    )
    rows = db.session.execute(select(Group, count).order_by(Group.position, Group.id))
    return [GroupRow(group, ", ".join(heads.get(group.id, [])), n) for group, n in rows]


def keys() -> frozenset[str]:
    """Every key that is taken."""
    return frozenset(db.session.scalars(select(Group.key)))
