"""What may be done with a review meeting."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, and_, exists, or_, select

from tracker.models import Group, Meeting, MeetingEntry, MeetingGroup, Task
from tracker.policies import groups
from tracker.policies.actor import Actor
from tracker.policies.table import Permission, allows, may_anywhere


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """As a condition on `Meeting`: one on some groups is for those who see one of them.

    What is about the others is left out of what they read.
    """
    about = select(MeetingGroup.group_id).where(MeetingGroup.meeting_id == Meeting.id)
    seen = about.join(Group, Group.id == MeetingGroup.group_id).where(groups.visible_to(actor))
    return or_(~exists(about), exists(seen))


def entries_visible_to(actor: Actor) -> ColumnElement[bool]:
    """The same on `MeetingEntry`: one on a group is for those who see the group."""
    seen = select(Group.id).where(groups.visible_to(actor)).scalar_subquery()
    return or_(MeetingEntry.group_id.is_(None), MeetingEntry.group_id.in_(seen))


def tasks_visible_to(actor: Actor) -> ColumnElement[bool]:
    """The same on `Task`: one that moved on is for those who see where it is now."""
    seen = select(Group.id).where(groups.visible_to(actor)).scalar_subquery()
    return Task.group_id.in_(seen)


def minutes_visible_to(actor: Actor, group_ids: Collection[int]) -> ColumnElement[bool]:
    """Whether no group the minutes speak of is hidden from the actor, as a condition."""
    hidden = and_(Group.id.in_(group_ids), ~groups.visible_to(actor))
    return ~exists(select(Group.id).where(hidden))


def hold(actor: Actor, group_ids: Collection[int]) -> bool:
    """Prepare a meeting on those groups, or on all where there is none; close it."""
    if not group_ids:
        return allows(actor, Permission.HOLD_MEETING)
    return all(allows(actor, Permission.HOLD_MEETING, group_id=id_) for id_ in group_ids)


def hold_somewhere(actor: Actor) -> bool:
    """Whether there is a group about which the actor may hold a meeting."""
    return may_anywhere(actor, Permission.HOLD_MEETING)


def start(actor: Actor) -> bool:
    """Open it, so that what is recorded is decided in the name of its chair: any director.

    Who prepares a meeting chooses its chair and its recorders; to open it is to agree to them.
    """
    return allows(actor, Permission.DECIDE)


def appoint(actor: Actor, meeting: Meeting) -> bool:
    """Choose the chair and the recorders, of those who may change the meeting: directors alone
    once it is open.
    """
    return not meeting.is_open or allows(actor, Permission.DECIDE)


def record(actor: Actor, meeting: Meeting, recorder_ids: Collection[int]) -> bool:
    """Record in the name of the chair: the chair, and those named for it."""
    return allows(actor, Permission.RECORD_MEETING, is_own=_sits(actor, meeting, recorder_ids))


def issue(actor: Actor, meeting: Meeting, recorder_ids: Collection[int]) -> bool:
    """Issue the minutes under a number, and open them again."""
    return allows(actor, Permission.ISSUE_MINUTES, is_own=_sits(actor, meeting, recorder_ids))


def _sits(actor: Actor, meeting: Meeting, recorder_ids: Collection[int]) -> bool:
    return actor.person_id == meeting.chair_id or actor.person_id in recorder_ids
