"""The register of difficulties and risks: lists of them, how grave they are, what they block."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, bindparam, case, exists, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from tracker.extensions import db
from tracker.lib import paging
from tracker.lib.risk import Impact, Likelihood, RiskBand, band, level, levels
from tracker.models import (
    Blocking,
    Group,
    Milestone,
    Person,
    Risk,
    RiskKind,
    Strand,
    Task,
    TaskStatus,
    Treatment,
    Workstream,
)
from tracker.policies import groups as may
from tracker.policies.actor import Actor
from tracker.queries.shapes import Query

SIZE = 50
MOST = 20_000  # rows of a file: more is no reading for anybody
LEVEL = Risk.likelihood * Risk.impact
BLOCKS = exists(select(Blocking.id).where(Blocking.risk_id == Risk.id))


class Standing(StrEnum):
    """Which entries are asked for by how they stand."""

    OPEN = "open"
    CLOSED = "closed"
    ALL = "all"


class Sort(StrEnum):
    """In which order they are asked for."""

    LEVEL = "level"
    REVIEW = "review"
    NEWEST = "newest"
    OWNER = "owner"


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What of the register is asked for; `likelihood` and `impact` are a cell of the heat map."""

    group: str = ""
    strand: Strand | None = None
    kind: RiskKind | None = None
    owner_id: int | None = None
    band: RiskBand | None = None
    likelihood: int | None = None
    impact: int | None = None
    standing: Standing = Standing.OPEN
    is_due: bool = False
    is_blocking: bool = False
    sort: Sort = Sort.LEVEL
    page: int = 1

    @property
    def is_empty(self) -> bool:
        """Whether everything that is open is asked for, whatever the group and the order."""
        return self == Filters(group=self.group, sort=self.sort, page=self.page)


class Blocked(NamedTuple):
    """A task or milestone that an entry blocks. `status` is that of a task."""

    kind: str
    id: int
    code: str
    title: str
    status: TaskStatus | None
    is_over: bool


class Blocker(NamedTuple):
    """An open entry, as what it blocks shows it."""

    code: str
    title: str
    kind: RiskKind
    owner: str


class Named(NamedTuple):
    """A name in both languages, for `|named` to choose from."""

    name: str
    name_en: str | None


@dataclass(frozen=True, kw_only=True)
class Row:
    """An entry in a list, with all that its row shows, judged for a day."""

    code: str
    kind: RiskKind
    title: str
    description: str
    group_key: str
    group: Named
    strand: Strand
    likelihood: int | None
    impact: int | None
    owner: str
    treatment: Treatment | None
    response: str
    review_on: date | None
    is_due: bool
    happened_on: date | None
    closed_on: date | None
    outcome: str
    blocks: tuple[Blocked, ...] = ()
    names_group: bool = True

    @property
    def level(self) -> int | None:
        """Likelihood × impact of a risk; a difficulty is no longer a matter of likelihood."""
        if self.kind is RiskKind.DIFFICULTY or self.likelihood is None or self.impact is None:
            return None
        return level(self.likelihood, self.impact)

    @property
    def band(self) -> RiskBand | None:
        """What the level amounts to."""
        return None if self.level is None else band(self.level)


class Cell(NamedTuple):
    """A cell of the heat map: how many risks there are of that likelihood and impact."""

    likelihood: Likelihood
    impact: Impact
    band: RiskBand
    number: int


@dataclass(frozen=True)
class Tally:
    """How many of what is asked for there are of each, and how the risks are spread.

    `heat` has a row for each likelihood, the greatest first, and a cell for each impact.
    """

    difficulties: int
    risks: int
    grave: int
    due: int
    blocking: int
    heat: Sequence[Sequence[Cell]]


@dataclass(frozen=True)
class Register:
    """A screen of the register, and the whole of it in numbers."""

    rows: paging.Page[Row]
    tally: Tally


def find(actor: Actor, code: str) -> Risk | None:
    """The entry of that code, if the actor may see it."""
    return db.session.scalar(
        select(Risk)
        .join(Risk.group)
        .options(contains_eager(Risk.group), joinedload(Risk.workstream), joinedload(Risk.owner))
        .where(Risk.code == code.upper(), may.visible_to(actor))
        .execution_options(populate_existing=True)
    )


# ------------------------------------------------------------------ the register


def register(actor: Actor, filters: Filters, today: date) -> Register:
    """The entries asked for; as many statements however many there are."""
    where = list(_conditions(actor, filters, today))
    counted = select(func.count()).select_from(Risk).join(Risk.group).where(*where)
    total = db.session.scalar(counted) or 0
    number = paging.within(filters.page, total, SIZE)
    rows = _rows(filters, where, today, SIZE, (number - 1) * SIZE) if total else []
    return Register(paging.Page(rows, number, total, SIZE), _tally(actor, filters, today))


