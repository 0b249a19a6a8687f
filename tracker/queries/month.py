"""A month as people plan it: days off, milestones, and the tasks that are due."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Subquery,
    and_,
    case,
    exists,
    func,
    literal,
    not_,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import aliased

from tracker.extensions import db
from tracker.lib.dates import month_end, week_end, week_start
from tracker.lib.workdays import Calendar
from tracker.models import (
    CalendarDay,
    Group,
    Milestone,
    Person,
    Strand,
    Task,
    TaskStatus,
    Workstream,
)
from tracker.policies import groups as may
from tracker.policies import milestones as may_milestones
from tracker.policies import tasks as may_tasks
from tracker.policies.actor import Actor
from tracker.queries import settings
from tracker.queries.plan.asked import Days, days, stale_for
from tracker.queries.shapes import AnyRow, Query

FEW = 4  # what a square has room for
MANY = 500  # what the list of one day shows at most
DAY = timedelta(days=1)
ENDED = (TaskStatus.DONE, TaskStatus.DROPPED)


class Kind(StrEnum):
    """What is shown."""

    MILESTONE = "milestone"
    TASK = "task"


class Sign(StrEnum):
    """Why something stands on a day."""

    FORECAST = "forecast"  # a milestone is, or was, reached
    BASELINE = "baseline"  # it was to be reached
    DUE = "due"  # a task is to be finished
    EXPECTED = "expected"  # it will probably be, and that is another day


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which month and what of it; `owner` 0 means nobody's."""

    month: date  # its first day
    strand: Strand | None = None
    owner: int | None = None
    kind: Kind | None = None

    @property
    def previous(self) -> date:
        """The first day of the month before."""
        return (self.month - DAY).replace(day=1)

    @property
    def next(self) -> date:
        """The first day of the month after."""
        return month_end(self.month) + DAY


@dataclass(frozen=True)
class Place:
    """A workstream, a group or, with neither, all groups, as somebody sees them on a day."""

    actor: Actor
    group: Group | None
    workstream: Workstream | None
    today: date


@dataclass(frozen=True, slots=True)
class Mark:
    """A milestone or a task on a day. `place` is the group's key where there are several."""

    sign: Sign
    code: str
    title: str
    place: str
    strand: Strand
    owner: str
    status: TaskStatus | None
    is_done: bool
    is_late: bool
    slip: int
    stale_days: int = 0

    @property
    def is_milestone(self) -> bool:
        """Whether it is one, whichever of its dates this is."""
        return self.sign in {Sign.FORECAST, Sign.BASELINE}

    @property
    def tone(self) -> str:
        """The colour it calls for; empty where nothing presses."""
        return "done" if self.is_done else "late" if self.is_late else ""


@dataclass(frozen=True)
class Day:
    """A square. `row` says why it differs from its weekday; `marks` are the first of `total`."""

    day: date
    is_inside: bool
    is_working: bool
    row: CalendarDay | None
    marks: Sequence[Mark] = ()
    total: int = 0

    @property
    def more(self) -> int:
        """How many there is no room for."""
        return self.total - len(self.marks)


@dataclass(frozen=True)
class Month:
    """The weeks from Monday that touch a month."""

    weeks: Sequence[Sequence[Day]]

    @property
    def inside(self) -> Sequence[Day]:
        """The days of the month itself."""
        return [day for week in self.weeks for day in week if day.is_inside]

    @property
    def working_days(self) -> int:
        """How many of them are worked."""
        return sum(day.is_working for day in self.inside)

    @property
    def total(self) -> int:
        """How much stands on them."""
        return sum(day.total for day in self.inside)


def month(place: Place, asked: Asked) -> Month:
    """That month with the neighbours' days that fill its weeks; statements do not grow with it."""
    first, last = week_start(asked.month), week_end(month_end(asked.month))
    marks, totals = _marks(place, asked, first, last, FEW)
    known = _special(first, last)
    calendar = _calendar(known)
    days = [
        _day(first + DAY * n, asked.month, calendar, known, marks, totals)
        for n in range((last - first).days + 1)
    ]
    return Month([days[n : n + 7] for n in range(0, len(days), 7)])


