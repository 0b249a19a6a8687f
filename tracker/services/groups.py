"""What can be done with a working group and its people."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select

from tracker.errors import RuleViolationError
from tracker.extensions import db
from tracker.lib import codes
from tracker.models import Group, Membership, Person, Role, Strand, Unit, Workstream
from tracker.services import history, summaries
from tracker.services.act import Act

POST = ("role", "starts_on", "ends_on")


def create(*, key: str, name: str, by: Act, name_en: str | None = None, **details: object) -> Group:
    """Make a group with its four workstreams. `details` are further columns of `Group`."""
    if not codes.valid_key(key):
        raise RuleViolationError("group_key_invalid", key=key)
    if db.session.scalar(select(Group.id).where(Group.key == key)) is not None:
        raise RuleViolationError("group_key_taken", key=key)
    last = db.session.scalar(select(func.max(Group.position))) or 0
    group = Group(
        key=key, name=name, name_en=name_en, position=last + 1, created_at=by.at, **details
    )
    history.created(group, by=by)
    for strand in Strand:
        db.session.add(Workstream(group_id=group.id, strand=strand))
    db.session.flush()  # the ids of the workstreams, for their summaries
    summaries.refresh(workstreams_of(group))
    return group


def workstreams_of(group: Group) -> list[int]:
    """The ids of the group's workstreams."""
    return list(db.session.scalars(select(Workstream.id).where(Workstream.group_id == group.id)))


def edit(group: Group, values: Mapping[str, object], *, by: Act, seen: int | None = None) -> None:
    """Change names, decision, restriction, approval; the key never changes."""
    wanted = history.merged(group, values, seen=seen)
    wanted.pop("key", None)
    history.change(group, wanted, by=by)


def move(group: Group, *, steps: int, by: Act) -> None:
    """Let the group stand so many places later on the board (earlier when negative)."""
    row = list(db.session.scalars(select(Group).order_by(Group.position, Group.id)))
    place = row.index(group)
    row.remove(group)
    row.insert(min(max(place + steps, 0), len(row)), group)
    for position, one in enumerate(row, start=1):
        history.change(one, {"position": position}, by=by)


def seat(group: Group, person: Person, role: Role, *, by: Act) -> Membership:
    """Give one of the first people of a group their post, by its establishing decision."""
    return add_member(
        group,
        person,
        role,
        by=by,
        starts_on=group.decision_date,
        decision_number=group.decision_number,
    )


def add_member(  # noqa: PLR0913 - a membership has this many facts
    group: Group,
    person: Person,
    role: Role,
    *,
    by: Act,
    starts_on: date | None = None,
    strands: tuple[Strand, ...] = (),
    unit: Unit | None = None,
    ends_on: date | None = None,
    decision_number: str | None = None,
) -> Membership:
    """Give a person a post in the group. Two posts of one role at one time are refused."""
    starts_on = starts_on or by.today
    membership = Membership(
        group_id=group.id,
        person_id=person.id,
        role=role,
        strands=[strand.value for strand in strands],
        unit_id=unit.id if unit else None,
        starts_on=starts_on,
        ends_on=ends_on,
        decision_number=decision_number,
    )
    _check_post(membership, role=role, starts_on=starts_on, ends_on=ends_on)
    history.created(membership, by=by)
    return membership


def edit_member(
    membership: Membership, values: Mapping[str, object], *, by: Act, seen: int | None = None
) -> None:
    """Change role, strands, unit, dates or decision of a membership."""
    wanted = history.merged(membership, values, seen=seen)
    post: dict[str, Any] = {field: wanted.get(field, getattr(membership, field)) for field in POST}
    _check_post(membership, **post)
    history.change(membership, wanted, by=by)


def end_member(membership: Membership, last_day: date, *, by: Act, seen: int | None = None) -> None:
    """Let the membership end; the row stays, for the history of the group."""
    edit_member(membership, {"ends_on": last_day}, by=by, seen=seen)


def replace_member(
    membership: Membership,
    person: Person,
    last_day: date,
    *,
    by: Act,
    decision_number: str | None = None,
    seen: int | None = None,
) -> Membership:
    """End a membership and give the post, its strands and unit to another person the day after."""
    end_member(membership, last_day, by=by, seen=seen)
    return add_member(
        db.session.get_one(Group, membership.group_id),
        person,
        membership.role,
        by=by,
        starts_on=last_day + timedelta(days=1),
        strands=tuple(Strand(strand) for strand in membership.strands),
        unit=db.session.get(Unit, membership.unit_id) if membership.unit_id else None,
        decision_number=decision_number,
    )


def _check_post(
    membership: Membership, *, role: Role, starts_on: date, ends_on: date | None
) -> None:
    """A post ends after it began, and nobody holds it twice at one time."""
    if ends_on is not None and ends_on < starts_on:
        raise RuleViolationError("membership_ends_before_start")
    twice = (
        select(Person.full_name)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.group_id == membership.group_id,
            Membership.person_id == membership.person_id,
            Membership.id != (membership.id or 0),
            Membership.role == role,
            func.coalesce(Membership.ends_on, date.max) >= starts_on,
            Membership.starts_on <= (ends_on or date.max),
        )
        .limit(1)
    )
    name = db.session.scalar(twice)
    if name is not None:
        raise RuleViolationError("membership_twice", person=name)


def end_all_of(person: Person, *, by: Act) -> None:
    """End every post of a person the day before the act (they left)."""
    current = db.session.scalars(
        select(Membership).where(
            Membership.person_id == person.id,
            func.coalesce(Membership.ends_on, date.max) >= by.today,
        )
    )
    for membership in current:
        last_day = max(membership.starts_on, by.today - timedelta(days=1))
        history.change(membership, {"ends_on": last_day}, by=by)
