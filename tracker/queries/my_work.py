"""What a person has to do: tasks of their own, and what waits for their approval."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cache

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    and_,
    bindparam,
    case,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from tracker.extensions import db
from tracker.lib.dates import local_day, week_end
from tracker.lib.moves import usual_days
from tracker.lib.paging import Page, within
from tracker.lib.workdays import Calendar
from tracker.models import (
    Change,
    Confirmation,
    Directive,
    ExtensionRequest,
    Group,
    Person,
    Priority,
    Strand,
    Task,
    TaskStatus,
    Workstream,
)
from tracker.policies import extension_requests as may_extensions
from tracker.policies import groups as may
from tracker.policies import task_rows as rights_of
from tracker.policies import tasks as may_tasks
from tracker.policies.actor import Actor
from tracker.policies.task_rows import Rights
from tracker.policies.tasks import Desk
from tracker.queries import extension_requests, settings
from tracker.queries.extension_requests import Line
from tracker.queries.plan.asked import Days, days, stale_for
from tracker.queries.shapes import AnyRow, Order, Query

PAGE = 20
MANY = 100
MOST_FINISHED = 20
OPEN = [status for status in TaskStatus if status.is_open]
IN_HAND = [status for status in OPEN if status is not TaskStatus.REVIEW]
SUBMITTED = (TaskStatus.DONE, TaskStatus.REVIEW)
# Written out, so that both databases see that the index of such tasks will do.
IN_REVIEW = Task.status == literal_column("'review'")

# The days that a statement is asked with.
TODAY, WEEK_END = bindparam("today", type_=Date), bindparam("week_end", type_=Date)
NOTHING: Mapping[str, object] = {}


class Show(StrEnum):
    """One heap of the work, in the order in which it is offered."""

    OVERDUE = "overdue"
    WEEK = "week"
    BLOCKED = "blocked"
    WAITING = "waiting"
    EXTENSIONS = "extensions"
    UNDATED = "undated"
    ALL = "all"


FOR_OTHERS = (Show.WAITING, Show.EXTENSIONS)
HEAPS = [show for show in Show if show not in FOR_OTHERS]


@dataclass(frozen=True)
class Counts:
    """How much lies on each heap."""

    overdue: int = 0
    week: int = 0
    blocked: int = 0
    waiting: int = 0
    extensions: int = 0
    undated: int = 0
    all: int = 0

    def of(self, show: Show) -> int:
        """How much lies on that one."""
        return int(getattr(self, show.value))

    @property
    def urgent(self) -> int:
        """What should not wait: overdue, due this week, waiting for the person."""
        return self.overdue + self.week + self.waiting + self.extensions

    @property
    def first(self) -> Show:
        """The first heap on which something lies; all of the work when there is nothing."""
        return next((show for show in Show if self.of(show)), Show.ALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Todo:
    """A task as a card that is answered in a few taps."""

    id: int
    code: str
    title: str
    strand: Strand
    group_key: str
    group_name: str
    group_name_en: str | None
    status: TaskStatus
    status_since: date
    priority: Priority
    owner: str | None
    is_mine: bool
    is_own: bool
    due: date | None
    forecast: date | None
    finished_on: date | None
    submitted_on: date | None
    progress: int
    version: int
    days_late: int
    stale_days: int
    is_due_soon: bool
    confirmed_at: datetime | None
    confirmed_by: str | None  # None for the reader
    is_confirmed_today: bool
    is_own_word: bool
    needs_approval: bool
    asked_until: date | None  # by a request that waits for an answer
    may_ask: bool
    may_update: bool
    may_approve: bool
    today: date
    given_by: str | None = None  # the director, where one gave it

    @property
    def is_finished(self) -> bool:
        """Done, or handed in and waiting for approval."""
        return self.status in SUBMITTED

    @property
    def is_in_hand(self) -> bool:
        """Somebody works on it, or should."""
        return self.status in IN_HAND

    @property
    def is_fresh(self) -> bool:
        """Its status is of today."""
        return self.status_since == self.today

    @property
    def may_take_back(self) -> bool:
        """The reader ended it today and may think again."""
        may = self.may_update or self.may_approve
        return may and self.is_own_word and self.is_fresh and not self.is_in_hand

    @property
    def waits_for_reader(self) -> bool:
        """Handed in, and the reader may approve it."""
        return self.status is TaskStatus.REVIEW and self.may_approve

    @property
    def days_so(self) -> int:
        """For how many days it has had its status."""
        return max(0, (self.today - self.status_since).days)

    @property
    def moves(self) -> Sequence[tuple[date, str]]:
        """The usual new dates, by name."""
        return usual_days(self.forecast or self.due, self.today)

    @property
    def tone(self) -> str:
        """The colour of the card."""
        if self.is_finished:
            return "done"
        return "late" if self.days_late else ""


@dataclass(frozen=True)
class MyWork:
    """One screen of one heap, and what was finished today."""

    show: Show
    counts: Counts
    page: Page[Todo]
    finished: Sequence[Todo]
    next: Todo | None = None
    asked: Page[Line] = field(default_factory=lambda: Page([]))


def urgent(actor: Actor, today: date) -> int:
    """`Counts.urgent` alone, up to MANY, in one statement that indexes answer.

    It stands on every page: nobody needs to know how many thousands wait, and counting them
    would make every page dearer as the plan grows.
    """
    counted = db.session.scalar(_urgent(Desk.of(actor)), _given(actor, today))
    return min(MANY, counted or 0)


@cache
def _urgent(desk: Desk) -> Query:
    mine = (
        select(Task.id)
        .join(Group, Task.group_id == Group.id)
        .where(_of(desk, IN_HAND), Task.due <= WEEK_END)
        .limit(MANY)
    )
    waiting = select(Task.id).where(_to_approve(desk)).limit(MANY)
    counted = [
        select(func.count()).select_from(each.subquery()).scalar_subquery()
        for each in (mine, waiting, extension_requests.ids_waiting().limit(MANY))
    ]
    return select(counted[0] + counted[1] + counted[2])


def counts(actor: Actor, today: date) -> Counts:
    """How much lies on each heap of the person."""
    row = db.session.execute(_counts(Desk.of(actor)), _given(actor, today)).one()
    *many, waiting, asked = row
    return Counts(waiting=waiting, extensions=asked, **dict(zip(HEAPS, many, strict=True)))


@cache
def _counts(desk: Desk) -> Query:
    sums = [func.coalesce(func.sum(case((_on(show), 1), else_=0)), 0) for show in HEAPS]
    waiting = select(func.count(Task.id)).where(_to_approve(desk)).scalar_subquery()
    ids = extension_requests.ids_waiting().subquery()
    asked = select(func.count()).select_from(ids).scalar_subquery()
    return (
        select(*sums, waiting, asked)
        .select_from(Task)
        .join(Group, Task.group_id == Group.id)
        .where(_of(desk))
    )


def my_work(actor: Actor, show: Show | None, number: int, today: date) -> MyWork:
    """A screen of a heap, the soonest due first; without `show` the first that is not empty."""
    counted = counts(actor, today)
    shown = show or counted.first
    if shown is Show.EXTENSIONS:
        asked = extension_requests.queue(actor, number, today)
        return MyWork(show=shown, counts=counted, page=Page([]), finished=[], asked=asked)
    total = counted.of(shown)
    number = within(number, total, PAGE)
    start = {"start": (number - 1) * PAGE}
    todos = _todos(actor, _listed(Desk.of(actor), shown), today, start)
    return MyWork(
        show=shown,
        counts=counted,
        page=Page(todos, number, total, PAGE),
        finished=_finished(actor, today),
        next=None if todos else _next(actor, today),
    )


def todo(actor: Actor, code: str, today: date) -> Todo | None:
    """The card of one task, whosever it is, if the actor may see it; not from the trash."""
    return next(iter(_todos(actor, _by_code(), today, {"code": code.upper()})), None)


@cache
def _by_code() -> Query:
    by_code = Task.code == bindparam("code")
    return _columns().where(by_code, Task.deleted_at.is_(None), may.visible())


def _given(actor: Actor, today: date) -> dict[str, object]:
    """What every statement here has to know."""
    return {
        **may.sight(actor),
        **may_tasks.files(actor),
        **may_extensions.files(actor),
        "today": today,
        "week_end": week_end(today),
    }


def _of(desk: Desk, statuses: Sequence[TaskStatus] = OPEN) -> ColumnElement[bool]:
    """The open tasks that are the person's to do."""
    return and_(
        desk.mine,
        Task.status.in_(statuses),
        Task.deleted_at.is_(None),
        may.visible(),
    )


