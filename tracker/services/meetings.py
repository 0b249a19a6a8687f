"""What can be done with a review meeting: prepare it, hold it, record in it, close it."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from hashlib import sha256

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from tracker.errors import RuleViolationError
from tracker.extensions import db
from tracker.lib.dates import format_date
from tracker.lib.text import nfc
from tracker.models import (
    Account,
    Attendance,
    Decision,
    EntryKind,
    Meeting,
    MeetingEntry,
    MeetingGroup,
    MeetingMinutes,
    MeetingRecorder,
    MeetingState,
    Person,
    Presence,
    Task,
    Workstream,
)
from tracker.queries.minutes_facts import MinutesFacts
from tracker.services import decisions, directives, history, notifications, tasks
from tracker.services.act import Act
from tracker.services.decisions import Answer, Question
from tracker.services.directives import Wanted


@dataclass(frozen=True, kw_only=True)
class Plan:
    """When and where the meeting is, who is in the chair, what it is about and who records.

    Without groups it is about all.
    """

    title: str
    held_on: date
    chair_id: int
    begins: time | None = None
    place: str = ""
    group_ids: Collection[int] = ()
    recorder_ids: Collection[int] = ()


@dataclass(frozen=True, kw_only=True)
class Said:
    """Something said in a meeting: `uid` is made where it was typed, `item` was on the screen."""

    uid: str
    text: str
    item: str = ""
    group_id: int | None = None
    workstream_id: int | None = None


# ------------------------------------------------------------------ the meeting itself


def plan(wanted: Plan, *, by: Act) -> Meeting:
    """Prepare a meeting."""
    _check_chair(wanted.chair_id)
    meeting = Meeting(**_columns(wanted), created_by_id=by.person_id, created_at=by.at)
    history.created(meeting, by=by)
    for link, ids in _lists(wanted):
        _link(meeting, link, [], sorted(ids), by=by)
    return meeting


def edit(meeting: Meeting, wanted: Plan, *, by: Act, seen: int | None = None) -> None:
    """Change the meeting before its minutes are issued."""
    _check_not_issued(meeting)
    values = history.merged(meeting, _columns(wanted), seen=seen)
    if values.get("chair_id", meeting.chair_id) != meeting.chair_id:
        _check_chair(wanted.chair_id)
    lists = []
    for link, ids in _lists(wanted):
        now = _linked(meeting, link)
        lists.append(
            (link, now, history.merged_list(meeting, link.field, now, sorted(ids), seen=seen))
        )
    history.change(meeting, values, by=by)
    for link, now, ids in lists:
        _link(meeting, link, now, ids, by=by)


def start(meeting: Meeting, *, by: Act) -> None:
    """Open the meeting; from now on one can record in it. Opening it twice changes nothing.

    One held sooner than planned is held today: its minutes would bear a day still to come.
    """
    if meeting.state is MeetingState.PLANNED:
        _check_chair(meeting.chair_id)  # nobody decides who is no director any more
        begun: dict[str, object] = {"state": MeetingState.RUNNING, "started_at": by.at}
        if meeting.held_on > by.today:
            begun["held_on"] = by.today
        history.change(meeting, begun, by=by)


def call_off(meeting: Meeting, *, by: Act) -> None:
    """It is not held after all; one that has begun is."""
    if meeting.state is not MeetingState.PLANNED:
        raise RuleViolationError("meeting_has_begun")
    history.change(meeting, {"state": MeetingState.CALLED_OFF}, by=by)


def end(meeting: Meeting, *, by: Act) -> None:
    """Close the meeting; what was recorded can still be put right until the minutes are issued."""
    if meeting.state is MeetingState.RUNNING:
        history.change(meeting, {"state": MeetingState.ENDED, "ended_at": by.at}, by=by)


def _columns(wanted: Plan) -> dict[str, object]:
    return {
        "title": nfc(wanted.title).strip(),
        "held_on": wanted.held_on,
        "begins": wanted.begins,
        "place": nfc(wanted.place).strip(),
        "chair_id": wanted.chair_id,
    }


@dataclass(frozen=True)
class _Link:
    """What hangs on a meeting as a list of ids, and what the history calls it."""

    field: str
    table: type[MeetingGroup | MeetingRecorder]
    column: str


_GROUPS = _Link("groups", MeetingGroup, "group_id")
_RECORDERS = _Link("recorders", MeetingRecorder, "person_id")


def _lists(wanted: Plan) -> Sequence[tuple[_Link, Collection[int]]]:
    return [(_GROUPS, wanted.group_ids), (_RECORDERS, wanted.recorder_ids)]


def _linked(meeting: Meeting, link: _Link) -> list[int]:
    rows = db.session.scalars(select(link.table).where(link.table.meeting_id == meeting.id))
    return sorted(getattr(row, link.column) for row in rows)


def _link(
    meeting: Meeting, link: _Link, now: Sequence[int], wanted: Sequence[int], *, by: Act
) -> None:
    old, new = set(now), set(wanted)
    if old == new:
        return
    for id_ in old - new:
        db.session.delete(db.session.get_one(link.table, (meeting.id, id_)))
    db.session.add_all(
        link.table(meeting_id=meeting.id, **{link.column: id_}) for id_ in sorted(new - old)
    )
    history.record(meeting, link.field, sorted(old), sorted(new), by=by)


def _check_chair(person_id: int) -> None:
    """Only directors decide, so one of them is in the chair."""
    directs = select(Account.id).where(
        Account.person_id == person_id, Account.is_director, Account.is_active
    )
    if db.session.scalar(directs) is None:
        name = db.session.get_one(Person, person_id).full_name
        raise RuleViolationError("chair_not_director", person=name)


def _check_not_issued(meeting: Meeting) -> None:
    if meeting.is_issued:
        raise RuleViolationError("minutes_issued")


# ------------------------------------------------------------------ its minutes


def issue(
    meeting: Meeting,
    facts: MinutesFacts,
    number: str,
    day: date,
    *,
    by: Act,
    seen: str | None = None,
) -> MeetingMinutes:
    """Freeze the minutes under the number and the date that the clerk gave them.

    `seen` is the digest of the facts that were looked through: others may have recorded since.
    What was decided and given in the meeting gets them as its document, where it has none yet.
    Whoever has to do with it hears of it, once.
    """
    if meeting.state is not MeetingState.ENDED:
        raise RuleViolationError("minutes_not_ready")
    if day < meeting.held_on or day > by.today:
        raise RuleViolationError("minutes_day_wrong", day=format_date(meeting.held_on))
    if seen and seen != digest(facts):
        raise RuleViolationError("minutes_changed")
    number = nfc(number).strip()
    told = replace(facts, number=number, document_date=day)
    minutes = MeetingMinutes(
        meeting_id=meeting.id,
        revision=meeting.revision,
        document_number=number,
        document_date=day,
        reason=meeting.reopened_for,
        facts=told.to_json(),
        sha256=digest(told),
        issued_by_id=by.person_id,
        issued_at=by.at,
    )
    db.session.add(minutes)
    db.session.flush()  # the id is what mails are promised by
    frozen = {"revision": minutes.name, "number": number, "sha256": minutes.sha256}
    history.record(meeting, "issued", None, frozen, by=by)
    history.change(meeting, {"state": MeetingState.ISSUED}, by=by)
    _document(meeting, number, day, by=by)
    notifications.announce_minutes(minutes, _concerned(meeting), by=by)
    return minutes


def reopen(meeting: Meeting, why: str, *, by: Act) -> None:
    """Open what was issued again: the next minutes are another revision, and say why."""
    if not meeting.is_issued:
        raise RuleViolationError("minutes_not_issued")
    why = nfc(why).strip()
    if not why:
        raise RuleViolationError("reopening_why_needed")
    values = {
        "state": MeetingState.ENDED,
        "revision": meeting.revision + 1,
        "reopened_for": why,
    }
    history.change(meeting, values, by=by)


def digest(facts: MinutesFacts) -> str:
    """SHA-256 of the facts as JSON."""
    return _digest(facts.to_json())


def is_intact(minutes: MeetingMinutes) -> bool:
    """Whether the facts are still those that were issued: nobody changed them in the database."""
    return _digest(minutes.facts) == minutes.sha256


def _digest(facts: Mapping[str, object]) -> str:
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True)
    return sha256(text.encode("utf-8")).hexdigest()


def _document(meeting: Meeting, number: str, day: date, *, by: Act) -> None:
    """The number on what was decided and given: until now it was only known to come.

    What stands in minutes issued before keeps theirs.
    """
    last = select(func.max(MeetingMinutes.issued_at)).where(
        MeetingMinutes.meeting_id == meeting.id, MeetingMinutes.revision < meeting.revision
    )
    before = db.session.scalar(last)
    query = select(MeetingEntry).where(
        MeetingEntry.meeting_id == meeting.id, MeetingEntry.struck_at.is_(None)
    )
    if before is not None:
        query = query.where(MeetingEntry.created_at > before)
    entries = db.session.scalars(
        query.options(joinedload(MeetingEntry.task)).order_by(MeetingEntry.id)
    )
    for entry in entries:
        decision = db.session.get(Decision, entry.decision_id) if entry.decision_id else None
        if decision is not None and not decision.document_number:
            decisions.add_document(decision, number, day, by=by)
        if entry.task is not None and entry.task.assigning_date == meeting.held_on:
            source = {"assigning_document": number, "assigning_date": day}
            tasks.edit(entry.task, source, by=by)


def _concerned(meeting: Meeting) -> set[int]:
    """The chair, in whose name all of it is, who was expected and said to be there or not, who was
    given something, and who had asked.
    """
    people = select(Attendance.person_id).where(Attendance.meeting_id == meeting.id)
    owners = (
        select(Task.owner_id)
        .join(MeetingEntry, MeetingEntry.task_id == Task.id)
        .where(MeetingEntry.meeting_id == meeting.id)
    )
    askers = (
        select(Decision.asked_by_id)
        .join(MeetingEntry, MeetingEntry.decision_id == Decision.id)
        .where(MeetingEntry.meeting_id == meeting.id)
    )
    found = [id_ for query in (people, owners, askers) for id_ in db.session.scalars(query)]
    return {meeting.chair_id, *(id_ for id_ in found if id_ is not None)}


# ------------------------------------------------------------------ who was there


def attend(
    meeting: Meeting, person: Person, presence: Presence, *, by: Act, seen: int | None = None
) -> Attendance:
    """Say whether somebody we know is there."""
    _check_not_issued(meeting)
    row = db.session.scalar(
        select(Attendance).where(
            Attendance.meeting_id == meeting.id, Attendance.person_id == person.id
        )
    )
    if row is not None:
        mark(row, presence, by=by, seen=seen)
        return row
    return _came(meeting, person.full_name, person.position or "", presence, person.id, by=by)


def all_present(meeting: Meeting, persons: Sequence[Person], *, by: Act) -> None:
    """Say of all of them that they are there."""
    for person in persons:
        attend(meeting, person, Presence.PRESENT, by=by)


def invite_guest(
    meeting: Meeting, name: str, post: str, *, by: Act, presence: Presence = Presence.PRESENT
) -> Attendance:
    """Write down a guest by name."""
    _check_not_issued(meeting)
    return _came(meeting, nfc(name).strip(), nfc(post).strip(), presence, None, by=by)


def mark(row: Attendance, presence: Presence, *, by: Act, seen: int | None = None) -> None:
    """Change whether somebody is there; the second of two who say otherwise is asked."""
    _check_not_issued(row.meeting)
    history.change(row, history.merged(row, {"presence": presence}, seen=seen), by=by)


def _came(
    meeting: Meeting, name: str, post: str, presence: Presence, person_id: int | None, *, by: Act
) -> Attendance:
    row = Attendance(
        meeting_id=meeting.id, name=name, post=post, presence=presence, person_id=person_id
    )
    history.created(row, by=by)
    return row


# ------------------------------------------------------------------ what was said


def note(meeting: Meeting, said: Said, *, by: Act) -> MeetingEntry:
    """Record what was said or concluded."""
    return _record(meeting, said, EntryKind.NOTE, lambda _entry: None, by=by)


def decide(
    meeting: Meeting, said: Said, decision: Decision, answer: Answer, *, by: Act, seen: int | None
) -> MeetingEntry:
    """Answer what a group asked, in the name of the chair."""

    def answered(entry: MeetingEntry) -> None:
        decisions.answer(decision, answer, decided_by=meeting.chair_id, by=by, seen=seen)
        _tie(entry, "decision_id", decision.id, by=by)

    return _record(meeting, said, EntryKind.DECISION, answered, by=by)


def resolve(
    meeting: Meeting, said: Said, workstream: Workstream, question: str, answer: Answer, *, by: Act
) -> MeetingEntry:
    """Decide what nobody had asked for in writing: asked and answered in one, so that it has a
    number and is found with the others.
    """

    def resolved(entry: MeetingEntry) -> None:
        asked = Question(
            question=question or answer.text,
            wanted_from_id=meeting.chair_id,
            wanted_by=max(answer.decided_on, by.today),
        )
        decision = decisions.ask(workstream.group, asked, by=by)
        decisions.answer(decision, answer, decided_by=meeting.chair_id, by=by)
        _tie(entry, "decision_id", decision.id, by=by)

    return _record(meeting, said, EntryKind.DECISION, resolved, by=by)


def direct(meeting: Meeting, said: Said, wanted: Wanted, *, by: Act) -> MeetingEntry:
    """Give a directive in the name of the chair."""

    def directed(entry: MeetingEntry) -> None:
        task = directives.give(wanted, given_by=meeting.chair_id, by=by)
        _tie(entry, "task_id", task.id, by=by)

    return _record(meeting, said, EntryKind.DIRECTIVE, directed, by=by)


def amend(entry: MeetingEntry, text: str, *, by: Act, seen: int | None = None) -> None:
    """Put a note otherwise. What a decision or a directive says is changed where it stands."""
    _check_open(entry.meeting)
    _check_note(entry)
    text = _text(text)
    history.change(entry, history.merged(entry, {"text": text}, seen=seen), by=by)


def strike(entry: MeetingEntry, *, by: Act) -> None:
    """Leave a note out of the minutes; it stays readable with who struck it."""
    _check_open(entry.meeting)
    _check_note(entry)
    if entry.struck_at is None:
        history.change(entry, {"struck_at": by.at}, by=by)


def _record(
    meeting: Meeting,
    said: Said,
    kind: EntryKind,
    follow: Callable[[MeetingEntry], None],
    *,
    by: Act,
) -> MeetingEntry:
    """The entry, and what it brings about; one that was sent before is only given back."""
    known = _sent_before(meeting, said)
    if known is not None:
        return known
    _check_open(meeting)
    if kind is not EntryKind.NOTE:
        _check_chair(meeting.chair_id)
    entry = MeetingEntry(
        uid=said.uid,
        meeting_id=meeting.id,
        kind=kind,
        item=said.item,
        group_id=said.group_id,
        workstream_id=said.workstream_id,
        text=_text(said.text),
        person_id=by.person_id,
        decided_by_id=None if kind is EntryKind.NOTE else meeting.chair_id,
        created_at=by.at,
    )
    entry.meeting = meeting
    try:
        with db.session.begin_nested():
            history.created(entry, by=by)
    except IntegrityError:
        # The same was sent twice in one moment, and the other has recorded it.
        if (known := _sent_before(meeting, said)) is None:
            raise RuleViolationError("entry_of_other_meeting") from None
        return known
    follow(entry)
    return entry


def _sent_before(meeting: Meeting, said: Said) -> MeetingEntry | None:
    return db.session.scalar(
        select(MeetingEntry)
        .options(joinedload(MeetingEntry.meeting))
        .where(MeetingEntry.uid == said.uid, MeetingEntry.meeting_id == meeting.id)
    )


def _tie(entry: MeetingEntry, field: str, id_: int, *, by: Act) -> None:
    history.change(entry, {field: id_}, by=by)


def _text(text: str) -> str:
    text = nfc(text).strip()
    if not text:
        raise RuleViolationError("entry_empty")
    return text


def _check_open(meeting: Meeting) -> None:
    _check_not_issued(meeting)
    if not meeting.is_open:
        raise RuleViolationError("meeting_not_started")


def _check_note(entry: MeetingEntry) -> None:
    if entry.kind is not EntryKind.NOTE:
        raise RuleViolationError("entry_in_force")
