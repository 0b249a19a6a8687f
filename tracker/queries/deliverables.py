"""The register of deliverables: lists of them, and one with its way through the stages."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import contains_eager, joinedload

from tracker.extensions import db
from tracker.lib import paging
from tracker.lib.stages import Ahead, Countdown, StageRole, ahead, countdown, phases, standing
from tracker.lib.workdays import Calendar
from tracker.models import (
    Deliverable,
    DeliverableKind,
    Group,
    Milestone,
    Person,
    Relation,
    Stage,
    StageMilestone,
    StageMove,
    Strand,
    Unit,
    Workstream,
)
from tracker.policies import groups as may
from tracker.policies.actor import Actor
from tracker.queries import search, settings, stages
from tracker.queries.stages import StageRow

AnyStage = TypeVar("AnyStage", Stage, StageRow)
ORDER = (Group.position, Group.id, Deliverable.id)
NONE = "none"  # asks for deliverables that have come to no stage yet


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What of the register is asked for; empty means everything. `stage` is a code of `kind`."""

    group: str = ""
    strand: Strand | None = None
    kind: str = ""
    stage: str = ""
    text: str = ""
    page: int = 1


class Named(NamedTuple):
    """A name in both languages, for `|named` to choose from."""

    name: str
    name_en: str | None


@dataclass(frozen=True, kw_only=True)
class Row:
    """A deliverable in a list, with all that its row shows."""

    code: str
    reference: str
    title: str
    title_en: str
    group_key: str
    group_name: str
    group_name_en: str | None
    strand: Strand
    kind_id: int
    kind_code: str
    kind_name: str
    kind_name_en: str | None
    stage_id: int | None
    stage_on: date | None
    iteration: int
    owner: str
    lead_unit: str
    relation: Relation | None
    based_on: str
    replaces: str
    ics: str
    committee: str
    note: str
    # Worked out for a day: what begins on it or before is possible now.
    today: date = date.min
    names_group: bool = True
    stage: StageRow | None = None
    countdown: Countdown | None = None
    next: Ahead[StageRow] | None = None
    goal: Ahead[StageRow] | None = None

    @property
    def tone(self) -> str:
        """How its stage is coloured."""
        return tone(self.stage)

    @property
    def titled(self) -> Named:
        """Its title."""
        return Named(self.title, self.title_en)

    @property
    def group(self) -> Named:
        """The name of its group."""
        return Named(self.group_name, self.group_name_en)

    @property
    def kind(self) -> Named:
        """The name of its kind."""
        return Named(self.kind_name, self.kind_name_en)


def tone(stage: Stage | StageRow | None) -> str:
    """How a stage is coloured: reached, given up, sent back, under way, or none yet."""
    if stage is None:
        return "idle"
    return {
        StageRole.GOAL: "done",
        StageRole.LATER: "done",
        StageRole.ABANDONED: "idle",
        StageRole.DETOUR: "risk",
    }.get(stage.role, "ok")


@dataclass(frozen=True)
class StageCount:
    """How many deliverables stand at a stage; `stage` is None for those at none yet."""

    stage: Stage | None
    number: int


@dataclass(frozen=True)
class KindCount:
    """How many deliverables of a kind there are."""

    kind: DeliverableKind
    number: int


@dataclass(frozen=True, kw_only=True)
class Register:
    """One screen of the register, and how what was asked for is spread."""

    rows: paging.Page[Row]
    kinds: Sequence[KindCount]
    stages: Sequence[StageCount]
    kind: DeliverableKind | None


class Cell(NamedTuple):
    """A stage as it is drawn. `state` is passed, current, ahead or skipped."""

    stage: Stage
    state: str
    on: date | None
    iteration: int
    earliest: date | None


class Phase(NamedTuple):
    """Stages whose codes begin alike; `name` is empty where codes have no parts."""

    name: str
    cells: Sequence[Cell]

    @property
    def is_skipped(self) -> bool:
        """Whether nothing is known of it though it lies behind."""
        return all(cell.state == "skipped" for cell in self.cells)


class Made(NamedTuple):
    """A milestone that was made for a stage."""

    code: str
    title: str
    expected: date | None
    closed_on: date | None
    stage_id: int
    stage_code: str
    may_be_closed: bool