def _on(show: Show) -> ColumnElement[bool]:
    """Which of them lie on a heap. What was handed in waits for somebody else."""
    in_hand = Task.status != TaskStatus.REVIEW
    match show:
        case Show.OVERDUE:
            return and_(in_hand, Task.due < TODAY)
        case Show.WEEK:
            return and_(in_hand, Task.due.between(TODAY, WEEK_END))
        case Show.BLOCKED:
            return Task.status == TaskStatus.BLOCKED
        case Show.UNDATED:
            return and_(in_hand, Task.due.is_(None))
    return or_(in_hand, Task.status_since < TODAY)


def _to_approve(desk: Desk) -> ColumnElement[bool]:
    return and_(IN_REVIEW, Task.deleted_at.is_(None), desk.approvable)


@cache
def _listed(desk: Desk, show: Show) -> Query:
    """A screen of a heap, from `start` on."""
    waits = show is Show.WAITING
    query = _columns().where(_to_approve(desk) if waits else and_(_of(desk), _on(show)))
    start = bindparam("start", type_=Integer)
    return query.order_by(*_order(show)).limit(PAGE).offset(start)


def _order(show: Show) -> Order:
    if show is Show.WAITING:
        return [Task.submitted_on, Task.id]
    return [Task.due.is_(None), Task.due, Task.id]


