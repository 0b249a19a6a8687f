"""Keeping the kinds of deliverables and their stages: shipped, then an administrator's."""

from collections.abc import Mapping

from sqlalchemy import func, select

from tracker.errors import RuleViolationError
from tracker.extensions import db
from tracker.lib.stage_catalogue import CATALOGUE, KindEntry, StageEntry
from tracker.models import DeliverableKind, Group, Stage, Strand
from tracker.services import history
from tracker.services.act import Act


def start(*, by: Act) -> int:
    """Add the shipped kinds that are not there, with their stages; returns how many were added.

    A kind that is there stays as it is: it may have been corrected.
    """
    new = _unknown()
    last = db.session.scalar(select(func.max(DeliverableKind.position))) or 0
    for position, entry in enumerate(new, last + 1):
        _ship(entry, position, by=by)
    return len(new)


def missing() -> int:
    """How many of the shipped kinds are not there."""
    return len(_unknown())


def _unknown() -> list[KindEntry]:
    known = set(db.session.scalars(select(DeliverableKind.code)))
    return [entry for entry in CATALOGUE if entry.code not in known]


def are_wanted() -> bool:
    """Whether there is anybody yet to have deliverables."""
    return db.session.scalar(select(Group.id).limit(1)) is not None


def _ship(entry: KindEntry, position: int, *, by: Act) -> None:
    """One record for all stages: a blank installation's history begins readable."""
    kind = DeliverableKind(
        code=entry.code,
        name=entry.name,
        name_en=entry.name_en,
        strand=Strand(entry.strand),
        source=entry.source,
        is_verified=entry.is_verified,
        position=position,
    )
    history.created(kind, by=by)
    db.session.add_all(_shipped(kind, one, n) for n, one in enumerate(entry.stages, 1))
    history.record(kind, "stages", None, [one.code for one in entry.stages], by=by)


def _shipped(kind: DeliverableKind, entry: StageEntry, position: int) -> Stage:
    window, unit, source = entry.window or (None, None, None)
    return Stage(
        kind_id=kind.id,
        code=entry.code,
        name=entry.name,
        name_en=entry.name_en,
        position=position,
        role=entry.role,
        is_repeatable=entry.is_repeatable,
        window=window,
        window_unit=unit,
        window_source=source,
    )


def add_kind(*, code: str, by: Act, **details: object) -> DeliverableKind:
    """Add a kind of deliverable, still without stages, after the others."""
    code = code.upper()
    if db.session.scalar(select(DeliverableKind.id).where(DeliverableKind.code == code)):
        raise RuleViolationError("kind_code_taken", code=code)
    last = db.session.scalar(select(func.max(DeliverableKind.position))) or 0
    kind = DeliverableKind(code=code, position=last + 1, **details)
    history.created(kind, by=by)
    return kind


def edit_kind(
    kind: DeliverableKind, values: Mapping[str, object], *, by: Act, seen: int | None = None
) -> None:
    """Change names, strand, source, verification, or retire it; its code never changes."""
    history.change(kind, history.merged(kind, values, seen=seen), by=by)


def add_stage(kind: DeliverableKind, *, code: str, by: Act, **details: object) -> Stage:
    """Add a stage after the others of the kind."""
    _check_code(kind.id, code, besides=0)
    _check_window(details)
    last = db.session.scalar(select(func.max(Stage.position)).where(Stage.kind_id == kind.id)) or 0
    stage = Stage(kind_id=kind.id, code=code, position=last + 1, **details)
    history.created(stage, by=by)
    return stage


def edit_stage(
    stage: Stage, values: Mapping[str, object], *, by: Act, seen: int | None = None
) -> None:
    """Change a stage, or retire it. It is never deleted: the history speaks of it."""
    wanted = history.merged(stage, values, seen=seen)
    code = wanted.get("code", stage.code)
    _check_code(stage.kind_id, str(code), besides=stage.id)
    _check_window({"window": stage.window, "window_unit": stage.window_unit, **wanted})
    history.change(stage, wanted, by=by)


def place_stage(stage: Stage, *, steps: int, by: Act) -> None:
    """Let the stage come so many places later on the way (earlier when negative)."""
    row = list(
        db.session.scalars(
            select(Stage).where(Stage.kind_id == stage.kind_id).order_by(Stage.position, Stage.id)
        )
    )
    place = row.index(stage)
    row.remove(stage)
    row.insert(min(max(place + steps, 0), len(row)), stage)
    for position, one in enumerate(row, start=1):
        history.change(one, {"position": position}, by=by)


def _check_code(kind_id: int, code: str, *, besides: int) -> None:
    taken = select(Stage.id).where(Stage.kind_id == kind_id, Stage.code == code)
    if db.session.scalar(taken.where(Stage.id != besides)) is not None:
        raise RuleViolationError("stage_code_taken", code=code)


def _check_window(values: Mapping[str, object]) -> None:
    if values.get("window") and values.get("window_unit") is None:
        raise RuleViolationError("window_without_unit")