def day(place: Place, asked: Asked, on: date) -> Day:
    """All that stands on one day."""
    marks, totals = _marks(place, asked, on, on, MANY)
    known = _special(on, on)
    return _day(on, on.replace(day=1), _calendar(known), known, marks, totals, MANY)


def _day(
    on: date,
    first: date,
    calendar: Calendar,
    known: Mapping[date, CalendarDay],
    marks: Mapping[date, Sequence[Mark]],
    totals: Mapping[date, int],
    most: int = FEW,
) -> Day:
    is_inside = on.replace(day=1) == first
    here = tuple(marks.get(on, ())[:most])
    return Day(on, is_inside, calendar.is_working(on), known.get(on), here, totals.get(on, 0))


def _special(first: date, last: date) -> Mapping[date, CalendarDay]:
    rows = db.session.scalars(select(CalendarDay).where(CalendarDay.day.between(first, last)))
    return {row.day: row for row in rows}


def _calendar(known: Mapping[date, CalendarDay]) -> Calendar:
    """Right for those days alone, which is all that is asked of it."""
    return Calendar(
        holidays=frozenset(on for on, row in known.items() if not row.is_working),
        working=frozenset(on for on, row in known.items() if row.is_working),
    )


def _marks(
    place: Place, asked: Asked, first: date, last: date, most: int
) -> tuple[Mapping[date, list[Mark]], Mapping[date, int]]:
    """What stands on each day, milestones first, with how much there is altogether."""
    marks: dict[date, list[Mark]] = defaultdict(list)
    totals: dict[date, int] = defaultdict(int)
    judged = days(place.today, settings.calendar())
    if asked.kind is not Kind.TASK:
        for on, sign, row in _milestones(place, asked, first, last):
            totals[on] += 1
            if totals[on] <= most:
                marks[on].append(_of_milestone(row, sign, place, judged))
    if asked.kind is not Kind.MILESTONE:
        dated = _dated(place, asked, first, last)
        for row in db.session.execute(_counted(dated)):
            totals[row.day] += row.total
        for row in db.session.execute(_first(dated, most)):
            marks[row.day].append(_of_task(row, place, judged))
    return marks, totals


# ---------------------------------------------------------------- milestones


def _milestones(
    place: Place, asked: Asked, first: date, last: date
) -> Iterable[tuple[date, Sign, AnyRow]]:
    """Each of them by its days, with the day on which it is expected before the planned one."""
    expected = func.coalesce(Milestone.closed_on, Milestone.forecast, Milestone.baseline)
    rows = db.session.execute(
        select(
            Milestone.code,
            Milestone.title,
            Milestone.baseline,
            Milestone.closed_on,
            func.coalesce(Milestone.confirmed_at, Milestone.created_at).label("confirmed_at"),
            expected.label("expected"),
            Workstream.strand,
            Group.key,
        )
        .join(Workstream, Milestone.workstream_id == Workstream.id)
        .join(Group, Milestone.group_id == Group.id)
        .where(
            Milestone.deleted_at.is_(None),
            or_(expected.between(first, last), Milestone.baseline.between(first, last)),
            _inside(place, asked, Milestone),
            _of_owner(place.actor, asked.owner),
        )
        .order_by(expected, Milestone.id)
    )
    for row in rows:
        for sign, on in ((Sign.FORECAST, row.expected), (Sign.BASELINE, row.baseline)):
            is_twice = sign is Sign.BASELINE and row.baseline == row.expected
            if on and first <= on <= last and not is_twice:
                yield on, sign, row


def _of_milestone(row: AnyRow, sign: Sign, place: Place, judged: Days) -> Mark:
    is_done = row.closed_on is not None
    return Mark(
        sign=sign,
        code=row.code,
        title=row.title,
        place="" if place.group else row.key,
        strand=row.strand,
        owner="",
        status=None,
        is_done=is_done,
        is_late=not is_done and sign is Sign.FORECAST and row.expected < place.today,
        slip=(row.expected - row.baseline).days if row.baseline else 0,
        stale_days=0 if is_done else stale_for(row.confirmed_at, judged),
    )