def _finished(actor: Actor, today: date) -> Sequence[Todo]:
    """What the person brought to an end today, the last first."""
    return _todos(actor, _ended_today(Desk.of(actor)), today)


@cache
def _ended_today(desk: Desk) -> Query:
    query = _columns().where(_of(desk, SUBMITTED), Task.status_since == TODAY)
    return query.order_by(Task.id.desc()).limit(MOST_FINISHED)


def _next(actor: Actor, today: date) -> Todo | None:
    """What comes due after this week, for whoever has nothing to do now."""
    return next(iter(_todos(actor, _after_this_week(Desk.of(actor)), today)), None)


@cache
def _after_this_week(desk: Desk) -> Query:
    query = _columns().where(_of(desk, IN_HAND), Task.due > WEEK_END)
    return query.order_by(Task.due, Task.id).limit(1)


def _columns() -> Query:
    """What a card is made of, in one statement."""
    confirmer, director = aliased(Person), aliased(Person)
    last = (
        select(Confirmation.id)
        .where(Confirmation.task_id == Task.id)
        .order_by(Confirmation.at.desc(), Confirmation.id.desc())
        .limit(1)
        .correlate(Task)
        .scalar_subquery()
    )
    ended_by = (
        select(Change.person_id)
        .where(Change.kind == "task", Change.subject_id == Task.id, Change.field == "status")
        .order_by(Change.id.desc())
        .limit(1)
        .correlate(Task)
        .scalar_subquery()
    )
    return (
        select(
            Task.id,
            Task.group_id,
            Task.code,
            Task.title,
            Task.status,
            Task.status_since,
            Task.priority,
            Task.owner_id,
            Task.due,
            Task.forecast,
            Task.finished_on,
            Task.submitted_on,
            Task.progress,
            Task.version,
            Workstream.strand,
            Group.key,
            Group.name,
            Group.name_en,
            Group.needs_approval,
            Person.full_name.label("owner"),
            ExtensionRequest.new_day.label("asked_until"),
            func.coalesce(Task.confirmed_at, Task.created_at).label("last_confirmed_at"),
            Confirmation.at.label("confirmed_at"),
            Confirmation.person_id.label("confirmed_by_id"),
            confirmer.full_name.label("confirmed_by"),
            director.full_name.label("given_by"),
            case((Task.status.not_in(IN_HAND), ended_by)).label("ended_by_id"),
        )
        .select_from(Task)
        .join(Workstream, Task.workstream_id == Workstream.id)
        .join(Group, Task.group_id == Group.id)
        .outerjoin(Person, Task.owner_id == Person.id)
        .outerjoin(
            ExtensionRequest,
            and_(ExtensionRequest.task_id == Task.id, extension_requests.IS_OPEN),
        )
        .outerjoin(Confirmation, Confirmation.id == last)
        .outerjoin(confirmer, Confirmation.person_id == confirmer.id)
        .outerjoin(Directive, Directive.task_id == Task.id)
        .outerjoin(director, director.id == Directive.given_by_id)
    )


def _todos(
    actor: Actor, query: Query, today: date, asked: Mapping[str, object] = NOTHING
) -> Sequence[Todo]:
    rows = db.session.execute(query, {**_given(actor, today), **asked}).all()
    calendar = settings.calendar() if rows else Calendar()
    on = days(today, calendar)
    rights = {row.group_id: rights_of.in_group(actor, row.group_id) for row in rows}
    return [_todo(row, actor, rights[row.group_id], on) for row in rows]


def _todo(row: AnyRow, actor: Actor, rights: Rights, on: Days) -> Todo:
    is_open, today = row.status.is_open, on.today
    is_mine = row.owner_id == actor.person_id or row.id in actor.shared_task_ids
    confirmed_at = row.confirmed_at
    return Todo(
        id=row.id,
        code=row.code,
        title=row.title,
        strand=row.strand,
        group_key=row.key,
        group_name=row.name,
        group_name_en=row.name_en,
        status=row.status,
        status_since=row.status_since,
        priority=row.priority,
        owner=row.owner,
        is_mine=is_mine,
        is_own=row.owner_id == actor.person_id,
        due=row.due,
        forecast=row.forecast,
        finished_on=row.finished_on,
        submitted_on=row.submitted_on,
        progress=row.progress,
        version=row.version,
        days_late=max(0, (today - row.due).days) if row.due and is_open else 0,
        stale_days=stale_for(row.last_confirmed_at, on) if is_open else 0,
        is_due_soon=bool(is_open and row.due and today <= row.due <= on.soon),
        confirmed_at=confirmed_at,
        confirmed_by=None if row.confirmed_by_id == actor.person_id else row.confirmed_by,
        is_confirmed_today=bool(confirmed_at and local_day(confirmed_at) == today),
        is_own_word=row.ended_by_id == actor.person_id,
        needs_approval=row.needs_approval,
        asked_until=row.asked_until,
        may_ask=bool(is_mine and is_open and row.due) and not rights.move_due,
        may_update=rights.may_update(row.id, row.owner_id),
        may_approve=rights.approve,
        today=today,
        given_by=row.given_by,
    )
