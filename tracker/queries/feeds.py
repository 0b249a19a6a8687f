"""Calendar feeds: an account's own, one by its secret, and what stands in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, String, and_, cast, func, or_, select, true, union
from sqlalchemy.orm import joinedload

from tracker.extensions import db
from tracker.lib.dates import start_of_day_utc
from tracker.lib.workdays import Calendar
from tracker.models import (
    Account,
    CalendarFeed,
    Change,
    FeedScope,
    Group,
    Milestone,
    Participant,
    Person,
    Strand,
    Task,
    TaskStatus,
    Workstream,
)
from tracker.policies import groups as may
from tracker.policies import milestones as may_milestones
from tracker.policies.actor import Actor
from tracker.queries import settings
from tracker.queries.shapes import AnyRow, Query

Dated: TypeAlias = "type[Milestone] | type[Task]"
# A calendar is about what comes and what has just been: more makes programs slow, and us too.
PAST, AHEAD = timedelta(days=90), timedelta(days=400)
MOST = 1000
# So long something that has gone is sent as cancelled, for programs that keep what they once read.
CANCELLED_FOR = timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A milestone or a task as an event of one day.

    `sequence` rises with each change of the thing, and `changed_at` is when the last one was.
    """

    kind: str
    code: str
    title: str
    day: date
    strand: Strand
    group: str
    group_en: str | None
    owner: str | None
    planned: date | None
    expected: date | None
    slip: int
    slip_working: int
    is_done: bool
    is_cancelled: bool
    sequence: int
    changed_at: datetime


@dataclass(frozen=True)
class Content:
    """What stands in a feed; `is_cut` where there was more than programs can take."""

    entries: Sequence[Entry]
    is_cut: bool


@dataclass(frozen=True)
class Version:
    """What a feed depends on: the last change of anything, and when that was."""

    change_id: int
    at: datetime | None


def listing(account: Account) -> Sequence[CalendarFeed]:
    """The account's feeds that still work, the oldest first."""
    return db.session.scalars(
        select(CalendarFeed)
        .options(joinedload(CalendarFeed.group))
        .where(CalendarFeed.account_id == account.id, CalendarFeed.revoked_at.is_(None))
        .order_by(CalendarFeed.id)
    ).all()


def find(account: Account, feed_id: int) -> CalendarFeed | None:
    """One of the account's feeds that still work."""
    return next((feed for feed in listing(account) if feed.id == feed_id), None)


def by_secret(token_hash: str) -> CalendarFeed | None:
    """The feed of a secret, revoked or not, with its account and group."""
    return db.session.scalar(
        select(CalendarFeed)
        .options(
            joinedload(CalendarFeed.account).joinedload(Account.person),
            joinedload(CalendarFeed.group),
        )
        .where(CalendarFeed.token_hash == token_hash)
    )


def version() -> Version:
    """The state of everything: the history has a row for each change."""
    row = db.session.execute(select(Change.id, Change.at).order_by(Change.id.desc()).limit(1))
    found = row.first()
    return Version(*found) if found else Version(0, None)


def content(feed: CalendarFeed, actor: Actor, today: date) -> Content:
    """What its owner may see of it today, milestones first where not all has room."""
    calendar = settings.calendar()
    rows = db.session.execute(_milestones(feed, actor, today)).all()
    entries = [_of_milestone(row, calendar) for row in rows]
    if feed.with_tasks:
        rows = db.session.execute(_tasks(feed, actor, today)).all()
        entries += [_of_task(row, actor, feed, calendar) for row in rows]
    return Content(entries[:MOST], len(entries) > MOST)


# ---------------------------------------------------------------- milestones


def _milestones(feed: CalendarFeed, actor: Actor, today: date) -> Query:
    day = func.coalesce(Milestone.closed_on, Milestone.forecast, Milestone.baseline)
    mine = may_milestones.mine(actor) if feed.scope is FeedScope.MINE else true()
    return (
        _columns(Milestone, day, "milestone")
        .add_columns(
            Milestone.baseline.label("planned"),
            func.coalesce(Milestone.closed_on, Milestone.forecast).label("expected"),
            Milestone.closed_on,
        )
        .where(_inside(feed, actor, Milestone), _shown(Milestone, day, today), mine)
        .order_by(day, Milestone.id)
        .limit(MOST + 1)
    )