def everything(actor: Actor, filters: Filters, today: date) -> Sequence[Row]:
    """All entries asked for, for a file."""
    return _rows(filters, list(_conditions(actor, filters, today)), today, MOST, 0)


def owners(actor: Actor) -> Sequence[tuple[int, str]]:
    """Who has entries to look after, in Vietnamese order."""
    owned = select(Risk.owner_id).join(Risk.group).where(may.visible_to(actor))
    query = select(Person.id, Person.full_name).where(Person.id.in_(owned))
    return [(row[0], row[1]) for row in db.session.execute(query.order_by(Person.sort_key))]


def _conditions(actor: Actor, filters: Filters, today: date) -> Iterable[ColumnElement[bool]]:
    yield from _place(actor, filters)
    if filters.kind is not None:
        yield Risk.kind == filters.kind
    if filters.is_due:
        yield _is_due(today)
    if filters.is_blocking:
        yield BLOCKS
    if filters.band is not None:
        within = levels(filters.band)
        yield and_(Risk.kind == RiskKind.RISK, LEVEL.between(within.start, within.stop - 1))
    for column, wanted in ((Risk.likelihood, filters.likelihood), (Risk.impact, filters.impact)):
        if wanted is not None:
            yield and_(Risk.kind == RiskKind.RISK, column == wanted)


def _place(actor: Actor, filters: Filters) -> Iterable[ColumnElement[bool]]:
    """Where, whose, and how it stands: what the numbers of the register keep to."""
    yield may.visible_to(actor)
    if filters.group:
        yield Group.key == filters.group
    if filters.strand is not None:
        of_strand = select(Workstream.id).where(Workstream.strand == filters.strand)
        yield Risk.workstream_id.in_(of_strand)
    if filters.owner_id is not None:
        yield Risk.owner_id == filters.owner_id
    if filters.standing is not Standing.ALL:
        is_open = Risk.closed_on.is_(None)
        yield is_open if filters.standing is Standing.OPEN else ~is_open


def _is_due(today: date) -> ColumnElement[bool]:
    """The day of its review is past."""
    return and_(Risk.closed_on.is_(None), Risk.review_on < today)


def _order(sort: Sort) -> Iterable[Any]:
    yield Risk.closed_on.is_not(None)
    match sort:
        case Sort.LEVEL:  # what has happened stands above all that may
            yield Risk.kind
            yield func.coalesce(LEVEL, 0).desc()
        case Sort.REVIEW:
            yield Risk.review_on.is_(None)
            yield Risk.review_on
        case Sort.OWNER:
            yield Person.sort_key.is_(None)
            yield Person.sort_key
        case Sort.NEWEST:
            yield Risk.created_at.desc()
    yield Risk.id.desc()


def _rows(
    filters: Filters, where: Sequence[ColumnElement[bool]], today: date, size: int, start: int
) -> list[Row]:
    found = db.session.execute(
        select(
            Risk,
            Group.key,
            Group.name,
            Group.name_en,
            Workstream.strand,
            func.coalesce(Person.full_name, "").label("owner"),
        )
        .join(Risk.group)
        .join(Risk.workstream)
        .outerjoin(Person, Person.id == Risk.owner_id)
        .where(*where)
        .order_by(*_order(filters.sort))
        .limit(size)
        .offset(start)
    ).all()
    blocks = _blocked([row.Risk.id for row in found])
    made = [_row(row, today) for row in found]
    return [
        replace(row, blocks=tuple(blocks[of.Risk.id]), names_group=not filters.group)
        for of, row in zip(found, made, strict=True)
    ]


def _row(found: Any, today: date) -> Row:  # noqa: ANN401 - a row of six columns
    risk: Risk = found.Risk
    return Row(
        code=risk.code,
        kind=risk.kind,
        title=risk.title,
        description=risk.description,
        group_key=found.key,
        group=Named(found.name, found.name_en),
        strand=found.strand,
        likelihood=risk.likelihood,
        impact=risk.impact,
        owner=found.owner,
        treatment=risk.treatment,
        response=risk.response,
        review_on=risk.review_on,
        is_due=is_due(risk, today),
        happened_on=risk.happened_on,
        closed_on=risk.closed_on,
        outcome=risk.outcome,
    )


def is_due(risk: Risk, today: date) -> bool:
    """Whether the day of its review is past."""
    return risk.is_open and risk.review_on is not None and risk.review_on < today


