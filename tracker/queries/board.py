"""The board: groups × strands, how each stands, what asks for attention, what changed."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

from sqlalchemy import Select, func, or_, select

from tracker.extensions import db
from tracker.lib.freshness import Coverage
from tracker.lib.health import Health, Judgement, Reason
from tracker.models import (
    Change,
    Confirmation,
    Group,
    Membership,
    Person,
    Pillar,
    Role,
    Strand,
    Task,
)
from tracker.policies import groups as may
from tracker.policies.actor import Actor
from tracker.queries import standings
from tracker.queries.standings import Judged, Standing, Standings


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


@dataclass(frozen=True)
class Attention:
    """A fact that asks for a look, worst first; `reason` says why it stands here."""

    row: Row
    cell: Cell
    reason: Reason

    @property
    def task(self) -> object:
        """The code of the task that it is about, if it is about one."""
        return self.reason.values.get("task")


@dataclass(frozen=True)
class Board:
    """All rows asked for, and counts over all that the reader may see."""

    rows: tuple[Row, ...]
    health: Mapping[Health, int] = field(default_factory=dict)
    overdue: int = 0
    milestones_soon: int = 0
    blocked: int = 0
    coverage: Coverage = field(default_factory=Coverage)
    attention: tuple[Attention, ...] = ()
    # Titles of the tasks that `attention` names by their codes.
    titles: Mapping[str, str] = field(default_factory=dict)

    @property
    def workstreams(self) -> int:
        """How many cells stand on the board."""
        return sum(len(row.cells) for row in self.rows)


def version() -> int:
    """A number that rises with every change of anything, and with every confirmation."""
    return db.session.scalar(_version()) or 0


@cache
def _version() -> Select[int]:
    confirmed = select(func.max(Confirmation.id)).scalar_subquery()
    return select(func.coalesce(func.max(Change.id), 0) + func.coalesce(confirmed, 0))


def board(
    actor: Actor, day: date, filters: Filters, judged: Judged, past: Standings | None = None
) -> Board:
    """The rows the actor may see, as the filters ask; the counts are over all of them.

    Of a past day how all stood then is given; who may see what is always as of now.
    """
    rows = _rows(actor, day, standings.now(day, judged) if past is None else past)
    seen = [cell.standing for row in rows for cell in row.cells]
    kept = tuple(row for row in (_filtered(row, filters) for row in rows) if row)
    attention = _attention(kept)
    titles = _titles(actor, attention)
    return Board(
        rows=kept,
        health=Counter(one.judgement.health for one in seen),
        overdue=sum(one.judgement.overdue for one in seen),
        blocked=sum(one.judgement.blocked for one in seen),
        milestones_soon=sum(one.milestones_soon for one in seen),
        coverage=sum((one.coverage for one in seen), Coverage()),
        attention=tuple(item for item in attention if item.task in {None, *titles}),
        titles=titles,
    )


def _rows(actor: Actor, day: date, stand: Standings) -> list[Row]:
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
            cells=tuple(
                Cell(group.key, strand, stand[group.id, strand])
                for strand in Strand
                if (group.id, strand) in stand
            ),
        )
        for group in groups
        if any((group.id, strand) in stand for strand in Strand)
    ]


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


def _attention(rows: Sequence[Row]) -> tuple[Attention, ...]:
    """Every fact behind a red or amber cell: red before amber, the longest first."""
    found = [
        Attention(row, cell, reason)
        for row in rows
        for cell in row.cells
        if cell.judgement.health in {Health.LATE, Health.AT_RISK} and not cell.is_dimmed
        for reason in cell.judgement.reasons
    ]
    return tuple(sorted(found, key=_rank))


def _titles(actor: Actor, attention: Sequence[Attention]) -> Mapping[str, str]:
    """Of those that are still there: of a past day some are gone, or went out of sight."""
    codes = {item.task for item in attention} - {None}
    found = db.session.execute(
        select(Task.code, Task.title)
        .join(Group, Group.id == Task.group_id)
        .where(Task.code.in_(codes), may.visible_to(actor))
    )
    return {row.code: row.title for row in found}


def _rank(item: Attention) -> tuple[int, int]:
    days = item.reason.values.get("days", 0)
    return -item.cell.judgement.health.severity, -(days if isinstance(days, int) else 0)
