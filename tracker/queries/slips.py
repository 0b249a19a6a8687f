"""The slip ledger: every move of a date with its reason, and how many days they come to.

Sums are of calendar days, earlier moves counted as less; the dates of a plan are summed apart, for
a forecast and the due date that follows it are one slip told twice. A screen takes the same few
statements however many moves there are.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, case, func, select, true

from tracker.extensions import db
from tracker.lib.paging import Page, within
from tracker.lib.periods import Period, PeriodKind, containing
from tracker.lib.workdays import Calendar
from tracker.models import (
    Change,
    DateMove,
    Group,
    Milestone,
    MoveReason,
    Person,
    Strand,
    Task,
    Unit,
    Workstream,
)
from tracker.policies import groups as may
from tracker.policies.actor import Actor
from tracker.queries import settings
from tracker.queries.shapes import AnyRow, Query

SIZE = 50
MOST = 20_000  # rows of a file: more is no reading for anybody
FIELDS = ("due", "forecast", "baseline")
# What moved, as an address says it: the kind of item and its date.
KINDS = {
    f"{kind}-{name}": (kind, name)
    for kind, name in (
        ("task", "due"),
        ("task", "forecast"),
        ("milestone", "forecast"),
        ("milestone", "baseline"),
    )
}
MONTHS = 12


@dataclass(frozen=True)
class Filters:
    """What of the ledger is asked for; `group` is a key, `kind` one of KINDS."""

    group: str = ""
    strand: Strand | None = None
    unit_id: int | None = None
    reason: MoveReason | None = None
    kind: str = ""
    period: Period | None = None

    @property
    def is_empty(self) -> bool:
        """Whether everything is asked for."""
        return self == Filters(group=self.group)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One move. An item that is gone, or went to another group, has no title here."""

    id: int
    kind: str
    code: str
    title: str | None
    group_key: str
    group_name: str
    group_name_en: str | None
    strand: Strand
    unit: str
    field: str
    from_day: date
    to_day: date
    days: int
    working_days: int
    reason: MoveReason | None
    sentence: str
    agreed_by: str
    person: str
    at: datetime
    moved_on: date
    cause: str
    cause_id: str


class Total(NamedTuple):
    """How often something moved dates, and by how many days each of the three kinds of date."""

    key: Any
    moves: int = 0
    due: int = 0
    forecast: int = 0
    baseline: int = 0

    @property
    def most(self) -> int:
        """The longest of the three, for a bar."""
        return max(abs(days) for days in self[2:])

    def plus(self, other: "Total") -> "Total":
        """Both together, under the key of this one."""
        return Total(self.key, *(a + b for a, b in zip(self[1:], other[1:], strict=True)))


@dataclass(frozen=True)
class Totals:
    """The sums of all that is asked for, the most days first, the periods in their order."""

    whole: Total = field(default_factory=lambda: Total(None))
    reasons: Sequence[Total] = ()
    strands: Sequence[Total] = ()
    units: Sequence[Total] = ()
    periods: Sequence[Total] = ()


@dataclass(frozen=True)
class Ledger:
    """A screen of the ledger, and its sums."""

    page: Page[Line]
    totals: Totals


def ledger(actor: Actor, filters: Filters, number: int) -> Ledger:
    """The moves asked for, the latest first."""
    totals = _totals(actor, filters)
    total = totals.whole.moves
    number = within(number, total, SIZE)
    lines = _lines(actor, filters, SIZE, (number - 1) * SIZE) if total else []
    return Ledger(Page(lines, number, total, SIZE), totals)


def rows(actor: Actor, filters: Filters) -> Sequence[Line]:
    """All moves asked for, for a file; the latest MOST of them."""
    return _lines(actor, filters, MOST, 0)


def units(actor: Actor) -> Sequence[tuple[int, str]]:
    """The units that dates were moved of, in Vietnamese order."""
    moved = select(DateMove.unit_id).where(*_conditions(actor, Filters()))
    query = select(Unit.id, func.coalesce(Unit.abbreviation, Unit.name))
    found = db.session.execute(query.where(Unit.id.in_(moved)).order_by(Unit.sort_key))
    return [(row[0], row[1]) for row in found]


# ---------------------------------------------------------------- what is asked for


def _conditions(actor: Actor, filters: Filters) -> Iterable[ColumnElement[bool]]:
    """On the moves alone: what they hang on is asked for by its ids, so that sums join nothing."""
    visible = may.visible_to(actor)
    if filters.group:
        visible = and_(visible, Group.key == filters.group)
    if visible is not true():  # who sees everything reads all moves in the order they are stored in
        yield DateMove.group_id.in_(select(Group.id).where(visible))
    if filters.strand is not None:
        of_strand = select(Workstream.id).where(Workstream.strand == filters.strand)
        yield DateMove.workstream_id.in_(of_strand)
    if filters.unit_id is not None:
        yield DateMove.unit_id == filters.unit_id
    if filters.reason is not None:
        yield DateMove.reason == filters.reason
    if filters.kind in KINDS:
        kind, name = KINDS[filters.kind]
        yield and_(DateMove.kind == kind, DateMove.field == name)
    if filters.period is not None:
        yield DateMove.moved_on.between(filters.period.first, filters.period.last)


# ---------------------------------------------------------------- sums