def _tally(actor: Actor, filters: Filters, today: date) -> Tally:
    found = db.session.execute(
        select(
            Risk.kind,
            Risk.likelihood,
            Risk.impact,
            func.count().label("number"),
            func.sum(case((_is_due(today), 1), else_=0)).label("due"),
            func.sum(case((BLOCKS, 1), else_=0)).label("blocking"),
        )
        .join(Risk.group)
        .where(*_place(actor, filters))
        .group_by(Risk.kind, Risk.likelihood, Risk.impact)
    ).all()
    spread = {
        (row.likelihood, row.impact): row.number for row in found if row.kind is RiskKind.RISK
    }
    heat = [[_cell(step, wide, spread) for wide in Impact] for step in reversed(Likelihood)]
    cells = [cell for line in heat for cell in line]
    risks = sum(cell.number for cell in cells)
    return Tally(
        difficulties=sum(row.number for row in found) - risks,
        risks=risks,
        grave=sum(cell.number for cell in cells if cell.band in GRAVE),
        due=sum(row.due for row in found),
        blocking=sum(row.blocking for row in found),
        heat=heat,
    )


GRAVE = (RiskBand.HIGH, RiskBand.CRITICAL)


def _cell(likelihood: Likelihood, impact: Impact, spread: Mapping[tuple[int, int], int]) -> Cell:
    number = spread.get((likelihood, impact), 0)
    return Cell(likelihood, impact, band(level(likelihood, impact)), number)


# ------------------------------------------------------------------ what is blocked


def blocked(risk: Risk) -> Sequence[Blocked]:
    """What the entry blocks, tasks first."""
    return _blocked([risk.id])[risk.id]


def of_item(item: Task | Milestone) -> Sequence[Blocker]:
    """What blocks the item today."""
    return blocking(type(item).__name__.lower(), [item.id]).get(item.id, ())


def blocking(kind: str, ids: Collection[int]) -> Mapping[int, Sequence[Blocker]]:
    """The open entries that block these tasks (or milestones, by `kind`), by the id of the item."""
    found: dict[int, list[Blocker]] = defaultdict(list)
    for id_, *told in db.session.execute(_blocking(kind), {"ids": list(ids)}):
        found[id_].append(Blocker(*told))
    return found


def to_review(today: date, risk_ids: Collection[int] | None = None) -> Sequence[Risk]:
    """The open entries whose day of review has come, of those ids where any are given."""
    query = (
        select(Risk)
        .options(joinedload(Risk.group), joinedload(Risk.workstream))
        .where(Risk.closed_on.is_(None), Risk.review_on <= today)
        .order_by(Risk.review_on, Risk.id)
    )
    if risk_ids is not None:
        query = query.where(Risk.id.in_(list(risk_ids)))
    return db.session.scalars(query).all()


def items(group_id: int, codes: Collection[str]) -> Sequence[Task | Milestone]:
    """The tasks and milestones of those codes, as far as the group has them."""
    found: list[Task | Milestone] = []
    for table in (Task, Milestone):
        query = select(table).where(
            table.group_id == group_id, table.code.in_(list(codes)), table.deleted_at.is_(None)
        )
        found += db.session.scalars(query.order_by(table.id))
    return found


@cache
def _blocking(kind: str) -> Query:
    """Not of the group that an item has left: who sees it now may not see that one."""
    table: type[Task | Milestone] = Task if kind == "task" else Milestone
    about = Blocking.task_id if kind == "task" else Blocking.milestone_id
    return (
        select(about, Risk.code, Risk.title, Risk.kind, func.coalesce(Person.full_name, ""))
        .join(Risk, Risk.id == Blocking.risk_id)
        .join(table, and_(table.id == about, _stands(table)))
        .outerjoin(Person, Person.id == Risk.owner_id)
        .where(about.in_(bindparam("ids", expanding=True)), Risk.closed_on.is_(None))
        .order_by(Risk.id)
    )


def _blocked(risk_ids: Sequence[int]) -> Mapping[int, list[Blocked]]:
    """What lies in the trash, or went to another group, is not blocked."""
    found: dict[int, list[Blocked]] = defaultdict(list)
    query: Query = (
        select(
            Blocking.risk_id,
            Task.id.label("task_id"),
            func.coalesce(Task.id, Milestone.id),
            func.coalesce(Task.code, Milestone.code),
            func.coalesce(Task.title, Milestone.title),
            Task.status,
            Milestone.closed_on,
        )
        .join(Risk, Risk.id == Blocking.risk_id)
        .outerjoin(Task, and_(Task.id == Blocking.task_id, _stands(Task)))
        .outerjoin(Milestone, and_(Milestone.id == Blocking.milestone_id, _stands(Milestone)))
        .where(Blocking.risk_id.in_(risk_ids), or_(Task.id.is_not(None), Milestone.id.is_not(None)))
        .order_by(Task.id.is_(None), Task.id, Milestone.id)
    )
    for risk_id, task_id, id_, code, title, status, closed_on in db.session.execute(query):
        kind = "milestone" if task_id is None else "task"
        is_over = closed_on is not None or (status is not None and not status.is_open)
        found[risk_id].append(Blocked(kind, id_, code, title, status, is_over))
    return found


def _stands(table: type[Task | Milestone]) -> ColumnElement[bool]:
    return and_(table.group_id == Risk.group_id, table.deleted_at.is_(None))
