"""Milestones: one by its code, and what stands round it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import contains_eager, joinedload

from tracker.extensions import db
from tracker.lib.slip import Slip, slip
from tracker.models import (
    Baseline,
    BaselineItem,
    Deliverable,
    Milestone,
    StageMilestone,
    Task,
    TaskStatus,
    Workstream,
)
from tracker.policies import groups as may
from tracker.policies.actor import Actor
from tracker.queries import settings
from tracker.queries.confirmations import stale_days


@dataclass(frozen=True)
class Approval:
    """The document by which the milestone's plan was last approved."""

    number: int
    document_number: str
    document_date: date


@dataclass(frozen=True, kw_only=True)
class Details:
    """What a milestone's page says beyond its own columns."""

    tasks: Sequence[Task]
    approval: Approval | None
    slip: Slip | None
    is_late: bool
    stale_days: int = 0
    deliverable: Deliverable | None = None

    @property
    def done(self) -> int:
        """How many of its tasks are finished."""
        return sum(task.status is TaskStatus.DONE for task in self.tasks)

    @property
    def counted(self) -> int:
        """How many tasks count: dropped ones do not."""
        return sum(task.status is not TaskStatus.DROPPED for task in self.tasks)


def find(actor: Actor, code: str) -> Milestone | None:
    """The milestone of that code, if the actor may see it; not from the trash."""
    return db.session.scalar(_by_code(), {"code": code.upper(), **may.sight(actor)})


@cache
def _by_code() -> Select[Milestone]:
    return (
        select(Milestone)
        .join(Milestone.group)
        .options(contains_eager(Milestone.group), joinedload(Milestone.workstream))
        .where(
            Milestone.code == bindparam("code"),
            Milestone.deleted_at.is_(None),
            may.visible(),
        )
        .execution_options(populate_existing=True)
    )


def inside(workstream: Workstream, id_: int | None) -> Milestone | None:
    """The milestone of that id, if it stands in the workstream."""
    if id_ is None:
        return None
    return db.session.scalar(
        select(Milestone).where(
            Milestone.id == id_,
            Milestone.workstream_id == workstream.id,
            Milestone.deleted_at.is_(None),
        )
    )


def details(milestone: Milestone, today: date) -> Details:
    """The rest of the milestone's page; the same number of queries for every milestone."""
    expected, calendar = milestone.forecast or milestone.baseline, settings.calendar()
    return Details(
        tasks=tasks(milestone),
        approval=approval(milestone),
        slip=slip(milestone.baseline, milestone.expected, calendar),
        is_late=milestone.closed_on is None and expected is not None and expected < today,
        stale_days=0 if milestone.closed_on else stale_days(milestone, today, calendar),
        deliverable=_deliverable(milestone) if milestone.stage_code else None,
    )


def _deliverable(milestone: Milestone) -> Deliverable | None:
    """Of which the milestone stands for a stage."""
    return db.session.scalar(
        select(Deliverable)
        .join(StageMilestone, StageMilestone.deliverable_id == Deliverable.id)
        .where(StageMilestone.milestone_id == milestone.id, Deliverable.deleted_at.is_(None))
    )


def tasks(milestone: Milestone) -> Sequence[Task]:
    """The tasks of the milestone without their subtasks, in order, with their owners."""
    return db.session.scalars(
        select(Task)
        .options(joinedload(Task.owner))
        .where(
            Task.milestone_id == milestone.id,
            Task.parent_id.is_(None),
            Task.deleted_at.is_(None),
        )
        .order_by(Task.position, Task.id)
    ).all()


def approval(milestone: Milestone) -> Approval | None:
    """The last approval that covers the milestone; without one its dates are a draft.

    One that was added after the plan was approved waits for the next approval.
    """
    row = db.session.execute(
        select(Baseline.number, Baseline.document_number, Baseline.document_date)
        .join(BaselineItem, BaselineItem.baseline_id == Baseline.id)
        .where(BaselineItem.kind == "milestone", BaselineItem.subject_id == milestone.id)
        .order_by(Baseline.number.desc())
        .limit(1)
    ).first()
    return Approval(*row) if row else None
