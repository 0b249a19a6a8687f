"""Working groups, their workstreams and their people."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import NamedTuple

from sqlalchemy import ColumnElement, Date, Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from tracker.extensions import db
from tracker.lib.health import Judgement, MilestoneFact, Thresholds
from tracker.models import (
    Baseline,
    Group,
    Membership,
    Person,
    Role,
    Strand,
    Workstream,
)
from tracker.policies import groups as may
from tracker.policies.actor import Actor
from tracker.queries import settings, standings
from tracker.queries.declarations import Declared, SideBySide
from tracker.queries.past_rules import Rules
from tracker.queries.shapes import AnyRow, Query

PAGE = 50


class MemberLine(NamedTuple):
    """One of a group's people, as far as its headline and its pickers need."""

    id: int
    name: str
    sort_key: str
    role: Role
    unit_id: int | None


@dataclass(frozen=True)
class Head:
    """What the head of a group's pages says of its people."""

    people: Sequence[MemberLine] = ()

    @classmethod
    def of(cls, members: Sequence[Membership]) -> "Head":
        """The same of memberships that were read already."""
        people = ((row, row.person) for row in members)
        return cls(
            [
                MemberLine(
                    person.id,
                    person.full_name,
                    person.sort_key,
                    row.role,
                    row.unit_id or person.unit_id,
                )
                for row, person in people
            ]
        )

    @property
    def leads(self) -> Sequence[str]:
        """The names of its heads; usually one."""
        return [line.name for line in self.people if line.role is Role.HEAD]

    @property
    def persons(self) -> int:
        """How many people the group has; somebody with two posts counts once."""
        return len({line.id for line in self.people})

    @property
    def units(self) -> int:
        """How many units they come from."""
        return len({line.unit_id for line in self.people if line.unit_id})


@dataclass(frozen=True, eq=False)
class StrandMark(SideBySide):
    """How a workstream stands today, and its milestones. Kept, and told by being the same one."""

    strand: Strand
    judgement: Judgement
    milestones: Sequence[MilestoneFact] = ()
    declared: Declared | None = None


Judged = standings.Judged[StrandMark]


@dataclass(frozen=True)
class Standing:
    """How the four workstreams of a group stand by which limits, and whether its plan was ever
    approved.
    """

    strands: Sequence[StrandMark]
    limits: Thresholds
    is_approved: bool = False

    @property
    def has_plan(self) -> bool:
        """Whether there is a milestone or a task in any strand."""
        return any(mark.milestones or mark.judgement.total for mark in self.strands)


@dataclass(frozen=True)
class Line:
    """A group in the list of groups."""

    group: Group
    head: Head
    strands: Sequence[StrandMark]


class Lines(NamedTuple):
    """One screen of the list of groups."""

    lines: Sequence[Line]
    page: int
    pages: int
    total: int


def find(actor: Actor, key: str) -> Group | None:
    """The group of that key, if the actor may see it."""
    return db.session.scalar(_by_key(), {"key": key.upper(), **may.sight(actor)})


@cache
def _by_key() -> Select[Group]:
    return select(Group).where(Group.key == bindparam("key"), may.visible())


def listing(actor: Actor) -> Sequence[Group]:
    """All groups the actor may see, in the order of the board."""
    return db.session.scalars(
        select(Group).where(may.visible_to(actor)).order_by(Group.position, Group.id)
    ).all()


def sees_all(actor: Actor) -> bool:
    """Whether no group is hidden from the actor."""
    return bool(db.session.scalar(select(may.all_visible_to(actor))))


def workstream(actor: Actor, key: str, slug: str) -> Workstream | None:
    """The workstream of a group by the strand's address, with its group."""
    strand = next((strand for strand in Strand if strand.slug == slug), None)
    if strand is None:
        return None
    asked = {"key": key.upper(), "strand": strand, **may.sight(actor)}
    return db.session.scalar(_by_strand(), asked)


