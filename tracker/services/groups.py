"""What can be done with a working group and its people."""

from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import func, select

from tracker.errors import RuleViolationError
from tracker.extensions import db
from tracker.lib import codes
from tracker.models import Group, Membership, Person, Role, Strand, Unit, Workstream
from tracker.services import history, summaries
from tracker.services.act import Act


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
    if ends_on is not None and ends_on < starts_on:
        raise RuleViolationError("membership_ends_before_start")
    twice = select(Membership.id).where(
        Membership.group_id == group.id,
        Membership.person_id == person.id,
        Membership.role == role,
        func.coalesce(Membership.ends_on, date.max) >= starts_on,
        Membership.starts_on <= (ends_on or date.max),
    )
    if db.session.scalar(twice) is not None:
        raise RuleViolationError("membership_twice", person=person.full_name)
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
    history.created(membership, by=by)
    return membership


def edit_member(
    membership: Membership, values: Mapping[str, object], *, by: Act, seen: int | None = None
) -> None:
    """Change role, strands, unit, dates or decision of a membership."""
    wanted = history.merged(membership, values, seen=seen)
    starts_on = wanted.get("starts_on", membership.starts_on)
    ends_on = wanted.get("ends_on", membership.ends_on)
    if isinstance(starts_on, date) and isinstance(ends_on, date) and ends_on < starts_on:
        raise RuleViolationError("membership_ends_before_start")
    history.change(membership, wanted, by=by)


def end_member(membership: Membership, last_day: date, *, by: Act) -> None:
    """Let the membership end; the row stays, for the history of the group."""
    edit_member(membership, {"ends_on": last_day}, by=by)


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
