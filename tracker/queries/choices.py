"""What a person can choose from in a form: persons, units, milestones."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, or_, select

from tracker.extensions import db
from tracker.models import Account, Group, Membership, Milestone, Person, Unit, Workstream


@dataclass(frozen=True)
class Choice:
    """A row by its id and the words it is chosen by."""

    id: int
    words: str


def persons(today: date, *, also: int | None = None) -> Sequence[Choice]:
    """Everybody who is there today, in Vietnamese order; `also` one who has left meanwhile."""
    rows = db.session.execute(
        select(Person.id, Person.full_name)
        .where(or_(Person.valid_to.is_(None), Person.valid_to >= today, Person.id == also))
        .order_by(Person.sort_key)
    )
    return [Choice(*row) for row in rows]


def members(group: Group, today: date) -> Sequence[Choice]:
    """The people of a group today, in Vietnamese order."""
    rows = db.session.execute(
        select(Person.id, Person.full_name)
        .where(
            Person.id.in_(
                select(Membership.person_id).where(
                    Membership.group_id == group.id,
                    Membership.starts_on <= today,
                    or_(Membership.ends_on.is_(None), Membership.ends_on >= today),
                )
            )
        )
        .order_by(Person.sort_key)
    )
    return [Choice(*row) for row in rows]


def directors(today: date, *, also: int | None = None) -> Sequence[Choice]:
    """Who may decide today, in Vietnamese order; `also` one who no longer does."""
    there = and_(
        Account.is_director,
        Account.is_active,
        or_(Person.valid_to.is_(None), Person.valid_to >= today),
    )
    rows = db.session.execute(
        select(Person.id, Person.full_name)
        .outerjoin(Account, Account.person_id == Person.id)
        .where(or_(there, Person.id == also))
        .order_by(Person.sort_key)
    )
    return [Choice(*row) for row in rows]


def units(today: date, *, also: int | None = None, code: str = "vi") -> Sequence[Choice]:
    """Every unit there is today, with its abbreviation, or by its English name where that is
    the language and it has one; `also` one that has ended meanwhile.
    """
    rows = db.session.execute(
        select(Unit.id, Unit.name, Unit.name_en, Unit.abbreviation)
        .where(or_(Unit.valid_to.is_(None), Unit.valid_to >= today, Unit.id == also))
        .order_by(Unit.sort_key)
    )
    return [
        Choice(
            row.id,
            (code == "en" and row.name_en)
            or " – ".join(dict.fromkeys(filter(None, (row.abbreviation, row.name)))),
        )
        for row in rows
    ]


def milestones(*workstreams: Workstream) -> Sequence[Choice]:
    """The milestones of the workstreams, in order."""
    rows = db.session.execute(
        select(Milestone.id, Milestone.code, Milestone.title)
        .where(
            Milestone.workstream_id.in_([stream.id for stream in workstreams]),
            Milestone.deleted_at.is_(None),
        )
        .order_by(Milestone.workstream_id, Milestone.position, Milestone.id)
    )
    return [Choice(row.id, f"{row.code} – {row.title}") for row in rows]
