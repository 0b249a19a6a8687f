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
    Group,
    Membership,
    Person,
    Role,
    Strand,
    Task,
)
from tracker.policies import groups as may
from tracker.policies.actor import Actor
from tracker.queries import standings
from tracker.queries.declarations import Declared
from tracker.queries.standings import Judged, Standing, Standings


@dataclass(frozen=True)
class Filters:
    """What of the board is asked for; empty means all."""

    health: Health | None = None
    strand: Strand | None = None
    lead: int | None = None
    overdue: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether the whole board is asked for."""
        return self == Filters()


@dataclass(frozen=True)
class Cell:
    """One workstream on the board."""

    key: str
    strand: Strand
    judgement: Judgement
    is_dimmed: bool = False

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


@dataclass(frozen=True)
class Board:
    """All rows asked for, and counts over them."""

    rows: tuple[Row, ...]
    health: Mapping[Health, int] = field(default_factory=dict)
    overdue: int = 0
    milestones_soon: int = 0
    blocked: int = 0
    attention: tuple[Attention, ...] = ()
    # Titles of the tasks that `attention` names by their codes.
    titles: Mapping[str, str] = field(default_factory=dict)

    @property
    def workstreams(self) -> int:
        """How many cells stand on the board."""
        return sum(len(row.cells) for row in self.rows)


def version() -> int:
    """A number that rises with every change of anything."""
    return db.session.scalar(_version()) or 0


@cache
def _version() -> Select[int | None]:
    return select(func.max(Change.id))


def board(actor: Actor, today: date, filters: Filters, judged: Judged) -> Board:
    """The rows the actor may see, as the filters ask; the counts are over all of them."""
    rows = _rows(actor, today, judged)
    cells = [cell for row in rows for cell in row.cells]
    kept = tuple(row for row in (_filtered(row, filters) for row in rows) if row)
    attention = _attention(kept)
    return Board(
        rows=kept,
        health=Counter(cell.judgement.health for cell in cells),
        overdue=sum(cell.judgement.overdue for cell in cells),
        blocked=sum(cell.judgement.blocked for cell in cells),
        milestones_soon=lists.milestones_soon(actor, today),
        attention=attention,
        titles=_titles(attention),
    )


def leads(board_: Board) -> list[tuple[int, str]]:
    """The heads of the groups on the board, for the filter."""
    return sorted({(row.lead_id, row.lead) for row in board_.rows if row.lead_id and row.lead})


def _rows(actor: Actor, today: date, judged: Judged) -> list[Row]:
    groups = db.session.execute(
        select(Group.id, Group.key, Group.name, Group.name_en, Group.is_restricted)
        .where(may.visible_to(actor))
        .order_by(Group.position, Group.id)
    ).all()
    judgements = _judgements(today, judged)
    heads, people = _people(today)
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
            cells=tuple(Cell(group.key, strand, judgements[group.id, strand]) for strand in Strand),
        )
        for group in groups
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
    cells = tuple(
        cell if _fits(cell, filters) else replace(cell, is_dimmed=True) for cell in row.cells
    )
    if all(cell.is_dimmed for cell in cells):
        return None
    return replace(row, cells=cells)


def _fits(cell: Cell, filters: Filters) -> bool:
    return (
        filters.health in {None, cell.judgement.health}
        and filters.strand in {None, cell.strand}
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


def _titles(attention: Sequence[Attention]) -> Mapping[str, str]:
    codes = {item.reason.values.get("task") for item in attention} - {None}
    found = db.session.execute(select(Task.code, Task.title).where(Task.code.in_(codes)))
    return {row.code: row.title for row in found}


def _rank(item: Attention) -> tuple[int, int]:
    days = item.reason.values.get("days", 0)
    return -item.cell.judgement.health.severity, -(days if isinstance(days, int) else 0)
