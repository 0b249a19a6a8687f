"""Review meetings: which there are, who sits in them, what was recorded."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from sqlalchemy import Select, bindparam, exists, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from tracker.extensions import db
from tracker.lib.paging import SIZE, Page, within
from tracker.models import (
    Group,
    Meeting,
    MeetingGroup,
    MeetingMinutes,
    MeetingRecorder,
    MeetingState,
    Person,
)
from tracker.policies import groups as may_groups
from tracker.policies import meetings as may
from tracker.policies.actor import Actor

HELD = (MeetingState.RUNNING, MeetingState.ENDED, MeetingState.ISSUED)
AHEAD = (MeetingState.PLANNED, MeetingState.RUNNING)


@dataclass(frozen=True)
class Sitting:
    """A meeting with what the reader may know of it: `groups` are those they see of what it is
    about, `group_ids` all of them; none where it is about all.
    """

    meeting: Meeting
    groups: tuple[Group, ...]
    group_ids: frozenset[int]
    recorders: tuple[Person, ...]

    @property
    def is_about_all(self) -> bool:
        """Whether no groups were chosen."""
        return not self.group_ids

    @property
    def recorder_ids(self) -> frozenset[int]:
        """Who records, by number."""
        return frozenset(person.id for person in self.recorders)


@dataclass(frozen=True)
class Line:
    """A meeting in the list: the keys of what it is about (none for all), and its document."""

    meeting: Meeting
    keys: tuple[str, ...]
    is_about_all: bool
    number: str = ""
    revision: str = ""


def find(actor: Actor, meeting_id: int, *, to_change: bool = False) -> Sitting | None:
    """The meeting, if the actor may see it; `to_change` waits for who is faster, whatever of it
    they change: two may record at once.
    """
    if to_change:
        db.session.execute(select(Meeting.id).where(Meeting.id == meeting_id).with_for_update())
    meeting = db.session.scalar(
        select(Meeting)
        .join(Meeting.chair)
        .options(contains_eager(Meeting.chair).joinedload(Person.unit))
        .where(Meeting.id == meeting_id, may.visible_to(actor))
        .execution_options(populate_existing=True)
    )
    if meeting is None:
        return None
    about = frozenset(_group_ids(meeting))
    groups = select(Group).where(may_groups.visible_to(actor)).order_by(Group.position, Group.id)
    if about:
        groups = groups.where(Group.id.in_(about))
    return Sitting(meeting, tuple(db.session.scalars(groups)), about, _recorders(meeting))


def _group_ids(meeting: Meeting) -> Sequence[int]:
    query = select(MeetingGroup.group_id).where(MeetingGroup.meeting_id == meeting.id)
    return db.session.scalars(query).all()


def _recorders(meeting: Meeting) -> tuple[Person, ...]:
    query = (
        select(Person)
        .join(MeetingRecorder, MeetingRecorder.person_id == Person.id)
        .where(MeetingRecorder.meeting_id == meeting.id)
        .order_by(Person.sort_key)
    )
    return tuple(db.session.scalars(query))


def ahead(actor: Actor) -> Sequence[Line]:
    """Those running and those to come, the next one first."""
    query = _seen(actor).where(Meeting.state.in_(AHEAD)).order_by(Meeting.held_on, Meeting.id)
    return _lines(actor, db.session.scalars(query).all())


def past(actor: Actor, number: int = 1) -> Page[Line]:
    """Those that were held, the last one first; a screen of them."""
    held = Meeting.state.not_in(AHEAD)
    total = db.session.scalar(select(func.count(Meeting.id)).where(held, may.visible_to(actor)))
    number = within(number, total or 0)
    query = _seen(actor).where(held).order_by(Meeting.held_on.desc(), Meeting.id.desc())
    rows = db.session.scalars(query.limit(SIZE).offset((number - 1) * SIZE)).all()
    return Page(_lines(actor, rows), number, total or 0)


def last_held(actor: Actor, before: date, group_ids: Collection[int] = ()) -> Meeting | None:
    """The last meeting on all groups before that day, the board compares with it; for a meeting on
    some groups also one on any of these.
    """
    about = select(MeetingGroup.group_id).where(MeetingGroup.meeting_id == Meeting.id)
    covers = or_(~exists(about), exists(about.where(MeetingGroup.group_id.in_(group_ids))))
    return db.session.scalar(
        select(Meeting)
        .where(Meeting.state.in_(HELD), Meeting.held_on < before, covers, may.visible_to(actor))
        .order_by(Meeting.held_on.desc(), Meeting.id.desc())
        .limit(1)
    )


def last_on_all(before: date) -> date | None:
    """The day of the last meeting on all groups before that day; everybody may know of it."""
    return db.session.scalar(_last_on_all(), {"before": before})


@cache
def _last_on_all() -> Select[date]:
    about = exists().where(MeetingGroup.meeting_id == Meeting.id)
    held = (Meeting.state.in_(HELD), Meeting.held_on < bindparam("before"))
    return select(func.max(Meeting.held_on)).where(*held, ~about)


def _seen(actor: Actor) -> Select[Meeting]:
    return select(Meeting).options(joinedload(Meeting.chair)).where(may.visible_to(actor))


def _lines(actor: Actor, meetings: Sequence[Meeting]) -> list[Line]:
    ids = [meeting.id for meeting in meetings]
    keys, papers = _keys(actor, ids), _papers(ids)
    about_some = set(
        db.session.scalars(
            select(MeetingGroup.meeting_id).where(MeetingGroup.meeting_id.in_(ids)).distinct()
        )
    )
    return [
        Line(
            meeting,
            tuple(keys.get(meeting.id, ())),
            meeting.id not in about_some,
            *papers.get(meeting.id, ()),
        )
        for meeting in meetings
    ]


def _keys(actor: Actor, ids: Collection[int]) -> Mapping[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for row in db.session.execute(
        select(MeetingGroup.meeting_id, Group.key)
        .join(Group, Group.id == MeetingGroup.group_id)
        .where(MeetingGroup.meeting_id.in_(ids), may_groups.visible_to(actor))
        .order_by(Group.position, Group.id)
    ):
        found[row.meeting_id].append(row.key)
    return found


def _papers(ids: Collection[int]) -> Mapping[int, tuple[str, str]]:
    """The number and the revision of the last minutes issued of each."""
    rows = db.session.scalars(
        select(MeetingMinutes)
        .where(MeetingMinutes.meeting_id.in_(ids))
        .order_by(MeetingMinutes.revision)
    )
    return {row.meeting_id: (row.document_number, row.name) for row in rows}
