"""Working groups, their workstreams and their people."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import contains_eager, joinedload

from tracker.extensions import db
from tracker.models import Group, Membership, Person, Strand, Workstream
from tracker.policies import groups as may
from tracker.policies.actor import Actor


def find(actor: Actor, key: str) -> Group | None:
    """The group of that key, if the actor may see it."""
    return db.session.scalar(select(Group).where(Group.key == key.upper(), may.visible_to(actor)))


def listing(actor: Actor) -> Sequence[Group]:
    """All groups the actor may see, in the order of the board."""
    return db.session.scalars(
        select(Group).where(may.visible_to(actor)).order_by(Group.position, Group.id)
    ).all()


def workstream(actor: Actor, key: str, slug: str) -> Workstream | None:
    """The workstream of a group by the strand's address, with its group."""
    strand = next((strand for strand in Strand if strand.slug == slug), None)
    if strand is None:
        return None
    return db.session.scalar(
        select(Workstream)
        .join(Workstream.group)
        .options(contains_eager(Workstream.group))
        .where(Group.key == key.upper(), Workstream.strand == strand, may.visible_to(actor))
    )


def workstreams(group: Group) -> Sequence[Workstream]:
    """The four workstreams of a group, in the order of the strands."""
    rows = db.session.scalars(
        select(Workstream)
        .options(joinedload(Workstream.group))
        .where(Workstream.group_id == group.id)
    ).all()
    order = list(Strand)
    return sorted(rows, key=lambda row: order.index(row.strand))


def members(group: Group, today: date, *, past: bool = False) -> Sequence[Membership]:
    """The group's people of today (or of all times), heads first, with person and unit."""
    query = (
        select(Membership)
        .join(Membership.person)
        .options(
            contains_eager(Membership.person).joinedload(Person.unit),
            joinedload(Membership.unit),
        )
        .where(Membership.group_id == group.id)
        .order_by(Person.sort_key, Membership.starts_on)
    )
    if not past:
        query = query.where(
            Membership.starts_on <= today,
            or_(Membership.ends_on.is_(None), Membership.ends_on >= today),
        )
    order = ["head", "deputy", "secretary", "member", "observer"]
    return sorted(db.session.scalars(query), key=lambda row: order.index(row.role.value))
