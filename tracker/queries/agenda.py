"""The agenda of a review meeting, computed from how everything stands on a day."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import null, select
from sqlalchemy.orm import aliased, joinedload

from tracker.extensions import db
from tracker.lib.agenda import Section, Subject, section, weight
from tracker.lib.dates import local_day
from tracker.lib.health import Health
from tracker.models import (
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
    Workstream,
)
from tracker.policies.actor import Actor
from tracker.queries import decisions, meetings
from tracker.queries.decisions import Line as Ask
from tracker.queries.meetings import Sitting
from tracker.queries.standings import Standing, Standings

Past = Callable[[date], Standings | None]  # how all stood at the end of a day, where it is known
OVER = (TaskStatus.DONE, TaskStatus.DROPPED)


@dataclass(frozen=True)
class Stream:
    """A workstream on the screen: how it stands, and its colour at the last meeting."""

    standing: Standing
    before: Health | None

    @property
    def has_changed(self) -> bool:
        """Whether its colour is another one than at the last meeting."""
        return self.before is not None and self.before is not self.standing.judgement.health


@dataclass(frozen=True, kw_only=True)
class Overdue:
    """A directive of an earlier meeting that should be done by now; `late` in days."""

    task: Task
    given_on: date
    given_by: str
    late: int


@dataclass(frozen=True, kw_only=True)
class Item:
    """One screen of the meeting. `stream`, `ask` or `overdue` is what it shows.

    `strand` and `workstream_id` are empty for a question, which may be about several; the last
    screen, on everything else, has no group either.
    """

    subject: Subject
    section: Section
    group: Group | None = None
    order: tuple[int, ...] = ()
    strand: Strand | None = None
    workstream_id: int | None = None
    stream: Stream | None = None
    ask: Ask | None = None
    overdue: Overdue | None = None

    @property
    def key(self) -> str:
        """How the item is called in addresses and on what is recorded."""
        return self.subject.key


@dataclass(frozen=True)
class Agenda:
    """All that the meeting looks at, in order, compared with the meeting before."""

    items: Sequence[Item]
    before: Meeting | None

    def place(self, key: str | None) -> int:
        """Where the item of that key stands; the first place where there is none of it."""
        return next((n for n, item in enumerate(self.items) if item.key == key), 0)

    def at(self, place: int) -> Item | None:
        """The item there, if there is one."""
        return self.items[place] if 0 <= place < len(self.items) else None

    def sections(self) -> Sequence[tuple[Section, Sequence[Item]]]:
        """The same by why they stand there, without what is empty."""
        found = [(one, [i for i in self.items if i.section is one]) for one in Section]
        return [(one, items) for one, items in found if items]


def agenda(actor: Actor, sitting: Sitting, today: date, now: Standings, at: Past) -> Agenda:
    """Exceptions first: colours changed since the last meeting, red, disagreeing, questions,
    overdue directives, then the rest; each in the order of the board.

    `now` is how all workstreams stand, `at` tells how they stood at the end of a day.
    """
    before = meetings.last_held(actor, sitting.meeting.held_on, sitting.group_ids)
    groups = {group.id: group for group in sitting.groups}
    items = [
        *_streams(groups, now, (before and at(before.held_on)) or {}),
        *_asks(actor, sitting, groups, today),
        *_overdue(sitting, groups, today),
        Item(subject=Subject(), section=Section.GENERAL),
    ]
    rank = list(Section)
    return Agenda(sorted(items, key=lambda i: (rank.index(i.section), i.order)), before)


def _streams(groups: Mapping[int, Group], now: Standings, then: Standings) -> Sequence[Item]:
    strands, found = list(Strand), []
    for row in db.session.execute(select(Workstream.id, Workstream.group_id, Workstream.strand)):
        group = groups.get(row.group_id)
        if group is None:
            continue
        place = (row.group_id, row.strand)
        was = then[place].judgement.health if place in then else None
        stream = Stream(now[place], was)
        colour = stream.standing.judgement.health
        found.append(
            Item(
                subject=Subject("workstream", row.id),
                section=section(colour, was, is_disputed=stream.standing.is_disputed),
                group=group,
                order=(
                    *weight(colour, was),
                    group.position,
                    group.id,
                    strands.index(row.strand),
                ),
                strand=row.strand,
                workstream_id=row.id,
                stream=stream,
            )
        )
    return found


def _asks(
    actor: Actor, sitting: Sitting, groups: Mapping[int, Group], today: date
) -> Sequence[Item]:
    """What waits for an answer, and what was answered in this meeting."""
    answered = select(MeetingEntry.decision_id).where(
        MeetingEntry.meeting_id == sitting.meeting.id,
        MeetingEntry.item.startswith("decision:"),
    )
    waiting = decisions.waiting(actor, today)
    ids = {id_ for id_ in db.session.scalars(answered) if id_} - {ask.id for ask in waiting}
    return [
        Item(
            subject=Subject("decision", ask.id),
            section=Section.ASKED,
            group=groups[ask.group_id],
            order=(-ask.late, -ask.age, ask.id),
            ask=ask,
        )
        for ask in [*waiting, *_answered(actor, ids, today)]
        if ask.group_id in groups
    ]


def _answered(actor: Actor, ids: Collection[int], today: date) -> Sequence[Ask]:
    rows = db.session.scalars(select(Decision).where(Decision.id.in_(ids)))
    return [decisions.line(actor, row, today) for row in rows]


def _overdue(sitting: Sitting, groups: Mapping[int, Group], today: date) -> Sequence[Item]:
    """Directives of earlier meetings that are late, the latest first."""
    said_before = select(MeetingEntry.task_id).where(
        MeetingEntry.kind == EntryKind.DIRECTIVE, MeetingEntry.meeting_id != sitting.meeting.id
    )
    giver = aliased(Person)
    rows = db.session.execute(
        select(Task, Workstream.strand, Directive.given_at, giver.full_name.label("giver"))
        .join(Directive, Directive.task_id == Task.id)
        .join(Workstream, Workstream.id == Task.workstream_id)
        .join(giver, giver.id == Directive.given_by_id)
        .options(joinedload(Task.owner), joinedload(Task.lead_unit))
        .where(
            Task.id.in_(said_before),
            Task.group_id.in_(groups),
            Task.deleted_at.is_(None),
            Task.status.not_in(OVER),
            Task.due < today,
        )
        .order_by(Task.due, Task.id)
    )
    return [
        Item(
            subject=Subject("task", row.Task.id),
            section=Section.OVERDUE,
            group=groups[row.Task.group_id],
            order=(-(today - row.Task.due).days, row.Task.id),
            strand=row.strand,
            workstream_id=row.Task.workstream_id,
            overdue=Overdue(
                task=row.Task,
                given_on=local_day(row.given_at),
                given_by=row.giver,
                late=(today - row.Task.due).days,
            ),
        )
        for row in rows
    ]


def about(sitting: Sitting, subject: Subject) -> tuple[int | None, int | None] | None:
    """The group and the workstream that the subject belongs to; the meeting as a whole has none.

    None where it is nothing that the meeting is about and its reader sees. What has left the agenda
    meanwhile is still something that can be spoken of.
    """
    if not subject.kind:
        return None, None
    columns = {
        "workstream": select(Workstream.group_id, Workstream.id).where(Workstream.id == subject.id),
        "decision": select(Decision.group_id, null()).where(Decision.id == subject.id),
        "task": select(Task.group_id, Task.workstream_id).where(Task.id == subject.id),
    }
    row = db.session.execute(columns[subject.kind]).one_or_none()
    seen = {group.id for group in sitting.groups}
    return (row[0], row[1]) if row is not None and row[0] in seen else None


def workstreams(sitting: Sitting, group_id: int | None = None) -> Sequence[Workstream]:
    """What a decision or a directive can be about: in one group, or in all that are looked at."""
    groups = {group.id: n for n, group in enumerate(sitting.groups)}
    wanted = {group_id} & groups.keys() if group_id else groups.keys()
    strands = list(Strand)
    rows = db.session.scalars(
        select(Workstream)
        .options(joinedload(Workstream.group))
        .where(Workstream.group_id.in_(wanted))
    )
    return sorted(rows, key=lambda one: (groups[one.group_id], strands.index(one.strand)))
