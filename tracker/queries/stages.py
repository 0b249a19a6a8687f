"""The kinds of deliverables and their stages, as they are kept."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager

from tracker.extensions import db
from tracker.lib.stages import StageRole, WindowUnit
from tracker.models import Deliverable, DeliverableKind, Stage, StageMove


class StageRow(NamedTuple):
    """A stage as lists need it: read faster than the object, and equal to itself tomorrow."""

    kind_id: int
    id: int
    code: str
    name: str
    name_en: str | None
    role: StageRole
    window: int | None
    window_unit: WindowUnit | None
    is_retired: bool


@dataclass(frozen=True)
class KindLine:
    """A kind in the administrator's list: how many stages it has, and deliverables of it."""

    kind: DeliverableKind
    stages: int
    deliverables: int


@dataclass(frozen=True)
class StageLine:
    """A stage in the administrator's list, and whether any deliverable has ever been there."""

    stage: Stage
    is_used: bool


def kinds(*, retired: bool = False, also: int | None = None) -> Sequence[DeliverableKind]:
    """The kinds in their order; `also` is one that may have been retired meanwhile."""
    query = select(DeliverableKind).order_by(DeliverableKind.position, DeliverableKind.id)
    if not retired:
        query = query.where(DeliverableKind.is_retired.is_(False) | (DeliverableKind.id == also))
    return db.session.scalars(query).all()


def kind(code: str) -> DeliverableKind | None:
    """The kind of that code, in any case of letters."""
    return db.session.scalar(select(DeliverableKind).where(DeliverableKind.code == code.upper()))


def of_kind(kind_id: int) -> Sequence[Stage]:
    """The stages of a kind in their order, retired ones too."""
    return db.session.scalars(
        select(Stage).where(Stage.kind_id == kind_id).order_by(Stage.position, Stage.id)
    ).all()


def of_kinds(kind_ids: Iterable[int]) -> Mapping[int, Sequence[StageRow]]:
    """The stages of several kinds, by kind, in their order."""
    found = db.session.execute(
        select(*(getattr(Stage, name) for name in StageRow._fields))
        .where(Stage.kind_id.in_(set(kind_ids)))
        .order_by(Stage.kind_id, Stage.position, Stage.id)
    )
    rows = (StageRow(*row) for row in found)
    return {id_: list(group) for id_, group in groupby(rows, key=lambda stage: stage.kind_id)}


def find(stage_id: int) -> Stage | None:
    """A stage with its kind."""
    return db.session.scalar(
        select(Stage)
        .join(Stage.kind)
        .options(contains_eager(Stage.kind))
        .where(Stage.id == stage_id)
    )


def lines() -> Sequence[KindLine]:
    """All kinds, retired ones too, for the administrator."""
    stages = _counted(select(Stage.kind_id, func.count()).group_by(Stage.kind_id))
    deliverables = _counted(
        select(Deliverable.kind_id, func.count())
        .where(Deliverable.deleted_at.is_(None))
        .group_by(Deliverable.kind_id)
    )
    return [
        KindLine(kind, stages.get(kind.id, 0), deliverables.get(kind.id, 0))
        for kind in kinds(retired=True)
    ]


def stage_lines(kind: DeliverableKind) -> Sequence[StageLine]:
    """The stages of a kind, for the administrator."""
    stages = of_kind(kind.id)
    used = set(
        db.session.scalars(
            select(StageMove.stage_id)
            .where(StageMove.stage_id.in_([stage.id for stage in stages]))
            .distinct()
        )
    )
    return [StageLine(stage, stage.id in used) for stage in stages]


def _counted(query: Select[int, int]) -> dict[int, int]:
    return {row[0]: row[1] for row in db.session.execute(query)}
