"""The check-in: what is one's own and open, and what of it was confirmed after the last cut-off.

Own are the tasks one has or shares, and for whoever keeps the plan of a group its milestones. What
was handed in waits for somebody else and is not asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any, Literal

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Date,
    Select,
    and_,
    bindparam,
    func,
    or_,
    select,
    union_all,
)

from tracker.extensions import db
from tracker.lib import freshness
from tracker.lib.dates import end_of_day_utc, local_day
from tracker.lib.freshness import Coverage
from tracker.lib.moves import usual_days
from tracker.models import (
    Account,
    ExtensionRequest,
    Group,
    Membership,
    Milestone,
    Participant,
    Person,
    Strand,
    Task,
    TaskStatus,
    Workstream,
)
from tracker.models.types import Moment
from tracker.policies import groups as may
from tracker.policies import milestones as may_milestones
from tracker.policies import task_rows as rights_of
from tracker.policies.actor import Actor
from tracker.policies.tasks import Desk, files
from tracker.queries import extension_requests, settings
from tracker.queries.my_work import IN_HAND
from tracker.queries.plan.asked import number
from tracker.queries.shapes import AnyRow, Query

MOST = 20  # of each kind: what is still to be confirmed, and what was
# Compared with the moment at which the last cut-off ended.
CUT_OFF = bindparam("cut_off", type_=Moment)
TASK_CONFIRMED = func.coalesce(Task.confirmed_at, Task.created_at)
MILESTONE_CONFIRMED = func.coalesce(Milestone.confirmed_at, Milestone.created_at)

Kind = Literal["task", "milestone"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A task or a milestone as a card that is answered in one tap."""

    kind: Kind
    code: str
    title: str
    strand: Strand
    group_key: str
    group_name: str
    group_name_en: str | None
    status: TaskStatus | None
    owner: str | None  # None for the reader, and for a milestone
    due: date | None
    forecast: date | None
    version: int
    confirmed_on: date
    stale_days: int
    is_open: bool
    is_confirmed: bool
    will_wait: bool  # ended by the reader, it waits for somebody's approval
    asked_until: date | None
    today: date

    @property
    def expected(self) -> date | None:
        """When it will be reached, as far as is known."""
        return self.forecast or self.due

    @property
    def days_late(self) -> int:
        """For how many days it is overdue; a milestone is so by its forecast."""
        until = self.due if self.kind == "task" else self.expected
        return max(0, (self.today - until).days) if until and self.is_open else 0

    @property
    def moves(self) -> Sequence[tuple[date, str]]:
        """The usual new dates, by name."""
        return usual_days(self.expected, self.today)


@dataclass(frozen=True)
class CheckIn:
    """What is asked of a person now: by the `deadline`, as of the `cut_off`."""

    today: date
    cut_off: date
    deadline: date
    coverage: Coverage
    asked: Sequence[Item] = ()
    confirmed: Sequence[Item] = ()

    @property
    def is_over(self) -> bool:
        """What is not confirmed yet is shown as stale by now."""
        return self.today > self.deadline

    @property
    def is_done(self) -> bool:
        """Everything was confirmed."""
        return not self.coverage.missing


def check_in(actor: Actor, today: date) -> CheckIn:
    """The whole page."""
    given = _given(actor, today)
    rows = {
        fresh: [
            *db.session.execute(_tasks(Desk.of(actor), fresh=fresh), given),
            *db.session.execute(_milestones(actor, fresh=fresh), given),
        ]
        for fresh in (False, True)
    }
    return replace(
        head(actor, today),
        asked=_items(rows[False], actor, today),
        confirmed=_items(rows[True], actor, today),
    )


def head(actor: Actor, today: date) -> CheckIn:
    """What stands above the items: how far it is, and until when."""
    cut_off = freshness.cut_off(today)
    deadline = freshness.deadline(cut_off, settings.calendar())
    return CheckIn(today, cut_off, deadline, coverage(actor, today))