@dataclass(frozen=True, kw_only=True)
class Details:
    """What the page of a deliverable says beyond its own columns."""

    stages: Sequence[Stage]
    moves: Sequence[StageMove]
    current: Stage | None
    countdown: Countdown | None
    ahead: Sequence[Ahead[Stage]]
    milestones: Sequence[Made]
    _standing: Sequence[StageMove] = field(default=(), repr=False)

    @property
    def tone(self) -> str:
        """How its stage is coloured."""
        return tone(self.current)

    @property
    def last(self) -> StageMove | None:
        """The move that brought it where it stands."""
        return self._standing[-1] if self._standing else None

    @property
    def taken_back(self) -> frozenset[int]:
        """The ids of the moves that were taken back."""
        return frozenset(move.corrects_id for move in self.moves if move.corrects_id)

    @property
    def phases(self) -> Sequence[Phase]:
        """The stages as they are drawn, by the first part of their codes."""
        cells = {stage.id: cell for stage, cell in self._cells()}
        drawn = [stage for stage in self.stages if stage.id in cells]
        return [Phase(name, [cells[one.id] for one in part]) for name, part in phases(drawn)]

    @property
    def offered(self) -> Sequence[Stage]:
        """The stages it may be brought to, in their order."""
        here = self.current
        if here is not None and here.role is StageRole.ABANDONED:
            return ()
        return [
            stage
            for stage in self.stages
            if not stage.is_retired
            and (here is None or stage.position > here.position or stage.is_repeatable)
        ]

    @property
    def without_milestone(self) -> Sequence[Ahead[Stage]]:
        """The stages that follow and have no milestone; none before one of an earlier stage."""
        expected = {made.stage_id: made.expected for made in self.milestones}
        planned = date.min
        without: list[Ahead[Stage]] = []
        for one in self.ahead:
            if one.step.id in expected:
                planned = max(planned, expected[one.step.id] or planned)
            else:
                without.append(replace(one, earliest=max(one.earliest, planned)))
        return without

    def _cells(self) -> Iterator[tuple[Stage, Cell]]:
        visits = {move.stage_id: move for move in self._standing}
        earliest = {one.step.id: one.earliest for one in self.ahead}
        for stage in self.stages:
            visit = visits.get(stage.id)
            if visit is None and (stage.is_retired or not self._is_usual(stage)):
                continue
            state = self._state(stage, visit)
            yield (
                stage,
                Cell(
                    stage,
                    state,
                    visit.on if visit else None,
                    visit.iteration if visit else 1,
                    None if state == "current" else earliest.get(stage.id),
                ),
            )

    def _is_usual(self, stage: Stage) -> bool:
        """Whether it is drawn also where nothing has been there."""
        return stage.role in {StageRole.ROUTE, StageRole.GOAL}

    def _state(self, stage: Stage, visit: StageMove | None) -> str:
        here = self.current
        if here is not None and stage.id == here.id:
            return "current"
        if here is not None and stage.position < here.position:
            return "passed" if visit else "skipped"
        return "ahead"


# ------------------------------------------------------------------ one of them


def find(actor: Actor, code: str) -> Deliverable | None:
    """The deliverable of that code, if the actor may see it; not from the trash."""
    return db.session.scalar(
        select(Deliverable)
        .join(Deliverable.group)
        .options(
            contains_eager(Deliverable.group),
            joinedload(Deliverable.workstream),
            joinedload(Deliverable.kind),
            joinedload(Deliverable.owner),
            joinedload(Deliverable.lead_unit),
        )
        .where(
            Deliverable.code == code.upper(),
            Deliverable.deleted_at.is_(None),
            may.visible_to(actor),
        )
        .execution_options(populate_existing=True)
    )


def moves(deliverable: Deliverable) -> Sequence[StageMove]:
    """Every move of it, the oldest first, with stage and person."""
    return db.session.scalars(
        select(StageMove)
        .options(joinedload(StageMove.stage), joinedload(StageMove.person))
        .where(StageMove.deliverable_id == deliverable.id)
        .order_by(StageMove.id)
    ).all()


def stages_with_milestones(deliverable: Deliverable) -> set[int]:
    """The ids of the stages for which there is a milestone."""
    return set(db.session.scalars(_milestones(deliverable, StageMilestone.stage_id)))


