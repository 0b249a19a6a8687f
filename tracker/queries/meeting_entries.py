"""What was recorded in a meeting, as far as the reader may see it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, func, select, true
from sqlalchemy.orm import aliased, joinedload

from tracker.extensions import db
from tracker.models import (
    CooperatingUnit,
    Decision,
    Directive,
    EntryKind,
    Group,
    Meeting,
    MeetingEntry,
    Person,
    Strand,
    Task,
    TaskStatus,
    Unit,
    Workstream,
)
from tracker.policies import meetings as may
from tracker.policies.actor import Actor
from tracker.queries.shapes import AnyRow, Query


@dataclass(frozen=True, kw_only=True)
class Decided:
    """The decision behind an entry."""

    code: str
    question: str
    answer: str
    asked_by_id: int | None
    decided_on: date | None
    document_number: str


@dataclass(frozen=True, kw_only=True)
class Given:
    """The task behind a directive, in the group where it is by now."""

    id: int
    group_id: int
    code: str
    title: str
    result: str
    owner_id: int | None
    owner: str
    unit: str
    unit_en: str
    due: date | None
    status: TaskStatus
    is_recalled: bool


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """An entry as pages and minutes show it: `by` typed it, `decided_by` decided it."""

    id: int
    uid: str
    kind: EntryKind
    item: str
    text: str
    by: str
    by_id: int | None
    decided_by: str
    at: datetime
    is_struck: bool
    version: int
    group_id: int | None
    group_key: str
    group_name: str
    group_name_en: str | None
    strand: Strand | None
    decided: Decided | None = None
    given: Given | None = None

    @property
    def counts(self) -> bool:
        """Whether it stands in the minutes."""
        return not self.is_struck and not (self.given and self.given.is_recalled)

    @property
    def words(self) -> str:
        """What it says by now: a decision and a directive are changed where they stand."""
        if self.given:
            return self.given.title
        return self.decided.answer if self.decided else self.text


def find(actor: Actor, meeting: Meeting, entry_id: int) -> MeetingEntry | None:
    """One entry of the meeting, if the actor may see it."""
    return db.session.scalar(
        select(MeetingEntry)
        .options(joinedload(MeetingEntry.meeting))
        .where(
            MeetingEntry.id == entry_id,
            MeetingEntry.meeting_id == meeting.id,
            may.entries_visible_to(actor),
        )
        .execution_options(populate_existing=True)
    )


def sent(actor: Actor, meeting: Meeting, uid: str) -> MeetingEntry | None:
    """What was recorded under that id before, if the actor may see it."""
    return db.session.scalar(
        select(MeetingEntry).where(
            MeetingEntry.uid == uid,
            MeetingEntry.meeting_id == meeting.id,
            may.entries_visible_to(actor),
        )
    )


def mark(meeting: Meeting) -> str:
    """Changes with every entry made or changed in the meeting: the last one, and how many times."""
    last, changes = db.session.execute(
        select(func.max(MeetingEntry.id), func.sum(MeetingEntry.version)).where(
            MeetingEntry.meeting_id == meeting.id
        )
    ).one()
    return f"{last or 0}.{changes or 0}"


def recorded(actor: Actor, meeting: Meeting) -> Sequence[Recorded]:
    """All that was recorded and the actor may see, in the order it was."""
    return _of(meeting, may.entries_visible_to(actor), may.tasks_visible_to(actor))


def everything(meeting: Meeting) -> Sequence[Recorded]:
    """The same whoever asks, for the minutes."""
    return _of(meeting, true(), true())


def _of(
    meeting: Meeting, seen: ColumnElement[bool], seen_tasks: ColumnElement[bool]
) -> Sequence[Recorded]:
    query = _columns(seen_tasks).where(MeetingEntry.meeting_id == meeting.id, seen)
    return [_recorded(row) for row in db.session.execute(query.order_by(MeetingEntry.id))]


def counts(entries: Sequence[Recorded]) -> Mapping[str, int]:
    """How much was recorded on each item."""
    found: dict[str, int] = {}
    for entry in entries:
        found[entry.item] = found.get(entry.item, 0) + entry.counts
    return found


def cooperating(task_ids: Sequence[int]) -> Mapping[int, list[tuple[str, str]]]:
    """The cooperating units of tasks, by their names in both languages."""
    found: dict[int, list[tuple[str, str]]] = {}
    for row in db.session.execute(
        select(CooperatingUnit.task_id, Unit.name, func.coalesce(Unit.name_en, ""))
        .join(Unit, Unit.id == CooperatingUnit.unit_id)
        .where(CooperatingUnit.task_id.in_(task_ids))
        .order_by(Unit.sort_key)
    ):
        found.setdefault(row[0], []).append((row[1], row[2]))
    return found


def of_decision(actor: Actor, decision_id: int) -> Meeting | None:
    """The meeting in which it was decided, if the actor may see that."""
    return _meeting_of(actor, MeetingEntry.decision_id == decision_id)


def of_task(actor: Actor, task_id: int) -> Meeting | None:
    """The meeting in which the directive was given."""
    return _meeting_of(actor, MeetingEntry.task_id == task_id)


def _meeting_of(actor: Actor, is_it: ColumnElement[bool]) -> Meeting | None:
    return db.session.scalar(
        select(Meeting)
        .join(MeetingEntry, MeetingEntry.meeting_id == Meeting.id)
        .where(is_it, may.visible_to(actor))
        .limit(1)
    )


def _columns(seen_tasks: ColumnElement[bool]) -> Query:
    """A task that went on to a hidden group says no more than what was recorded."""
    writer, decider, owner = aliased(Person), aliased(Person), aliased(Person)
    return (
        select(
            MeetingEntry,
            Group.key,
            Group.name,
            Group.name_en,
            Workstream.strand,
            writer.full_name.label("writer"),
            decider.full_name.label("decider"),
            Decision,
            Task,
            Directive.recalled_at,
            owner.full_name.label("owner"),
            Unit.name.label("unit"),
            Unit.name_en.label("unit_en"),
        )
        .outerjoin(Group, Group.id == MeetingEntry.group_id)
        .outerjoin(Workstream, Workstream.id == MeetingEntry.workstream_id)
        .outerjoin(writer, writer.id == MeetingEntry.person_id)
        .outerjoin(decider, decider.id == MeetingEntry.decided_by_id)
        .outerjoin(Decision, Decision.id == MeetingEntry.decision_id)
        .outerjoin(Task, and_(Task.id == MeetingEntry.task_id, seen_tasks))
        .outerjoin(Directive, Directive.task_id == Task.id)
        .outerjoin(owner, owner.id == Task.owner_id)
        .outerjoin(Unit, Unit.id == Task.lead_unit_id)
        .execution_options(populate_existing=True)
    )


def _recorded(row: AnyRow) -> Recorded:
    entry: MeetingEntry = row.MeetingEntry
    return Recorded(
        id=entry.id,
        uid=entry.uid,
        kind=entry.kind,
        item=entry.item,
        text=entry.text,
        by=row.writer or "",
        by_id=entry.person_id,
        decided_by=row.decider or "",
        at=entry.created_at,
        is_struck=entry.struck_at is not None,
        version=entry.version,
        group_id=entry.group_id,
        group_key=row.key or "",
        group_name=row.name or "",
        group_name_en=row.name_en,
        strand=row.strand,
        decided=_decided(row.Decision) if row.Decision else None,
        given=_given(row) if row.Task else None,
    )


def _decided(decision: Decision) -> Decided:
    chosen = decision.options[decision.chosen] if decision.chosen is not None else ""
    return Decided(
        code=decision.code,
        question=decision.question,
        answer=f"{chosen.rstrip('. ')}. {decision.answer}"
        if chosen and decision.answer
        else chosen or decision.answer,
        asked_by_id=decision.asked_by_id,
        decided_on=decision.decided_on,
        document_number=decision.document_number or "",
    )


def _given(row: AnyRow) -> Given:
    task: Task = row.Task
    return Given(
        id=task.id,
        group_id=task.group_id,
        code=task.code,
        title=task.title,
        result=task.result or "",
        owner_id=task.owner_id,
        owner=row.owner or "",
        unit=row.unit or "",
        unit_en=row.unit_en or "",
        due=task.due,
        status=task.status,
        is_recalled=row.recalled_at is not None and task.status is TaskStatus.DROPPED,
    )