def coverage(actor: Actor, today: date) -> Coverage:
    """How much of the person's was confirmed since the last cut-off; one statement."""
    rows = db.session.execute(_counts(actor), _given(actor, today))
    return sum((Coverage(confirmed, of) for confirmed, of in rows), Coverage())


def item(actor: Actor, code: str, today: date) -> Item | None:
    """One card, whosever it is, if the actor may see it; not from the trash."""
    asked = {**_given(actor, today), "code": code.upper()}
    found = db.session.execute(_one(), asked).first()
    found = found or db.session.execute(_one_milestone(), asked).first()
    return _items([found], actor, today)[0] if found else None


def waiting(today: date) -> Sequence[int]:
    """Who can be written to and has something to confirm."""
    asked = {"cut_off": end_of_day_utc(freshness.cut_off(today)), "today": today}
    return db.session.scalars(_waiting(), asked).all()


def _given(actor: Actor, today: date) -> dict[str, object]:
    cut_off = end_of_day_utc(freshness.cut_off(today))
    return {**may.sight(actor), **files(actor), "cut_off": cut_off}


# ---------------------------------------------------------------- which


def _own_tasks(desk: Desk) -> ColumnElement[bool]:
    return and_(desk.mine, Task.status.in_(IN_HAND), Task.deleted_at.is_(None), may.visible())


def _own_milestones(actor: Actor) -> ColumnElement[bool]:
    kept = may_milestones.kept_by_post(actor)
    return and_(
        Milestone.group_id.in_(kept), Milestone.closed_on.is_(None), Milestone.deleted_at.is_(None)
    )


def _counts(actor: Actor) -> CompoundSelect[int, int]:
    """Two rows, of tasks and of milestones: how many are confirmed, and how many there are."""
    tasks = (
        select(number(TASK_CONFIRMED > CUT_OFF), func.count())
        .select_from(Task)
        .join(Group, Task.group_id == Group.id)
        .where(_own_tasks(Desk.of(actor)))
    )
    milestones = (
        select(number(MILESTONE_CONFIRMED > CUT_OFF), func.count())
        .select_from(Milestone)
        .where(_own_milestones(actor))
    )
    return union_all(tasks, milestones)


# ---------------------------------------------------------------- how they look


@cache
def _task_columns() -> Query:
    return (
        select(
            Task.code,
            Task.title,
            Task.group_id,
            Task.id,
            Task.status,
            Task.owner_id,
            Person.full_name.label("owner"),
            Task.due,
            Task.forecast,
            Task.version,
            TASK_CONFIRMED.label("confirmed_at"),
            ExtensionRequest.new_day.label("asked_until"),
            Workstream.strand,
            Group.key,
            Group.name,
            Group.name_en,
            Group.needs_approval,
        )
        .select_from(Task)
        .join(Workstream, Task.workstream_id == Workstream.id)
        .join(Group, Task.group_id == Group.id)
        .outerjoin(Person, Task.owner_id == Person.id)
        .outerjoin(
            ExtensionRequest,
            and_(ExtensionRequest.task_id == Task.id, extension_requests.IS_OPEN),
        )
    )


@cache
def _milestone_columns() -> Query:
    return (
        select(
            Milestone.code,
            Milestone.title,
            Milestone.group_id,
            Milestone.closed_on,
            Milestone.baseline.label("due"),
            Milestone.forecast,
            Milestone.version,
            MILESTONE_CONFIRMED.label("confirmed_at"),
            ExtensionRequest.new_day.label("asked_until"),
            Workstream.strand,
            Group.key,
            Group.name,
            Group.name_en,
        )
        .select_from(Milestone)
        .join(Workstream, Milestone.workstream_id == Workstream.id)
        .join(Group, Milestone.group_id == Group.id)
        .outerjoin(
            ExtensionRequest,
            and_(ExtensionRequest.milestone_id == Milestone.id, extension_requests.IS_OPEN),
        )
    )