def details(deliverable: Deliverable, today: date) -> Details:
    """The rest of the page; the same number of queries for every deliverable."""
    its_stages = stages.of_kind(deliverable.kind_id)
    current = next((one for one in its_stages if one.id == deliverable.stage_id), None)
    calendar = settings.calendar()
    its_moves = moves(deliverable)
    left, following = _forecast(its_stages, current, deliverable.stage_on, today, calendar)
    return Details(
        stages=its_stages,
        moves=its_moves,
        current=current,
        countdown=left,
        ahead=following,
        milestones=_made(deliverable, current),
        _standing=standing(its_moves),
    )


def _forecast(
    its_stages: Sequence[AnyStage],
    current: AnyStage | None,
    entered: date | None,
    today: date,
    calendar: Calendar,
) -> tuple[Countdown | None, list[Ahead[AnyStage]]]:
    left = countdown(current, entered, today, calendar) if current else None
    return left, ahead(its_stages, current, entered, today, calendar)


def _made(deliverable: Deliverable, current: Stage | None) -> Sequence[Made]:
    rows = db.session.execute(
        _milestones(
            deliverable,
            Milestone.code,
            Milestone.title,
            func.coalesce(Milestone.closed_on, Milestone.forecast, Milestone.baseline),
            Milestone.closed_on,
            Stage.id,
            Stage.code,
            Stage.position,
        )
    )
    here = current.position if current else 0
    return [
        Made(code, title, expected, closed_on, id_, stage, closed_on is None and position <= here)
        for code, title, expected, closed_on, id_, stage, position in rows
    ]


def _milestones(deliverable: Deliverable, *columns: Any) -> Any:  # noqa: ANN401 - any columns
    return (
        select(*columns)
        .select_from(StageMilestone)
        .join(Milestone, Milestone.id == StageMilestone.milestone_id)
        .join(Stage, Stage.id == StageMilestone.stage_id)
        .where(
            StageMilestone.deliverable_id == deliverable.id,
            Milestone.deleted_at.is_(None),
        )
        .order_by(Stage.position)
    )


# ------------------------------------------------------------------ the register


def register(actor: Actor, filters: Filters, today: date) -> Register:
    """One screen of the register; the same number of queries whatever it shows."""
    known = stages.kinds(retired=True)
    kind = next((one for one in known if one.code == filters.kind), None)
    wide = _counts(actor, filters)
    kinds_stages = stages.of_kind(kind.id) if kind else ()
    stage_ids = _asked_stages(filters, kinds_stages)
    total = sum(
        number
        for (kind_id, stage_id), number in wide.items()
        if (kind is None or kind_id == kind.id) and (stage_ids is None or stage_id in stage_ids)
    )
    number = paging.within(filters.page, total)
    found = _rows(actor, filters, number, kind, stage_ids)
    rows = [replace(row, names_group=not filters.group) for row in found]
    return Register(
        rows=paging.Page(_with_dates(rows, today), number, total),
        kinds=_kind_counts(known, wide),
        stages=_stage_counts(kind, kinds_stages, wide),
        kind=kind,
    )


def everything(actor: Actor, filters: Filters, today: date) -> Sequence[Row]:
    """All rows that are asked for, for files."""
    kind = stages.kind(filters.kind) if filters.kind else None
    stage_ids = _asked_stages(filters, stages.of_kind(kind.id) if kind else ())
    return _with_dates(list(_rows(actor, filters, None, kind, stage_ids)), today)


def _asked_stages(filters: Filters, its_stages: Sequence[Stage]) -> set[int | None] | None:
    """The ids of the stage asked for; None in it stands for no stage yet."""
    if not filters.stage:
        return None
    if filters.stage == NONE:
        return {None}
    return {stage.id for stage in its_stages if stage.code == filters.stage}


def _conditions(actor: Actor, filters: Filters) -> Iterator[ColumnElement[bool]]:
    """On deliverables alone: of a long register only what is shown is joined."""
    groups = select(Group.id).where(may.visible_to(actor))
    if filters.group:
        groups = groups.where(Group.key == filters.group)
    yield Deliverable.deleted_at.is_(None)
    yield Deliverable.group_id.in_(groups)
    if filters.strand:
        streams = select(Workstream.id).where(Workstream.strand == filters.strand)
        yield Deliverable.workstream_id.in_(streams)
    for word in search.words_of(filters.text):
        yield Deliverable.folded.contains(word, autoescape=True)


def _counts(actor: Actor, filters: Filters) -> Mapping[tuple[int, int | None], int]:
    """By kind and stage, whatever kind and stage are asked for."""
    rows = db.session.execute(
        select(Deliverable.kind_id, Deliverable.stage_id, func.count())
        .where(*_conditions(actor, filters))
        .group_by(Deliverable.kind_id, Deliverable.stage_id)
    )
    return {(row[0], row[1]): row[2] for row in rows}


