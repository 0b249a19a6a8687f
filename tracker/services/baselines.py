"""Approving the plan of a group with a document; every approval is kept."""

from datetime import date
from typing import TypeVar

from sqlalchemy import func, select

from tracker.errors import RuleViolationError
from tracker.extensions import db
from tracker.models import Baseline, BaselineItem, Group, Milestone, MoveReason, Task, Workstream
from tracker.services import history
from tracker.services.act import Act, Why

Item = TypeVar("Item", Milestone, Task)


def approve(group: Group, *, document_number: str, document_date: date, by: Act) -> Baseline:
    """Approve the plan as it stands.

    The first approval makes the draft dates of the milestones the baseline. A later one takes the
    forecasts of the milestones still open; what was closed keeps its baseline.
    """
    _check_document(group, document_number.strip(), document_date, by=by)
    milestones, tasks = _live(Milestone, group), _live(Task, group)
    if not milestones and not tasks:
        raise RuleViolationError("baseline_nothing_to_approve")
    last = db.session.scalar(select(func.max(Baseline.number)).where(Baseline.group_id == group.id))
    baseline = Baseline(
        group_id=group.id,
        number=(last or 0) + 1,
        document_number=document_number.strip(),
        document_date=document_date,
        approved_by_id=by.person_id,
        approved_at=by.at,
    )
    history.created(baseline, by=by)
    strands = {
        row.id: row.strand
        for row in db.session.execute(
            select(Workstream.id, Workstream.strand).where(Workstream.group_id == group.id)
        )
    }
    for milestone in milestones:
        is_new = last or milestone.baseline is None
        if is_new and milestone.closed_on is None and milestone.forecast:
            why = Why(reason=MoveReason.OTHER, sentence=baseline.document_number)
            moves = milestone.baseline is not None
            values = {"baseline": milestone.forecast}
            history.change(milestone, values, by=by, why=why if moves else None)
        _add(baseline, "milestone", milestone, strands, due=milestone.baseline)
    for task in tasks:
        _add(baseline, "task", task, strands, start=task.start, due=task.due)
    return baseline


def _check_document(group: Group, number: str, day: date, *, by: Act) -> None:
    """An approval names a document of today or before, and each document once."""
    if not number:
        raise RuleViolationError("baseline_needs_document")
    if day > by.today:
        raise RuleViolationError("document_in_future")
    twice = select(Baseline.id).where(
        Baseline.group_id == group.id,
        Baseline.document_number == number,
        Baseline.document_date == day,
    )
    if db.session.scalar(twice) is not None:
        raise RuleViolationError("baseline_twice", number=number)


def _live(table: type[Item], group: Group) -> list[Item]:
    return list(
        db.session.scalars(
            select(table)
            .where(table.group_id == group.id, table.deleted_at.is_(None))
            .order_by(table.id)
        )
    )


def _add(
    baseline: Baseline,
    kind: str,
    item: Milestone | Task,
    strands: dict[int, str],
    *,
    due: date | None,
    start: date | None = None,
) -> None:
    db.session.add(
        BaselineItem(
            baseline_id=baseline.id,
            kind=kind,
            subject_id=item.id,
            code=item.code,
            title=item.title,
            strand=strands[item.workstream_id],
            start=start,
            due=due,
        )
    )