@cache
def _tasks(desk: Desk, *, fresh: bool) -> Query:
    confirmed = TASK_CONFIRMED > CUT_OFF
    query = _task_columns().where(_own_tasks(desk), confirmed if fresh else ~confirmed)
    last = TASK_CONFIRMED.desc()
    order = [last, Task.id] if fresh else [Task.due.is_(None), Task.due, Task.id]
    return query.order_by(*order).limit(MOST)


def _milestones(actor: Actor, *, fresh: bool) -> Query:
    confirmed = MILESTONE_CONFIRMED > CUT_OFF
    query = _milestone_columns().where(_own_milestones(actor), confirmed if fresh else ~confirmed)
    expected = func.coalesce(Milestone.forecast, Milestone.baseline)
    order = [MILESTONE_CONFIRMED.desc()] if fresh else [expected.is_(None), expected]
    return query.order_by(*order, Milestone.id).limit(MOST)


@cache
def _one() -> Query:
    by_code = Task.code == bindparam("code")
    return _task_columns().where(by_code, Task.deleted_at.is_(None), may.visible())


@cache
def _one_milestone() -> Query:
    by_code = Milestone.code == bindparam("code")
    return _milestone_columns().where(by_code, Milestone.deleted_at.is_(None), may.visible())


def _items(rows: Sequence[AnyRow], actor: Actor, today: date) -> list[Item]:
    calendar, cut_off = settings.calendar(), freshness.cut_off(today)
    since = freshness.reference(today, calendar)
    return [_item(row, actor, today, cut_off, since) for row in rows]


def _item(row: AnyRow, actor: Actor, today: date, cut_off: date, since: date) -> Item:
    confirmed_on = local_day(row.confirmed_at)
    of_kind = _of_task(row, actor) if "status" in row._fields else _of_milestone(row)
    return Item(
        code=row.code,
        title=row.title,
        strand=row.strand,
        group_key=row.key,
        group_name=row.name,
        group_name_en=row.name_en,
        due=row.due,
        forecast=row.forecast,
        version=row.version,
        confirmed_on=confirmed_on,
        stale_days=freshness.stale_days(confirmed_on, today, since) if of_kind["is_open"] else 0,
        is_confirmed=freshness.is_fresh(confirmed_on, cut_off),
        asked_until=row.asked_until,
        today=today,
        **of_kind,
    )


def _of_task(row: AnyRow, actor: Actor) -> dict[str, Any]:
    rights = rights_of.in_group(actor, row.group_id)
    return {
        "kind": "task",
        "status": row.status,
        "owner": None if row.owner_id == actor.person_id else row.owner,
        "is_open": row.status in IN_HAND,
        "will_wait": row.needs_approval and not rights.approve,
    }


def _of_milestone(row: AnyRow) -> dict[str, Any]:
    return {
        "kind": "milestone",
        "status": None,
        "owner": None,
        "is_open": row.closed_on is None,
        "will_wait": False,
    }


# ---------------------------------------------------------------- who is asked


@cache
def _waiting() -> Select[int]:
    tasks = and_(Task.status.in_(IN_HAND), Task.deleted_at.is_(None), ~(TASK_CONFIRMED > CUT_OFF))
    owners = select(Task.owner_id).where(tasks, Task.owner_id.is_not(None))
    sharing = select(Participant.person_id).join(Task, Participant.task_id == Task.id).where(tasks)
    today = bindparam("today", type_=Date)
    keeping = (
        select(Membership.person_id)
        .join(Milestone, Milestone.group_id == Membership.group_id)
        .where(
            Membership.role.in_(may_milestones.KEEPERS),
            Membership.starts_on <= today,
            or_(Membership.ends_on.is_(None), Membership.ends_on >= today),
            Milestone.closed_on.is_(None),
            Milestone.deleted_at.is_(None),
            ~(MILESTONE_CONFIRMED > CUT_OFF),
        )
    )
    return (
        select(Account.person_id)
        .where(
            Account.is_active,
            Account.is_demo.is_(False),
            or_(*(Account.person_id.in_(some) for some in (owners, sharing, keeping))),
        )
        .order_by(Account.person_id)
    )
