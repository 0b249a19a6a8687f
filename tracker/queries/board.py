"""The board: groups × strands, and how each stands."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, reduce
from itertools import groupby

from sqlalchemy import Select, bindparam, exists, func, or_, select

from tracker.extensions import db
from tracker.lib.health import Health, Judgement
from tracker.models import (
    Account,
    AttentionHide,
    Change,
    Confirmation,
    Group,
    Membership,
    Person,
    Pillar,
    Role,
    Snapshot,
    Strand,
)
from tracker.policies import groups as may
from tracker.policies.actor import Actor
from tracker.queries.standings import Standing, Standings, Totals, worse

NO_WEEKS: Mapping[int, Sequence[Health]] = {}


@dataclass(frozen=True)
class Filters:
    """What of the board is asked for; empty means all."""

    health: Health | None = None
    strand: Strand | None = None
    lead: int | None = None
    overdue: bool = False
    programme: int | None = None
    unit: int | None = None
    pillar: Pillar | None = None
    # What the last three come to (queries.portfolio); None is all groups, all workstreams.
    groups: frozenset[int] | None = None
    places: frozenset[tuple[int, Strand]] | None = None

    @property
    def is_empty(self) -> bool:
        """Whether the whole board is asked for."""
        return self == Filters()


@dataclass(frozen=True)
class Cell:
    """One workstream on the board."""

    key: str
    strand: Strand
    standing: Standing
    is_dimmed: bool = False

    @property
    def judgement(self) -> Judgement:
        """What is computed."""
        return self.standing.judgement

    @property
    def code(self) -> str:
        """How the cell's element is called."""
        return f"{self.key}-{self.strand.slug}"


@dataclass(frozen=True)
class Row:
    """One group on the board, a cell a strand."""

    id: int
    key: str
    name: str
    name_en: str | None
    is_restricted: bool
    lead_id: int | None
    lead: str | None
    people: int
    cells: tuple[Cell, ...]
    # Its worst colour at the ends of the last weeks and now, and how often it was the same.
    weeks: tuple[tuple[Health, int], ...] = ()


@dataclass(frozen=True)
class Board:
    """All rows asked for, and counts over all that the reader may see."""

    rows: tuple[Row, ...]
    totals: Totals = field(default_factory=Totals)

    @property
    def standings(self) -> Standings:
        """How the workstreams on the board stand."""
        return {(row.id, cell.strand): cell.standing for row in self.rows for cell in row.cells}

    @property
    def workstreams(self) -> int:
        """How many cells stand on the board."""
        return sum(len(row.cells) for row in self.rows)


def version() -> int:
    """A number that rises with every change, confirmation, day kept and thing put off."""
    return db.session.scalar(_version()) or 0


def version_for(account_id: int, epoch: int) -> int | None:
    """The same for a session of that account, or None where it has ended.

    On a bare connection, in less than half the time: every open board asks for it all day.
    """
    with db.engine.connect() as connection:
        return connection.scalar(_version_for(), {"account_id": account_id, "epoch": epoch})


@cache
def _version() -> Select[int]:
    confirmed, kept, put_off = (
        func.coalesce(select(func.max(table.id)).scalar_subquery(), 0)
        for table in (Confirmation, Snapshot, AttentionHide)
    )
    changed = func.coalesce(select(func.max(Change.id)).scalar_subquery(), 0)
    return select(changed + confirmed + kept + put_off)


@cache
def _version_for() -> Select[int]:
    is_signed_in = exists().where(
        Account.id == bindparam("account_id"),
        Account.epoch == bindparam("epoch"),
        Account.is_active,
    )
    return _version().where(is_signed_in)


def board(
    actor: Actor,
    day: date,
    filters: Filters,
    stand: Standings,
    weeks: Mapping[int, Sequence[Health]] = NO_WEEKS,
) -> Board:
    """The rows the actor may see, as the filters ask; the counts are over all of them.

    `stand` is how all stand on that day, `weeks` how groups stood before; who may see what is
    always as of now.
    """
    rows = _rows(actor, day, stand, weeks)
    kept = tuple(row for row in (_filtered(row, filters) for row in rows) if row)
    return Board(kept, Totals.of(cell.standing for row in rows for cell in row.cells))


def _rows(
    actor: Actor, day: date, stand: Standings, weeks: Mapping[int, Sequence[Health]]
) -> list[Row]:
    """Groups that were there on that day, with the people of that day."""
    groups = db.session.execute(
        select(Group.id, Group.key, Group.name, Group.name_en, Group.is_restricted)
        .where(may.visible_to(actor))
        .order_by(Group.position, Group.id)
    ).all()
    heads, people = _people(day)
    return [
        Row(
            id=group.id,
            key=group.key,
            name=group.name,
            name_en=group.name_en,
            is_restricted=group.is_restricted,
            lead_id=heads.get(group.id, (None, None))[0],
            lead=heads.get(group.id, (None, None))[1],
            people=people[group.id],
            cells=cells,
            weeks=_runs([*weeks.get(group.id, ()), _worst(cells)]),
        )
        for group in groups
        if (cells := _cells(group.id, group.key, stand))
    ]


def _cells(group_id: int, key: str, stand: Standings) -> tuple[Cell, ...]:
    """Its four cells; none of a group that was not there."""
    places = ((group_id, strand) for strand in Strand)
    return tuple(Cell(key, place[1], stand[place]) for place in places if place in stand)


def _worst(cells: Sequence[Cell]) -> Health:
    return reduce(worse, (cell.judgement.health for cell in cells))


def _runs(colours: Sequence[Health]) -> tuple[tuple[Health, int], ...]:
    return tuple((health, len(list(alike))) for health, alike in groupby(colours))


def _people(today: date) -> tuple[dict[int, tuple[int, str]], Counter[int]]:
    """The head of each group, and how many people it has today."""
    heads: dict[int, tuple[int, str]] = {}
    people: dict[int, set[int]] = defaultdict(set)
    for row in db.session.execute(
        select(Membership.group_id, Membership.role, Membership.person_id, Person.full_name)
        .join(Membership.person)
        .where(
            Membership.starts_on <= today,
            or_(Membership.ends_on.is_(None), Membership.ends_on >= today),
        )
    ):
        people[row.group_id].add(row.person_id)
        if row.role is Role.HEAD:
            heads[row.group_id] = (row.person_id, row.full_name)
    return heads, Counter({group_id: len(members) for group_id, members in people.items()})


def _filtered(row: Row, filters: Filters) -> Row | None:
    """The row with the cells that do not fit dimmed; None when nothing of it fits."""
    if filters.lead and row.lead_id != filters.lead:
        return None
    if filters.groups is not None and row.id not in filters.groups:
        return None
    cells = tuple(
        cell if _fits(row, cell, filters) else replace(cell, is_dimmed=True) for cell in row.cells
    )
    if all(cell.is_dimmed for cell in cells):
        return None
    return replace(row, cells=cells)


def _fits(row: Row, cell: Cell, filters: Filters) -> bool:
    return (
        filters.health in {None, cell.judgement.health}
        and filters.strand in {None, cell.strand}
        and (filters.places is None or (row.id, cell.strand) in filters.places)
        and (not filters.overdue or cell.judgement.overdue > 0)
    )
