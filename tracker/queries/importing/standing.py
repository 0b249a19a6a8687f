"""The plan of a group as it stands, read once for the comparison with a file."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from sqlalchemy import select

from tracker.extensions import db
from tracker.lib.text import fold
from tracker.models import (
    Baseline,
    BaselineItem,
    CooperatingUnit,
    Group,
    Milestone,
    Participant,
    Priority,
    Strand,
    Task,
    TaskStatus,
    Workstream,
)
from tracker.queries.shapes import AnyRow


@dataclass(frozen=True)
class StandingMilestone:
    """A milestone as far as a file can change it. `is_approved`: its baseline stays."""

    id: int
    code: str
    title: str
    strand: Strand
    baseline: date | None
    forecast: date | None
    closed_on: date | None
    position: int
    is_approved: bool

    @cached_property
    def folded(self) -> str:
        """What titles are compared by."""
        return fold(self.title)


@dataclass(frozen=True)
class StandingTask:
    """A task or subtask as far as a file can change it."""

    id: int
    code: str
    title: str
    strand: Strand
    milestone_id: int | None
    parent_id: int | None
    description: str
    owner_id: int | None
    lead_unit_id: int | None
    assigning_document: str | None
    assigning_date: date | None
    assigning_item: str | None
    start: date | None
    due: date | None
    forecast: date | None
    finished_on: date | None
    submitted_on: date | None
    result: str | None
    progress: int
    priority: Priority
    status: TaskStatus
    position: int
    cooperating_unit_ids: tuple[int, ...] = ()
    participant_ids: tuple[int, ...] = ()

    @cached_property
    def folded(self) -> str:
        """What titles are compared by."""
        return fold(self.title)


@dataclass(frozen=True)
class Standing:
    """All of a group's plan that is not in the trash, in its order."""

    group: Group
    workstreams: Mapping[Strand, int]
    milestones: Sequence[StandingMilestone]
    tasks: Sequence[StandingTask]
    trashed: frozenset[str] = field(default_factory=frozenset)

    @property
    def codes(self) -> list[str]:
        """Of everything in it."""
        return [each.code for each in self.milestones] + [each.code for each in self.tasks]


def of(group: Group) -> Standing:
    """The plan of the group now: six queries, whatever its size."""
    workstreams = {
        row.strand: row.id
        for row in db.session.execute(
            select(Workstream.id, Workstream.strand).where(Workstream.group_id == group.id)
        )
    }
    strands = {id_: strand for strand, id_ in workstreams.items()}
    return Standing(
        group, workstreams, _milestones(group, strands), _tasks(group, strands), _trashed(group)
    )


def _milestones(group: Group, strands: Mapping[int, Strand]) -> list[StandingMilestone]:
    approved = set(
        db.session.scalars(
            select(BaselineItem.subject_id)
            .join(Baseline, Baseline.id == BaselineItem.baseline_id)
            .where(Baseline.group_id == group.id, BaselineItem.kind == "milestone")
        )
    )
    return [
        StandingMilestone(
            row.id,
            row.code,
            row.title,
            strands[row.workstream_id],
            row.baseline,
            row.forecast,
            row.closed_on,
            row.position,
            row.id in approved,
        )
        for row in db.session.execute(
            select(
                *(Milestone.id, Milestone.code, Milestone.title, Milestone.workstream_id),
                *(Milestone.baseline, Milestone.forecast, Milestone.closed_on, Milestone.position),
            )
            .where(Milestone.group_id == group.id, Milestone.deleted_at.is_(None))
            .order_by(Milestone.position, Milestone.id)
        )
    ]


_TASK_COLUMNS = (
    *(Task.id, Task.code, Task.title, Task.workstream_id, Task.milestone_id, Task.parent_id),
    *(Task.description, Task.owner_id, Task.lead_unit_id, Task.assigning_document),
    *(Task.assigning_date, Task.assigning_item, Task.start, Task.due, Task.forecast),
    *(Task.finished_on, Task.submitted_on, Task.result, Task.progress, Task.priority),
    *(Task.status, Task.position),
)


def _tasks(group: Group, strands: Mapping[int, Strand]) -> list[StandingTask]:
    units, persons = _cooperating(group), _participating(group)
    rows = db.session.execute(
        select(*_TASK_COLUMNS)
        .where(Task.group_id == group.id, Task.deleted_at.is_(None))
        .order_by(Task.position, Task.id)
    )
    return [_task(row, strands, units, persons) for row in rows]


def _task(
    row: AnyRow,
    strands: Mapping[int, Strand],
    units: Mapping[int, Sequence[int]],
    persons: Mapping[int, Sequence[int]],
) -> StandingTask:
    values = dict(row._mapping)  # noqa: SLF001 - the documented name of SQLAlchemy
    strand = strands[values.pop("workstream_id")]
    return StandingTask(
        **values,
        strand=strand,
        cooperating_unit_ids=tuple(units.get(row.id, ())),
        participant_ids=tuple(persons.get(row.id, ())),
    )


def _cooperating(group: Group) -> Mapping[int, Sequence[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for row in db.session.execute(
        select(CooperatingUnit.task_id, CooperatingUnit.unit_id)
        .join(Task, Task.id == CooperatingUnit.task_id)
        .where(Task.group_id == group.id)
        .order_by(CooperatingUnit.position)
    ):
        found[row.task_id].append(row.unit_id)
    return found


def _participating(group: Group) -> Mapping[int, Sequence[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for row in db.session.execute(
        select(Participant.task_id, Participant.person_id)
        .join(Task, Task.id == Participant.task_id)
        .where(Task.group_id == group.id)
        .order_by(Participant.person_id)
    ):
        found[row.task_id].append(row.person_id)
    return found


def _trashed(group: Group) -> frozenset[str]:
    """The codes of what lies in the trash."""
    return frozenset(
        code
        for table in (Milestone, Task)
        for code in db.session.scalars(
            select(table.code).where(table.group_id == group.id, table.deleted_at.is_not(None))
        )
    )
