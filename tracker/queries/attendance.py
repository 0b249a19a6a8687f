"""Who is expected at a meeting, and who was there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from tracker.extensions import db
from tracker.models import Attendance, Meeting, Membership, Person, Presence, Role
from tracker.queries.meetings import Sitting

LEADING = (Role.HEAD, Role.DEPUTY, Role.SECRETARY)


@dataclass(frozen=True, kw_only=True)
class Seat:
    """Somebody at the table. `presence` is None while nobody has said; a guest has no person."""

    name: str
    post: str = ""
    person_id: int | None = None
    row_id: int | None = None
    keys: tuple[str, ...] = ()
    presence: Presence | None = None
    version: int | None = None


def seats(sitting: Sitting) -> Sequence[Seat]:
    """The chair, the recorders, the people of the groups in the order of their names, guests.

    Where the meeting is about all groups, of each group only who leads it is expected.
    """
    said = db.session.scalars(
        select(Attendance)
        .where(Attendance.meeting_id == sitting.meeting.id)
        .order_by(Attendance.id)
        .execution_options(populate_existing=True)
    ).all()
    known = {row.person_id: row for row in said if row.person_id}
    persons, keys = _expected(sitting)
    missing = [id_ for id_ in known if id_ not in persons]
    persons |= {person.id: person for person in _persons(missing)}
    guests = [row for row in said if row.person_id is None]
    return [
        *(_seat(person, keys.get(id_, ()), known.get(id_)) for id_, person in persons.items()),
        *(_guest(row) for row in guests),
    ]


def unmarked(sitting: Sitting) -> Sequence[Person]:
    """Those of whom nothing was said yet."""
    missing = [seat.person_id for seat in seats(sitting) if seat.person_id and not seat.presence]
    return _persons(missing)


def present(meeting: Meeting) -> Mapping[Presence, int]:
    """How many were there, and how many were not."""
    rows = db.session.execute(
        select(Attendance.presence, func.count())
        .where(Attendance.meeting_id == meeting.id)
        .group_by(Attendance.presence)
    )
    return {row[0]: row[1] for row in rows}


def find(meeting: Meeting, row_id: int) -> Attendance | None:
    """What was said of somebody."""
    return db.session.scalar(
        select(Attendance).where(Attendance.id == row_id, Attendance.meeting_id == meeting.id)
    )


def person(sitting: Sitting, person_id: int) -> Person | None:
    """Somebody who may be marked: whoever is expected or was named before."""
    expected = {seat.person_id for seat in seats(sitting)}
    return db.session.get(Person, person_id) if person_id in expected else None


def _expected(sitting: Sitting) -> tuple[dict[int, Person], Mapping[int, tuple[str, ...]]]:
    meeting = sitting.meeting
    persons = {meeting.chair.id: meeting.chair}
    persons |= {recorder.id: recorder for recorder in sitting.recorders}
    keys: dict[int, tuple[str, ...]] = {}
    names = {group.id: group.key for group in sitting.groups}
    on = meeting.held_on
    query = (
        select(Membership)
        .join(Membership.person)
        .options(joinedload(Membership.person))
        .where(
            Membership.group_id.in_(names),
            Membership.role != Role.OBSERVER,
            Membership.starts_on <= on,
            or_(Membership.ends_on.is_(None), Membership.ends_on >= on),
        )
        .order_by(Person.sort_key, Person.id, Membership.group_id)
    )
    if sitting.is_about_all:
        query = query.where(Membership.role.in_(LEADING))
    for row in db.session.scalars(query):
        persons.setdefault(row.person_id, row.person)
        keys[row.person_id] = tuple(
            dict.fromkeys((*keys.get(row.person_id, ()), names[row.group_id]))
        )
    return persons, keys


def _persons(ids: Sequence[int]) -> Sequence[Person]:
    return db.session.scalars(
        select(Person).where(Person.id.in_(ids)).order_by(Person.sort_key)
    ).all()


def _seat(person_: Person, keys: tuple[str, ...], row: Attendance | None) -> Seat:
    return Seat(
        name=person_.full_name,
        post=person_.position or "",
        person_id=person_.id,
        row_id=row.id if row else None,
        keys=keys,
        presence=row.presence if row else None,
        version=row.version if row else None,
    )


def _guest(row: Attendance) -> Seat:
    return Seat(
        name=row.name,
        post=row.post,
        row_id=row.id,
        presence=row.presence,
        version=row.version,
    )
