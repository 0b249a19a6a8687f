"""What can be done with a deliverable."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.errors import RuleViolationError, StaleError
from tracker.extensions import db
from tracker.lib.dates import format_date
from tracker.lib.stages import StageRole, standing
from tracker.models import (
    Deliverable,
    DeliverableKind,
    Group,
    Milestone,
    Stage,
    StageMilestone,
    StageMove,
    Workstream,
)
from tracker.queries import deliverables as read
from tracker.services import history, milestones, numbering, search
from tracker.services.act import Act
from tracker.services.tasks import EARLIEST, LATEST


@dataclass(frozen=True)
class Planned:
    """A stage for which a milestone is wanted, with its day and title."""

    stage: Stage
    day: date
    title: str


def create(
    workstream: Workstream, kind: DeliverableKind, title: str, *, by: Act, **details: object
) -> Deliverable:
    """Add a deliverable, at no stage yet."""
    if kind.is_retired:
        raise RuleViolationError("kind_retired", name=kind.name)
    group = db.session.get_one(Group, workstream.group_id)
    deliverable = Deliverable(
        group_id=group.id,
        workstream_id=workstream.id,
        kind_id=kind.id,
        code=numbering.next_code(group, numbering.DELIVERABLE),
        title=title,
        created_by_id=by.person_id,
        created_at=by.at,
        **details,
    )
    deliverable.folded = search.folded_of(deliverable)
    history.created(deliverable, by=by)
    search.index(deliverable)
    return deliverable


def edit(
    deliverable: Deliverable, values: Mapping[str, object], *, by: Act, seen: int | None = None
) -> dict[str, tuple[object, object]]:
    """Change what is typed of it. Its kind stays once it has come to a stage."""
    wanted = history.merged(deliverable, values, seen=seen)
    if wanted.get("kind_id", deliverable.kind_id) != deliverable.kind_id and deliverable.stage_id:
        stage = db.session.get_one(Stage, deliverable.stage_id)
        raise RuleViolationError("kind_has_stage", code=deliverable.code, stage=stage.code)
    changes = history.change(deliverable, wanted, by=by)
    deliverable.folded = search.folded_of(deliverable)
    search.index(deliverable)
    return changes


def enter(
    deliverable: Deliverable,
    stage: Stage,
    *,
    by: Act,
    on: date | None,
    document_number: str | None = None,
    note: str | None = None,
    seen: int | None = None,
) -> StageMove:
    """Bring it to a stage on a day; `on` is None where only the stage is known.

    Going back, or to the same stage again, needs a stage that may be repeated; `iteration` of the
    move counts the visits.
    """
    _check_seen(deliverable, seen)
    visits = standing(read.moves(deliverable))
    _check_stage(deliverable, stage)
    _check_day(visits, on, by.today)
    move = StageMove(
        deliverable_id=deliverable.id,
        stage_id=stage.id,
        iteration=1 + sum(visit.stage_id == stage.id for visit in visits),
        on=on,
        document_number=document_number,
        note=note,
        person_id=by.person_id,
        at=by.at,
    )
    db.session.add(move)
    _stand(deliverable, move, by=by)
    return move


def take_back(deliverable: Deliverable, *, by: Act, seen: int | None = None) -> StageMove:
    """Take the last move back by a further row: it stands again where it stood before."""
    _check_seen(deliverable, seen)
    visits = standing(read.moves(deliverable))
    if not visits:
        raise RuleViolationError("stage_nothing_to_undo", code=deliverable.code)
    before = visits[-2] if len(visits) > 1 else None
    correction = StageMove(
        deliverable_id=deliverable.id,
        stage_id=before.stage_id if before else None,
        iteration=before.iteration if before else 1,
        on=before.on if before else None,
        corrects_id=visits[-1].id,
        person_id=by.person_id,
        at=by.at,
    )
    db.session.add(correction)
    _stand(deliverable, correction, by=by)
    return correction


def plan(deliverable: Deliverable, planned: Sequence[Planned], *, by: Act) -> list[Milestone]:
    """Make a milestone for each stage that has none yet, tied to the stage."""
    if not planned:
        raise RuleViolationError("milestones_none_chosen")
    workstream = db.session.get_one(Workstream, deliverable.workstream_id)
    has_one = read.stages_with_milestones(deliverable)
    made = []
    for one in planned:
        if one.stage.id in has_one:
            continue
        milestone = milestones.create(
            workstream, one.title, by=by, baseline=one.day, stage_code=one.stage.code
        )
        tie(deliverable, one.stage, milestone, by=by)
        made.append(milestone)
    return made


def tie(deliverable: Deliverable, stage: Stage, milestone: Milestone, *, by: Act) -> None:
    """Let the milestone stand for the stage: when the deliverable comes there, it may be closed."""
    db.session.add(
        StageMilestone(milestone_id=milestone.id, deliverable_id=deliverable.id, stage_id=stage.id)
    )
    history.record(deliverable, "milestones", None, [milestone.code], by=by)
    milestones.edit(milestone, {"stage_code": stage.code}, by=by)


def _stand(deliverable: Deliverable, move: StageMove, *, by: Act) -> None:
    values = {"stage_id": move.stage_id, "stage_on": move.on, "iteration": move.iteration}
    if not history.change(deliverable, values, by=by):
        # The same stage on the same day again: told apart by the move, and kept in order by it.
        history.record(deliverable, "stage_id", move.stage_id, move.stage_id, by=by)


def _check_seen(deliverable: Deliverable, seen: int | None) -> None:
    try:
        history.as_seen(deliverable, ("stage_id", "stage_on", "iteration"), seen=seen)
    except StaleError as error:
        raise RuleViolationError("stage_moved_meanwhile", code=deliverable.code) from error


def _check_stage(deliverable: Deliverable, stage: Stage) -> None:
    if stage.kind_id != deliverable.kind_id:
        raise RuleViolationError("stage_of_other_kind", stage=stage.code)
    if stage.is_retired:
        raise RuleViolationError("stage_retired", stage=stage.code)
    current = db.session.get(Stage, deliverable.stage_id) if deliverable.stage_id else None
    if current is None:
        return
    if current.role is StageRole.ABANDONED:
        raise RuleViolationError("stage_over", code=deliverable.code)
    if stage.position <= current.position and not stage.is_repeatable:
        raise RuleViolationError("stage_not_repeatable", stage=stage.code)


def _check_day(visits: Sequence[StageMove], on: date | None, today: date) -> None:
    if on is None:
        return
    if not EARLIEST <= on <= LATEST:
        raise RuleViolationError("outside_years")
    if on > today:
        raise RuleViolationError("stage_in_future")
    last = max((visit.on for visit in visits if visit.on), default=None)
    if last is not None and on < last:
        raise RuleViolationError("stage_before_last", last=format_date(last))
