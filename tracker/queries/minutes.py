"""The minutes of a meeting: gathered from what was recorded, and those that were issued."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload, undefer

from tracker.extensions import db
from tracker.lib.dates import ZONE
from tracker.models import EntryKind, Group, Meeting, MeetingEntry, MeetingMinutes, Presence, Task
from tracker.policies import meetings as may
from tracker.policies.actor import Actor
from tracker.queries import attendance, meeting_entries, outbox
from tracker.queries.meeting_entries import Decided, Recorded
from tracker.queries.meetings import Sitting
from tracker.queries.minutes_facts import (
    Assignment,
    Attendee,
    Chapter,
    Conclusion,
    MinutesFacts,
    Replaced,
)
from tracker.queries.report_facts import Name
from tracker.queries.reports import heads


def issued(meeting: Meeting) -> Sequence[MeetingMinutes]:
    """All that were issued, the last one first."""
    query = (
        select(MeetingMinutes)
        .options(joinedload(MeetingMinutes.issued_by))
        .where(MeetingMinutes.meeting_id == meeting.id)
        .order_by(MeetingMinutes.revision.desc())
    )
    return db.session.scalars(query).all()


def revision(meeting: Meeting, number: int) -> MeetingMinutes | None:
    """The minutes of that revision with their facts."""
    return db.session.scalar(
        select(MeetingMinutes)
        .options(undefer(MeetingMinutes.facts))
        .where(MeetingMinutes.meeting_id == meeting.id, MeetingMinutes.revision == number)
    )


def spoken_of(sitting: Sitting) -> Collection[int]:
    """The groups the minutes are about; of a meeting on all, those something was recorded on."""
    query = select(MeetingEntry.group_id).where(MeetingEntry.meeting_id == sitting.meeting.id)
    return sitting.group_ids or {id_ for id_ in db.session.scalars(query) if id_}


def may_be_read(actor: Actor, group_ids: Collection[int]) -> bool:
    """Whether none of the groups is hidden from the actor."""
    if not group_ids:
        return True
    return bool(db.session.scalar(select(may.minutes_visible_to(actor, group_ids))))


@dataclass(frozen=True)
class News:
    """What minutes mean for one person: what they were given, and the answers they asked for."""

    minutes: MeetingMinutes
    tasks: Sequence[Task]
    answers: Sequence[Decided]


def news(actor: Actor, minutes_id: int) -> News | None:
    """What to tell the actor; nothing where they may not see the meeting, or other minutes have
    taken the place of these.
    """
    minutes = db.session.scalar(
        select(MeetingMinutes)
        .join(MeetingMinutes.meeting)
        .options(contains_eager(MeetingMinutes.meeting))
        .where(MeetingMinutes.id == minutes_id, may.visible_to(actor))
    )
    if minutes is None or minutes.revision != minutes.meeting.revision:
        return None
    entries = [one for one in meeting_entries.recorded(actor, minutes.meeting) if one.counts]
    own = {one.given.id for one in entries if one.given and one.given.owner_id == actor.person_id}
    asked = [one.decided for one in entries if one.decided]
    return News(
        minutes,
        [task for task in outbox.tasks(own) if task.status.is_open],
        [one for one in asked if one.asked_by_id == actor.person_id],
    )


def gather(sitting: Sitting, today: date, organisation: str) -> MinutesFacts:
    """What the minutes would say now, whoever asks."""
    meeting = sitting.meeting
    header = heads.header(organisation)
    entries = [one for one in meeting_entries.everything(meeting) if one.counts]
    groups = _groups(spoken_of(sitting))
    # What a directive says by now is told, also where its task has moved on.
    moved = (one.given.group_id for one in entries if one.given)
    before = next(iter(issued(meeting)), None)
    return MinutesFacts(
        organisation=heads.organisation(header, (), today, covers_all=True),
        title=meeting.title,
        held_on=meeting.held_on,
        place=meeting.place,
        chair=meeting.chair.full_name,
        chair_post=meeting.chair.position or "",
        made_on=today,
        groups=tuple(heads.group_name(group) for group in groups.values()),
        covers_all=sitting.is_about_all,
        began=_clock(meeting.started_at) or (f"{meeting.begins:%H:%M}" if meeting.begins else ""),
        ended=_clock(meeting.ended_at),
        recorders=tuple(person.full_name for person in sitting.recorders),
        attendees=tuple(_attendees(sitting)),
        chapters=tuple(_chapters(entries, groups)),
        assignments=tuple(_assignments(entries)),
        recipients=heads.lines(header.recipients),
        recipients_en=heads.lines(header.recipients_en),
        group_ids=tuple(dict.fromkeys((*groups, *moved))),
        revision=f"1.{meeting.revision}",
        replaced=_replaced(meeting, before) if before else None,
        identifier=f"NQI-M{meeting.id}-1.{meeting.revision}",
    )


def _groups(ids: Collection[int]) -> Mapping[int, Group]:
    query = select(Group).where(Group.id.in_(ids)).order_by(Group.position, Group.id)
    return {group.id: group for group in db.session.scalars(query)}


def _clock(moment: datetime | None) -> str:
    return f"{moment.astimezone(ZONE):%H:%M}" if moment else ""


def _attendees(sitting: Sitting) -> Sequence[Attendee]:
    seats = attendance.seats(sitting)
    return [
        Attendee(seat.name, seat.post, presence.value)
        for presence in Presence
        for seat in seats
        if seat.presence is presence
    ]


def _chapters(entries: Sequence[Recorded], groups: Mapping[int, Group]) -> Sequence[Chapter]:
    """On all groups first, then group by group; directives stand in the table instead."""
    said = [one for one in entries if one.kind is not EntryKind.DIRECTIVE]
    places = [None, *groups, *({one.group_id for one in said} - {None, *groups})]
    found = []
    for place in places:
        conclusions = tuple(_conclusion(one) for one in said if one.group_id == place)
        if conclusions:
            group = groups.get(place) if place else None
            name = heads.group_name(group) if group else Name("")
            found.append(Chapter(group.key if group else "", name, conclusions))
    return found


def _conclusion(entry: Recorded) -> Conclusion:
    return Conclusion(
        kind=entry.kind.value,
        text=entry.words,
        strand=entry.strand.value if entry.strand else "",
        code=entry.decided.code if entry.decided else "",
        question=entry.decided.question if entry.decided else "",
    )


def _assignments(entries: Sequence[Recorded]) -> Sequence[Assignment]:
    given = [(entry, entry.given) for entry in entries if entry.given]
    units = meeting_entries.cooperating([task.id for _entry, task in given])
    return [
        Assignment(
            code=task.code,
            title=task.title,
            group=entry.group_key,
            strand=entry.strand.value if entry.strand else "",
            unit=Name(task.unit, task.unit_en),
            person=task.owner,
            cooperating=tuple(Name(*names) for names in units.get(task.id, ())),
            due=task.due,
            result=task.result,
        )
        for entry, task in given
    ]


def _replaced(meeting: Meeting, before: MeetingMinutes) -> Replaced:
    return Replaced(before.name, before.document_number, before.document_date, meeting.reopened_for)
