"""Programmes and the groups in them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from tracker.extensions import db
from tracker.models import Group, Programme, ProgrammeGroup


@dataclass(frozen=True)
class Line:
    """A programme with its groups, in the order of the board."""

    programme: Programme
    groups: Sequence[Group]


def lines() -> Sequence[Line]:
    """All programmes in their order, retired ones too."""
    groups: dict[int, list[Group]] = defaultdict(list)
    for programme_id, group in db.session.execute(
        select(ProgrammeGroup.programme_id, Group)
        .join(Group, Group.id == ProgrammeGroup.group_id)
        .order_by(Group.position, Group.id)
    ):
        groups[programme_id].append(group)
    found = db.session.scalars(select(Programme).order_by(Programme.position, Programme.id))
    return [Line(programme, groups[programme.id]) for programme in found]


def find(programme_id: int, *, to_change: bool = False) -> Programme | None:
    """The programme of that id; `to_change` waits for who is faster."""
    return db.session.get(Programme, programme_id, with_for_update=to_change or None)


def group_ids(programme: Programme) -> list[int]:
    """The ids of its groups."""
    query = select(ProgrammeGroup.group_id).where(ProgrammeGroup.programme_id == programme.id)
    return list(db.session.scalars(query))


def choices() -> Sequence[Group]:
    """Every group there is, for who composes a programme."""
    return db.session.scalars(select(Group).order_by(Group.position, Group.id)).all()


def in_use() -> Sequence[tuple[Programme, frozenset[int]]]:
    """The programmes not retired, in their order, each with the ids of its groups."""
    members: Mapping[int, set[int]] = defaultdict(set)
    found = {}
    for programme, group_id in db.session.execute(
        select(Programme, ProgrammeGroup.group_id)
        .join(ProgrammeGroup, ProgrammeGroup.programme_id == Programme.id)
        .where(Programme.is_retired.is_(False))
        .order_by(Programme.position, Programme.id)
    ):
        found[programme.id] = programme
        members[programme.id].add(group_id)
    return [(programme, frozenset(members[id_])) for id_, programme in found.items()]
