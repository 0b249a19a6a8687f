"""Records from outside held against the register of a group: what each would change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy import or_, select
from sqlalchemy.orm import contains_eager, joinedload

from tracker.extensions import db
from tracker.lib.iso_records import Problem, Record
from tracker.lib.stages import StageRole
from tracker.models import Deliverable, DeliverableImport, DeliverableKind, Stage
from tracker.policies import groups as may
from tracker.policies.actor import Actor
from tracker.queries import stages


class Outcome(StrEnum):
    """What becomes of a record."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, kw_only=True)
class Compared:
    """A record with what it would change: column → new value, and the stage it came to."""

    record: Record
    outcome: Outcome
    deliverable: Deliverable | None = None
    values: Mapping[str, object] = field(default_factory=dict)
    stage: Stage | None = None
    problem: Problem | None = None


def compare(records: Sequence[Record], group_id: int, kind: DeliverableKind) -> Sequence[Compared]:
    """Each record against what is there, found by its id, else by its reference."""
    by_code = {stage.code: stage for stage in stages.of_kind(kind.id)}
    by_id = {stage.id: stage for stage in by_code.values()}
    known = _known(records, group_id, kind)
    return [_compared(record, known, by_code, by_id) for record in records]


def find(actor: Actor, import_id: int) -> DeliverableImport | None:
    """An import on its way, if the actor may see its group."""
    return db.session.scalar(
        select(DeliverableImport)
        .join(DeliverableImport.group)
        .options(
            contains_eager(DeliverableImport.group),
            joinedload(DeliverableImport.workstream),
            joinedload(DeliverableImport.kind),
        )
        .where(DeliverableImport.id == import_id, may.visible_to(actor))
        .execution_options(populate_existing=True)
    )


def preview(import_: DeliverableImport) -> Sequence[Compared]:
    """What the records of an import would change now."""
    records = [Record.from_json(row) for row in import_.rows]
    return compare(records, import_.group_id, import_.kind)


def _known(
    records: Sequence[Record], group_id: int, kind: DeliverableKind
) -> Mapping[str, Deliverable]:
    """The deliverables of the group that the records may mean, by source id and by reference."""
    rows = db.session.scalars(
        select(Deliverable)
        .where(
            Deliverable.group_id == group_id,
            Deliverable.kind_id == kind.id,
            or_(
                Deliverable.source_id.in_([record.source_id for record in records]),
                Deliverable.reference.in_([record.reference for record in records]),
            ),
        )
        .order_by(Deliverable.deleted_at.is_(None), Deliverable.id.desc())
    )
    found: dict[str, Deliverable] = {}
    for row in rows:
        if row.source_id:
            found[row.source_id] = row
        elif row.reference:
            found[row.reference] = row
    return found


def _compared(
    record: Record,
    known: Mapping[str, Deliverable],
    by_code: Mapping[str, Stage],
    by_id: Mapping[int, Stage],
) -> Compared:
    stage = by_code.get(record.stage)
    if record.stage and stage is None:
        return _left_out(record, "record_stage_unknown", stage=record.stage)
    there = known.get(record.source_id) or known.get(record.reference)
    if there is None:
        return Compared(record=record, outcome=Outcome.NEW, values=_all(record), stage=stage)
    if there.deleted_at is not None:
        return _left_out(record, "record_in_trash", code=there.code)
    here = by_id.get(there.stage_id or 0)
    moved = stage if stage is not None and stage is not here else None
    if moved is not None and not _may_follow(moved, here):
        return _left_out(
            record,
            "record_stage_behind",
            code=there.code,
            now=here.code if here else "",
            stage=moved.code,
        )
    values = {
        name: value
        for name, value in _changes(record, there).items()
        if getattr(there, name) != value
    }
    outcome = Outcome.CHANGED if values or moved else Outcome.UNCHANGED
    return Compared(record=record, outcome=outcome, deliverable=there, values=values, stage=moved)


def _may_follow(stage: Stage, here: Stage | None) -> bool:
    """As `services.deliverables.enter` has it."""
    if stage.is_retired:
        return False
    if here is None:
        return True
    return here.role is not StageRole.ABANDONED and (
        stage.position > here.position or stage.is_repeatable
    )


def _all(record: Record) -> dict[str, object]:
    """The columns of a new deliverable; without a title it goes by its reference."""
    return {
        "title": record.title or record.reference,
        "reference": record.reference,
        "title_en": record.title or None,
        "ics": record.ics or None,
        "committee": record.committee or None,
        "source_id": record.source_id,
    }


def _changes(record: Record, there: Deliverable) -> dict[str, object]:
    """What the record knows. A title that somebody put into Vietnamese stays."""
    known = {name: value for name, value in _all(record).items() if value is not None}
    is_its_own = there.title in {there.title_en, there.reference}
    says_more = bool(record.title) or there.title == there.reference
    if not (is_its_own and says_more):
        del known["title"]
    return known


def _left_out(record: Record, code: str, /, **values: object) -> Compared:
    problem = Problem(record.line, code, values)
    return Compared(record=record, outcome=Outcome.LEFT_OUT, problem=problem)
