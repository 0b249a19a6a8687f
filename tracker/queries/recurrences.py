"""Work that comes again: what a group has of it, what comes next, and what was made of it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import islice

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from tracker.adapters import recurring
from tracker.extensions import db
from tracker.lib.dates import LAST_YEAR
from tracker.lib.recurrence import Rule, period, title
from tracker.lib.workdays import Calendar
from tracker.models import Group, Occurrence, Recurrence, Task, TaskStatus, Workstream
from tracker.policies import groups as may
from tracker.policies.actor import Actor
from tracker.queries import settings

SHOWN = 6  # how many of those to come a form or a page shows
END = date(LAST_YEAR, 12, 31)
ANSWERED = (TaskStatus.DONE, TaskStatus.DROPPED, TaskStatus.REVIEW)


@dataclass(frozen=True)
class Coming:
    """An instance to come: its day by the rule, when it will be due, and what it will be called."""

    day: date
    due: date
    period: str
    title: str


@dataclass(frozen=True, kw_only=True)
class Instance:
    """One that was made. `code` is empty where its task is no longer there.

    It is missed when the next one is due and it was neither finished nor handed in.
    """

    day: date
    due: date
    period: str
    code: str = ""
    title: str = ""
    status: TaskStatus | None = None
    finished_on: date | None = None
    is_missed: bool = False


@dataclass(frozen=True)
class Line:
    """Work that comes again as a line of the group's list."""

    recurrence: Recurrence
    next: Coming | None
    instances: Sequence[Instance]

    @property
    def missed(self) -> int:
        """How many were missed."""
        return sum(one.is_missed for one in self.instances)

    @property
    def done(self) -> int:
        """How many were finished."""
        return sum(one.status is TaskStatus.DONE for one in self.instances)


@dataclass(frozen=True)
class Belonging:
    """What a task is an instance of, and its neighbours."""

    recurrence: Recurrence
    instance: Instance
    earlier: Instance | None
    later: Instance | None


def find(actor: Actor, key: str, recurrence_id: int) -> Recurrence | None:
    """One of a group's, with what it hangs on, if the actor may see it."""
    return db.session.scalar(
        select(Recurrence)
        .join(Recurrence.group)
        .options(
            contains_eager(Recurrence.group),
            joinedload(Recurrence.workstream).joinedload(Workstream.group),
            joinedload(Recurrence.milestone),
            joinedload(Recurrence.owner),
            joinedload(Recurrence.lead_unit),
        )
        .where(Recurrence.id == recurrence_id, Group.key == key.upper(), may.visible_to(actor))
        .execution_options(populate_existing=True)
    )


def listing(group: Group, today: date) -> Sequence[Line]:
    """All of a group's: those going first; as many statements however many there are."""
    rows = db.session.scalars(
        select(Recurrence)
        .options(joinedload(Recurrence.workstream), joinedload(Recurrence.owner))
        .where(Recurrence.group_id == group.id)
        .order_by(Recurrence.is_paused, Recurrence.id)
    ).all()
    made, calendar = _instances([row.id for row in rows], today), settings.calendar()
    return [_line(row, made.get(row.id, []), calendar) for row in rows]


def line(recurrence: Recurrence, today: date) -> Line:
    """One of them with all that was made of it."""
    made = _instances([recurrence.id], today).get(recurrence.id, [])
    return _line(recurrence, made, settings.calendar())


def _line(recurrence: Recurrence, instances: Sequence[Instance], calendar: Calendar) -> Line:
    return Line(recurrence, next(iter(_ahead(recurrence, instances, calendar)), None), instances)


def ahead(recurrence: Recurrence, instances: Sequence[Instance]) -> Sequence[Coming]:
    """The next few to be made; none while it pauses."""
    return list(islice(_ahead(recurrence, instances, settings.calendar()), SHOWN))