def _kind_counts(
    known: Sequence[DeliverableKind], wide: Mapping[tuple[int, int | None], int]
) -> Sequence[KindCount]:
    numbers: dict[int, int] = defaultdict(int)
    for (kind_id, _), number in wide.items():
        numbers[kind_id] += number
    return [KindCount(kind, numbers[kind.id]) for kind in known if numbers[kind.id]]


def _stage_counts(
    kind: DeliverableKind | None,
    its_stages: Sequence[Stage],
    wide: Mapping[tuple[int, int | None], int],
) -> Sequence[StageCount]:
    if kind is None:
        return ()
    found = [StageCount(stage, wide.get((kind.id, stage.id), 0)) for stage in its_stages]
    none_yet = StageCount(None, wide.get((kind.id, None), 0))
    return [count for count in (none_yet, *found) if count.number]


def _rows(
    actor: Actor,
    filters: Filters,
    number: int | None,
    kind: DeliverableKind | None,
    stage_ids: set[int | None] | None,
) -> Iterable[Row]:
    query = (
        select(
            Deliverable.code,
            func.coalesce(Deliverable.reference, "").label("reference"),
            Deliverable.title,
            func.coalesce(Deliverable.title_en, "").label("title_en"),
            Group.key.label("group_key"),
            Group.name.label("group_name"),
            Group.name_en.label("group_name_en"),
            Workstream.strand,
            Deliverable.kind_id,
            DeliverableKind.code.label("kind_code"),
            DeliverableKind.name.label("kind_name"),
            DeliverableKind.name_en.label("kind_name_en"),
            Deliverable.stage_id,
            Deliverable.stage_on,
            Deliverable.iteration,
            func.coalesce(Person.full_name, "").label("owner"),
            func.coalesce(Unit.abbreviation, Unit.name, "").label("lead_unit"),
            Deliverable.relation,
            func.coalesce(Deliverable.based_on, "").label("based_on"),
            func.coalesce(Deliverable.replaces, "").label("replaces"),
            func.coalesce(Deliverable.ics, "").label("ics"),
            func.coalesce(Deliverable.committee, "").label("committee"),
            Deliverable.note,
        )
        .join(Group, Group.id == Deliverable.group_id)
        .join(Workstream, Workstream.id == Deliverable.workstream_id)
        .join(DeliverableKind, DeliverableKind.id == Deliverable.kind_id)
        .outerjoin(Person, Person.id == Deliverable.owner_id)
        .outerjoin(Unit, Unit.id == Deliverable.lead_unit_id)
        .order_by(*ORDER)
    )
    conditions = list(_conditions(actor, filters))
    if kind is not None:
        conditions.append(Deliverable.kind_id == kind.id)
    if stage_ids is not None:
        conditions.append(_stands_at(stage_ids))
    if number is None:
        query = query.where(*conditions)
    else:
        screen = (
            select(Deliverable.id)
            .join(Group, Group.id == Deliverable.group_id)
            .where(*conditions)
            .order_by(*ORDER)
            .limit(paging.SIZE)
            .offset((number - 1) * paging.SIZE)
        )
        query = query.where(Deliverable.id.in_(screen))
    return (Row(**row) for row in db.session.execute(query).mappings())


def _stands_at(stage_ids: set[int | None]) -> ColumnElement[bool]:
    if None in stage_ids:
        return Deliverable.stage_id.is_(None)
    return Deliverable.stage_id.in_(stage_ids)


def _with_dates(rows: Sequence[Row], today: date) -> Sequence[Row]:
    """The rows with their stages, what is left of their windows and what can follow when."""
    by_kind = stages.of_kinds(row.kind_id for row in rows)
    calendar = settings.calendar()
    return [_dated(row, by_kind.get(row.kind_id, ()), today, calendar) for row in rows]


def _dated(row: Row, its_stages: Sequence[StageRow], today: date, calendar: Calendar) -> Row:
    current = next((one for one in its_stages if one.id == row.stage_id), None)
    left, following = _forecast(its_stages, current, row.stage_on, today, calendar)
    return replace(
        row,
        today=today,
        stage=current,
        countdown=left,
        next=following[0] if following else None,
        goal=following[-1] if following else None,
    )