def _totals(actor: Actor, filters: Filters) -> Totals:
    reasons = _by(DateMove.reason, actor, filters)
    whole = _sum(None, reasons)
    if not whole.moves:
        return Totals()
    by_unit = _by(DateMove.unit_id, actor, filters)
    names = _unit_names([total.key for total in by_unit if total.key])
    return Totals(
        whole=whole,
        reasons=_longest(reasons),
        strands=_strands(_by(DateMove.workstream_id, actor, filters)),
        units=_longest(
            total._replace(key=(total.key, names.get(total.key, ""))) for total in by_unit
        ),
        periods=_months(_by(DateMove.moved_on, actor, filters)),
    )


def _by(key: Any, actor: Actor, filters: Filters) -> list[Total]:  # noqa: ANN401 - a column
    sums = [
        func.coalesce(func.sum(case((DateMove.field == name, DateMove.days), else_=0)), 0)
        for name in FIELDS
    ]
    asked = select(key, func.count(), *sums).where(*_conditions(actor, filters)).group_by(key)
    rows_ = db.session.execute(asked)
    return [Total(row[0], *(int(number) for number in row[1:])) for row in rows_]


def _sum(key: object, totals: Iterable[Total]) -> Total:
    whole = Total(key)
    for total in totals:
        whole = whole.plus(total)
    return whole


def _strands(totals: Sequence[Total]) -> list[Total]:
    """Of the workstreams, by strand, in the order of the board."""
    query = select(Workstream.id, Workstream.strand)
    found = db.session.execute(query.where(Workstream.id.in_([total.key for total in totals])))
    of = {row.id: row.strand for row in found}
    parted = {strand: [total for total in totals if of[total.key] is strand] for strand in Strand}
    return [_sum(strand, some) for strand, some in parted.items() if some]


def _longest(totals: Iterable[Total]) -> list[Total]:
    return sorted(totals, key=lambda total: (-total.most, -total.moves))


def _months(days: Iterable[Total]) -> list[Total]:
    """The same by reporting month (Decree 09/2019), the latest first."""
    months: dict[str, Total] = {}
    for day in days:
        period = containing(day.key, PeriodKind.MONTH)
        months[period.word] = months.get(period.word, Total(period)).plus(day)
    return [months[word] for word in sorted(months, reverse=True)][:MONTHS]


def _unit_names(ids: Sequence[int]) -> Mapping[int, str]:
    query = select(Unit.id, func.coalesce(Unit.abbreviation, Unit.name)).where(Unit.id.in_(ids))
    return {row[0]: row[1] for row in db.session.execute(query)}


# ---------------------------------------------------------------- lines


def _lines(actor: Actor, filters: Filters, size: int, start: int) -> Sequence[Line]:
    """A title is shown where the item stands today in the group that the move was made in."""
    latest = (DateMove.moved_on.desc(), DateMove.change_id.desc())
    # The screen is cut out of the moves alone: what stands beside them is joined to few rows.
    shown = select(DateMove.change_id).where(*_conditions(actor, filters)).order_by(*latest)
    query: Query = (
        select(
            DateMove,
            Change.at,
            Change.cause,
            Change.sentence,
            Change.agreed_by,
            Person.full_name.label("person"),
            func.coalesce(Task.title, Milestone.title).label("title"),
            func.coalesce(Unit.abbreviation, Unit.name).label("unit"),
            Workstream.strand,
            Group.key,
            Group.name,
            Group.name_en,
        )
        .select_from(DateMove)
        .join(Workstream, Workstream.id == DateMove.workstream_id)
        .join(Group, Group.id == DateMove.group_id)
        .join(Change, Change.id == DateMove.change_id)
        .outerjoin(Person, Person.id == Change.person_id)
        .outerjoin(Unit, Unit.id == DateMove.unit_id)
        .outerjoin(Task, _is_still(Task, "task"))
        .outerjoin(Milestone, _is_still(Milestone, "milestone"))
        .where(DateMove.change_id.in_(shown.limit(size).offset(start)))
        .order_by(*latest)
    )
    found = db.session.execute(query).all()
    calendar = settings.calendar() if found else Calendar()
    return [_line(row, calendar) for row in found]


def _is_still(table: type[Task | Milestone], kind: str) -> ColumnElement[bool]:
    return and_(
        DateMove.kind == kind,
        table.id == DateMove.subject_id,
        table.group_id == DateMove.group_id,
        table.deleted_at.is_(None),
    )


def _line(row: AnyRow, calendar: Calendar) -> Line:
    move: DateMove = row.DateMove
    cause, _, cause_id = row.cause.partition(":")
    return Line(
        id=move.change_id,
        kind=move.kind,
        code=move.code,
        title=row.title,
        group_key=row.key,
        group_name=row.name,
        group_name_en=row.name_en,
        strand=row.strand,
        unit=row.unit or "",
        field=move.field,
        from_day=move.from_day,
        to_day=move.to_day,
        days=move.days,
        working_days=calendar.between(move.from_day, move.to_day),
        reason=move.reason,
        sentence=row.sentence or "",
        agreed_by=row.agreed_by or "",
        person=row.person or "",
        at=row.at,
        moved_on=move.moved_on,
        cause=cause,
        cause_id=cause_id,
    )