def _of_owner(actor: Actor, owner: int | None) -> ColumnElement[bool]:
    """Milestones have no owner: they belong to those whose tasks lead there."""
    if owner is None:
        return true()
    if owner == actor.person_id:
        return may_milestones.mine(actor)
    return exists().where(
        Task.milestone_id == Milestone.id,
        Task.deleted_at.is_(None),
        Task.owner_id == (owner or None),
    )


# ---------------------------------------------------------------- tasks


def _dated(place: Place, asked: Asked, first: date, last: date) -> Subquery:
    """Tasks by their days: where each is due, and expected when that is another day."""

    def on(day: Any, sign: Sign) -> Query:  # noqa: ANN401 - a column
        return select(
            Task.id,
            day.label("day"),
            literal(sign.value).label("sign"),
            case((Task.status == TaskStatus.DONE, 1), else_=0).label("is_done"),
        ).where(
            day.between(first, last),
            Task.deleted_at.is_(None),
            _inside(place, asked, Task),
            _owned(place.actor, asked.owner),
        )

    due = on(Task.due, Sign.DUE).where(Task.status != TaskStatus.DROPPED)
    moved = or_(Task.due.is_(None), Task.forecast != Task.due)
    expected = on(Task.forecast, Sign.EXPECTED).where(Task.status.not_in(ENDED), moved)
    return union_all(due, expected).subquery()


def _owned(actor: Actor, owner: int | None) -> ColumnElement[bool]:
    if owner is None:
        return true()
    if owner == actor.person_id:
        return may_tasks.mine(actor)
    return Task.owner_id == (owner or None)


def _counted(dated: Subquery) -> Query:
    """How many there are on each day; indexes know."""
    return select(dated.c.day, func.count().label("total")).group_by(dated.c.day)


def _first(dated: Subquery, most: int) -> Query:
    """The first of each day, the open ones before the finished."""
    place = func.row_number().over(
        partition_by=dated.c.day, order_by=(dated.c.is_done, dated.c.sign, dated.c.id)
    )
    ranked = select(dated.c.id, dated.c.day, dated.c.sign, place.label("place")).subquery()
    return (
        select(
            ranked.c.day,
            ranked.c.sign,
            Task.code,
            Task.title,
            Task.status,
            Task.due,
            Task.forecast,
            Task.finished_on,
            func.coalesce(Task.confirmed_at, Task.created_at).label("confirmed_at"),
            Workstream.strand,
            Group.key,
            Person.full_name.label("owner"),
        )
        .select_from(ranked)
        .join(Task, Task.id == ranked.c.id)
        .join(Workstream, Task.workstream_id == Workstream.id)
        .join(Group, Task.group_id == Group.id)
        .outerjoin(Person, Task.owner_id == Person.id)
        .where(ranked.c.place <= most)
        .order_by(ranked.c.day, ranked.c.place)
    )


def _of_task(row: AnyRow, place: Place, judged: Days) -> Mark:
    is_done = row.status is TaskStatus.DONE
    until = row.finished_on if is_done else place.today
    return Mark(
        sign=Sign(row.sign),
        code=row.code,
        title=row.title,
        place="" if place.group else row.key,
        strand=row.strand,
        owner=row.owner or "",
        status=row.status,
        is_done=is_done,
        is_late=bool(not is_done and row.due and until and row.due < until),
        slip=(row.forecast - row.due).days if row.forecast and row.due and not is_done else 0,
        stale_days=stale_for(row.confirmed_at, judged) if row.status.is_open else 0,
    )


# ---------------------------------------------------------------- both


def _inside(place: Place, asked: Asked, thing: type[Milestone] | type[Task]) -> ColumnElement[bool]:
    """In the place, and where its reader may look."""
    # Said as what is hidden, which is little: both databases then go by the days.
    hidden = select(Group.id).where(not_(may.visible_to(place.actor)))
    conditions: list[ColumnElement[bool]] = [thing.group_id.not_in(hidden)]
    if place.group:
        conditions.append(thing.group_id == place.group.id)
    if place.workstream:
        conditions.append(thing.workstream_id == place.workstream.id)
    if asked.strand:
        stream = aliased(Workstream)
        conditions.append(
            thing.workstream_id.in_(select(stream.id).where(stream.strand == asked.strand))
        )
    return and_(*conditions)