def _of_milestone(row: AnyRow, calendar: Calendar) -> Entry:
    return _entry(
        "milestone",
        row,
        calendar,
        owner=None,
        is_done=row.closed_on is not None,
        is_cancelled=row.deleted_at is not None,
    )


# ---------------------------------------------------------------- tasks


def _tasks(feed: CalendarFeed, actor: Actor, today: date) -> Query:
    day = func.coalesce(Task.due, Task.forecast)
    dropped_lately = Task.status_since >= today - CANCELLED_FOR
    return (
        _columns(Task, day, "task")
        .outerjoin(Person, Task.owner_id == Person.id)
        .add_columns(
            Task.id,
            Task.due.label("planned"),
            func.coalesce(Task.finished_on, Task.forecast).label("expected"),
            Task.status,
            Task.owner_id,
            Person.full_name.label("owner"),
        )
        .where(
            _inside(feed, actor, Task),
            _shown(Task, day, today),
            or_(Task.status != TaskStatus.DROPPED, dropped_lately),
            _mine(actor, today) if feed.scope is FeedScope.MINE else true(),
        )
        .order_by(day, Task.id)
        .limit(MOST + 1)
    )


def _of_task(row: AnyRow, actor: Actor, feed: CalendarFeed, calendar: Calendar) -> Entry:
    is_mine = row.owner_id == actor.person_id or row.id in actor.shared_task_ids
    return _entry(
        "task",
        row,
        calendar,
        owner=row.owner,
        is_done=row.status is TaskStatus.DONE,
        is_cancelled=(
            row.deleted_at is not None
            or row.status is TaskStatus.DROPPED
            or (feed.scope is FeedScope.MINE and not is_mine)
        ),
    )


def _mine(actor: Actor, today: date) -> ColumnElement[bool]:
    """The person's own tasks, and what was theirs until lately: their program still shows it.

    Named by their ids, each kind by an index of its own.
    """
    since = start_of_day_utc(today - CANCELLED_FOR)
    owned = select(Task.id).where(Task.owner_id == actor.person_id)
    shared = select(Participant.task_id).where(Participant.person_id == actor.person_id)
    given_away = select(Change.subject_id).where(
        Change.at >= since,
        Change.kind == "task",
        Change.field == "owner_id",
        cast(Change.old, String) == str(actor.person_id),  # JSON of a number is its digits
    )
    return Task.id.in_(union(owned, shared, given_away))


# ---------------------------------------------------------------- both


def _columns(thing: Dated, day: ColumnElement[Any], kind: str) -> Query:
    changed = (
        select(func.max(Change.at))
        .where(Change.kind == kind, Change.subject_id == thing.id)
        .correlate(thing)
        .scalar_subquery()
    )
    return (
        select(
            thing.code,
            thing.title,
            thing.version,
            thing.created_at,
            thing.deleted_at,
            day.label("day"),
            changed.label("changed_at"),
            Workstream.strand,
            Group.name,
            Group.name_en,
        )
        .join(Workstream, thing.workstream_id == Workstream.id)
        .join(Group, thing.group_id == Group.id)
    )


def _inside(feed: CalendarFeed, actor: Actor, thing: Dated) -> ColumnElement[bool]:
    seen = may.visible_to(actor)
    return seen if feed.group_id is None else and_(seen, thing.group_id == feed.group_id)


def _shown(thing: Dated, day: ColumnElement[Any], today: date) -> ColumnElement[bool]:
    """Neither too far away nor gone for too long."""
    gone_lately = thing.deleted_at >= start_of_day_utc(today - CANCELLED_FOR)
    return and_(
        day.between(today - PAST, today + AHEAD), or_(thing.deleted_at.is_(None), gone_lately)
    )


def _entry(
    kind: str,
    row: AnyRow,
    calendar: Calendar,
    *,
    owner: str | None,
    is_done: bool,
    is_cancelled: bool,
) -> Entry:
    planned, expected = row.planned, row.expected
    has_slip = planned is not None and expected is not None
    return Entry(
        kind=kind,
        code=row.code,
        title=row.title,
        day=row.day,
        strand=row.strand,
        group=row.name,
        group_en=row.name_en,
        owner=owner,
        planned=planned,
        expected=expected,
        slip=(expected - planned).days if has_slip else 0,
        slip_working=calendar.between(planned, expected) if has_slip else 0,
        is_done=is_done,
        is_cancelled=is_cancelled,
        sequence=row.version,
        changed_at=row.changed_at or row.created_at,
    )