@cache
def _by_strand() -> Select[Workstream]:
    return (
        select(Workstream)
        .join(Workstream.group)
        .options(contains_eager(Workstream.group))
        .where(
            Group.key == bindparam("key"),
            Workstream.strand == bindparam("strand"),
            may.visible(),
        )
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
    found = db.session.scalars(_members(past=past), {"group_id": group.id, "today": today})
    order = ["head", "deputy", "secretary", "member", "observer"]
    return sorted(found, key=lambda row: order.index(row.role.value))


@cache
def _members(*, past: bool) -> Select[Membership]:
    query = (
        select(Membership)
        .join(Membership.person)
        .options(
            contains_eager(Membership.person).joinedload(Person.unit),
            joinedload(Membership.unit),
        )
        .where(Membership.group_id == bindparam("group_id"))
        .order_by(Person.sort_key, Membership.starts_on)
    )
    return query if past else query.where(_held_today())


def _held_today() -> ColumnElement[bool]:
    today = bindparam("today", type_=Date)
    lasts = or_(Membership.ends_on.is_(None), Membership.ends_on >= today)
    return and_(Membership.starts_on <= today, lasts)


def lines(actor: Actor, today: date, page: int, judged: Judged) -> Lines:
    """One screen of the groups the actor may see, each with its people and its marks."""
    total = (
        db.session.scalar(select(func.count()).select_from(Group).where(may.visible_to(actor))) or 0
    )
    pages = max(1, -(-total // PAGE))
    page = min(page, pages)
    groups = db.session.scalars(
        select(Group)
        .where(may.visible_to(actor))
        .order_by(Group.position, Group.id)
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    ).all()
    ids = [group.id for group in groups]
    heads, stand = _heads(ids, today), _standing(ids, today, judged)
    found = [Line(group, heads.get(group.id, Head()), stand[group.id].strands) for group in groups]
    return Lines(found, page, pages, total)


def head(group: Group, today: date) -> Head:
    """The people of a group today, in the order of their names."""
    return _heads([group.id], today).get(group.id, Head())


def standing(group: Group, today: date, judged: Judged) -> Standing:
    """The four strands of a group in their order, each judged for the day."""
    return _standing([group.id], today, judged)[group.id]


def _heads(group_ids: Sequence[int], today: date) -> Mapping[int, Head]:
    people: dict[int, list[MemberLine]] = defaultdict(list)
    for row in db.session.execute(_people(), {"group_ids": group_ids, "today": today}):
        line = MemberLine(row.id, row.full_name, row.sort_key, row.role, row.unit_id)
        people[row.group_id].append(line)
    return {group_id: Head(known) for group_id, known in people.items()}


@cache
def _people() -> Query:
    return (
        select(
            Membership.group_id,
            Person.id,
            Person.full_name,
            Person.sort_key,
            Membership.role,
            func.coalesce(Membership.unit_id, Person.unit_id).label("unit_id"),
        )
        .join(Membership.person)
        .where(Membership.group_id.in_(bindparam("group_ids", expanding=True)), _held_today())
        .order_by(Person.sort_key, Person.id)
    )


def _standing(group_ids: Sequence[int], today: date, judged: Judged) -> Mapping[int, Standing]:
    rules = Rules(*settings.judging())
    found = db.session.execute(_live(), {"group_ids": group_ids}).all()
    kept = standings.judge_changed(found, today, rules, judged, _mark)
    by_place = {(row.group_id, row.strand): kept[row.id] for row in found}
    approved = {row.group_id for row in found if row.is_approved}
    return {
        id_: Standing([by_place[id_, strand] for strand in Strand], rules.limits, id_ in approved)
        for id_ in group_ids
    }


@cache
def _live() -> Query:
    approved = select(Baseline.id).where(Baseline.group_id == Workstream.group_id).exists()
    wanted = Workstream.group_id.in_(bindparam("group_ids", expanding=True))
    return standings.live().add_columns(approved.label("is_approved")).where(wanted)


def _mark(row: AnyRow, one: standings.Standing) -> StrandMark:
    return StrandMark(row.strand, one.judgement, one.milestones, one.declared)
