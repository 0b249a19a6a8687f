"""The board beyond a handful of groups: by programme, unit and pillar, and its rows in sections.

A group belongs to the units its people represent today (that of the post, else the person's own)
and to all units above these, so that a department finds what its divisions work in (ADR 0028).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache

from sqlalchemy import Select, bindparam, func, or_, select

from tracker.extensions import db
from tracker.lib.health import Health
from tracker.lib.text import name_sort_key
from tracker.models import Membership, Person, Pillar, Strand, Task, TaskStatus, Unit, Workstream
from tracker.queries import programmes
from tracker.queries.board import Filters, Row
from tracker.queries.shapes import Query

CLOSED = (TaskStatus.DONE, TaskStatus.DROPPED)
Ids = frozenset[int]
Place = tuple[int, Strand]


class Grouping(StrEnum):
    """What the rows of the board stand under."""

    NONE = "none"
    PROGRAMME = "programme"
    LEAD = "lead"


@dataclass(frozen=True)
class Bundle:
    """Groups that belong together, by their ids: those of a programme, a unit or a lead."""

    id: int
    name: str
    groups: Ids
    name_en: str | None = None


@dataclass(frozen=True)
class Portfolio:
    """The bundles that have a group the reader may see."""

    programmes: tuple[Bundle, ...] = ()
    units: tuple[Bundle, ...] = ()
    leads: tuple[Bundle, ...] = ()

    def within(self, programme: int | None, unit: int | None) -> Ids | None:
        """The groups of that programme and of that unit; None where neither is asked for."""
        asked = [
            next((bundle.groups for bundle in bundles if bundle.id == wanted), Ids())
            for bundles, wanted in ((self.programmes, programme), (self.units, unit))
            if wanted is not None
        ]
        return Ids.intersection(*asked) if asked else None


@dataclass(frozen=True)
class Section:
    """Rows under one heading, and sums over what of them is not dimmed.

    Without a bundle: the rows that belong to none of those asked for, or all of them.
    """

    bundle: Bundle | None
    rows: tuple[Row, ...]

    @property
    def health(self) -> Mapping[Health, int]:
        """How many workstreams stand how, the worst first."""
        found = Counter(
            cell.judgement.health for row in self.rows for cell in row.cells if not cell.is_dimmed
        )
        return dict(sorted(found.items(), key=lambda item: -item[0].severity))

    @property
    def overdue(self) -> int:
        """Overdue tasks."""
        return sum(
            cell.judgement.overdue for row in self.rows for cell in row.cells if not cell.is_dimmed
        )


def portfolio(rows: Sequence[Row], today: date) -> Portfolio:
    """What the rows can be asked for by; the rows are all that the reader may see."""
    seen = Ids(row.id for row in rows)
    made = (
        Bundle(programme.id, programme.name, groups & seen, programme.name_en)
        for programme, groups in programmes.in_use()
    )
    return Portfolio(
        programmes=tuple(bundle for bundle in made if bundle.groups),
        units=tuple(bundle for bundle in _units(seen, today) if bundle.groups),
        leads=tuple(_leads(rows)),
    )


def resolved(filters: Filters, bundles: Portfolio) -> Filters:
    """The filters with the groups and workstreams that they come to."""
    return replace(
        filters,
        groups=bundles.within(filters.programme, filters.unit),
        places=tagged(filters.pillar) if filters.pillar else None,
    )


def sections(
    rows: Sequence[Row], grouping: Grouping, bundles: Portfolio, programme: int | None = None
) -> Sequence[Section]:
    """The rows under their headings; a group in two programmes stands under both.

    Where one programme is asked for, its heading is the only one.
    """
    asked = tuple(one for one in bundles.programmes if programme in {None, one.id})
    under = {Grouping.PROGRAMME: asked, Grouping.LEAD: bundles.leads}.get(grouping)
    if under is None:
        return [Section(None, tuple(rows))]
    found = [
        Section(bundle, tuple(row for row in rows if row.id in bundle.groups)) for bundle in under
    ]
    placed = Ids().union(*(bundle.groups for bundle in under))
    rest = Section(None, tuple(row for row in rows if row.id not in placed))
    return [section for section in (*found, rest) if section.rows]


def tagged(pillar: Pillar) -> frozenset[Place]:
    """The workstreams with an open task that serves the pillar."""
    found = db.session.execute(_tagged(), {"pillar": pillar})
    return frozenset((row.group_id, row.strand) for row in found)


@cache
def _tagged() -> Select[int, Strand]:
    return (
        select(Workstream.group_id, Workstream.strand)
        .join(Task, Task.workstream_id == Workstream.id)
        .where(
            Task.pillar == bindparam("pillar"),
            Task.status.not_in(CLOSED),
            Task.deleted_at.is_(None),
        )
        .distinct()
    )


def _leads(rows: Sequence[Row]) -> Iterable[Bundle]:
    """The heads of the groups in Vietnamese order."""
    found: dict[tuple[str, int, str], set[int]] = defaultdict(set)
    for row in rows:
        if row.lead_id and row.lead:
            found[name_sort_key(row.lead), row.lead_id, row.lead].add(row.id)
    return (Bundle(id_, name, Ids(groups)) for (_, id_, name), groups in sorted(found.items()))


def _units(seen: Ids, today: date) -> Iterable[Bundle]:
    """All units in Vietnamese order, each with the groups it and the units below it are in."""
    units = {unit.id: unit for unit in db.session.execute(_all_units())}
    groups: dict[int, set[int]] = defaultdict(set)
    for row in db.session.execute(_represented(), {"today": today}):
        above = row.unit_id
        while above in units and row.group_id not in groups[above]:
            groups[above].add(row.group_id)
            above = units[above].parent_id
    return (
        Bundle(id_, unit.abbreviation or unit.name, Ids(groups[id_]) & seen)
        for id_, unit in units.items()
    )


@cache
def _all_units() -> Query:
    return select(Unit.id, Unit.parent_id, Unit.name, Unit.abbreviation).order_by(
        Unit.sort_key, Unit.id
    )


@cache
def _represented() -> Query:
    """Groups, each with the units of its people of the day."""
    unit_id = func.coalesce(Membership.unit_id, Person.unit_id).label("unit_id")
    return (
        select(Membership.group_id, unit_id)
        .join(Membership.person)
        .where(
            Membership.starts_on <= bindparam("today"),
            or_(Membership.ends_on.is_(None), Membership.ends_on >= bindparam("today")),
            unit_id.is_not(None),
        )
        .distinct()
    )