def _ahead(
    recurrence: Recurrence, instances: Sequence[Instance], calendar: Calendar
) -> Iterator[Coming]:
    if recurrence.is_paused:
        return iter(())
    made = {one.day for one in instances}
    days = (day for day in days_ahead(recurrence) if day not in made)
    return _coming(recurrence.rule, recurrence.title, days, calendar)


def preview(rule: Rule, pattern: str, first: date, last: date | None) -> Sequence[Coming]:
    """What the next few would be by a rule that is still being typed."""
    days = recurring.days(rule, first, last or END) if rule.is_complete else iter(())
    return list(islice(_coming(rule, pattern, days, settings.calendar()), SHOWN))


def _coming(rule: Rule, pattern: str, days: Iterable[date], calendar: Calendar) -> Iterator[Coming]:
    for day in days:
        yield Coming(
            day,
            rule.due(day, calendar),
            period(rule.frequency, day),
            title(pattern, rule.frequency, day),
        )


def days_ahead(recurrence: Recurrence) -> Iterator[date]:
    """The days of which an instance is, or may yet be, made."""
    return recurring.days(recurrence.rule, recurrence.counts_from, recurrence.ends_on or END)


def days_made(recurrence: Recurrence) -> Collection[date]:
    """The days of which an instance was made."""
    return frozenset(
        db.session.scalars(select(Occurrence.day).where(Occurrence.recurrence_id == recurrence.id))
    )


def open_instances() -> Sequence[tuple[Occurrence, Task]]:
    """Every instance that is not answered yet, with its task."""
    rows = db.session.execute(
        select(Occurrence, Task)
        .join(Task, Task.id == Occurrence.task_id)
        .options(joinedload(Occurrence.recurrence))
        .where(Task.deleted_at.is_(None), Task.status.not_in(ANSWERED))
        .order_by(Task.id)
    )
    return [(occurrence, task) for occurrence, task in rows]


def of_task(task: Task, today: date) -> Belonging | None:
    """What the task is an instance of; None for any other task, which takes one statement."""
    recurrence = db.session.scalar(_recurrence_of(), {"task_id": task.id})
    if recurrence is None:
        return None
    instances = _instances([recurrence.id], today)[recurrence.id]
    place = next(n for n, one in enumerate(instances) if one.code == task.code)
    return Belonging(
        recurrence,
        instances[place],
        _neighbour(instances[place + 1 :]),
        _neighbour(instances[:place][::-1]),
    )


@cache
def _recurrence_of() -> Select[Recurrence]:
    own = aliased(Occurrence)
    return (
        select(Recurrence)
        .join(own, own.recurrence_id == Recurrence.id)
        .where(own.task_id == bindparam("task_id"))
    )


def _neighbour(instances: Sequence[Instance]) -> Instance | None:
    return next((one for one in instances if one.code), None)


def _instances(ids: Sequence[int], today: date) -> Mapping[int, list[Instance]]:
    """What was made of each, the latest first."""
    rows = db.session.execute(
        select(
            Occurrence.recurrence_id,
            Occurrence.day,
            Occurrence.due,
            Recurrence.frequency,
            Task.code,
            Task.title,
            Task.status,
            Task.finished_on,
        )
        .join(Recurrence, Recurrence.id == Occurrence.recurrence_id)
        .outerjoin(Task, (Task.id == Occurrence.task_id) & Task.deleted_at.is_(None))
        .where(Occurrence.recurrence_id.in_(ids))
        .order_by(Occurrence.day.desc())
    )
    found: dict[int, list[Instance]] = defaultdict(list)
    following: dict[int, date] = {}
    for row in rows:
        after = following.get(row.recurrence_id)
        is_open = row.status is not None and row.status not in ANSWERED
        found[row.recurrence_id].append(
            Instance(
                day=row.day,
                due=row.due,
                period=period(row.frequency, row.day),
                code=row.code or "",
                title=row.title or "",
                status=row.status,
                finished_on=row.finished_on,
                is_missed=is_open and after is not None and after <= today,
            )
        )
        following[row.recurrence_id] = row.due
    return found
