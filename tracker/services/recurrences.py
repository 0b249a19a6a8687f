"""What can be done with work that comes again: set it up, pause it, end it, make its instances."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy import select

from tracker.adapters import recurring
from tracker.errors import RuleViolationError
from tracker.extensions import db
from tracker.lib import recurrence as lib
from tracker.lib.recurrence import Anchor, Shift
from tracker.lib.workdays import Calendar
from tracker.models import Milestone, Occurrence, Recurrence, Task, Workstream
from tracker.queries import recurrences as read
from tracker.queries import settings
from tracker.services import history, tasks
from tracker.services.act import Act

# A due date on a day off goes as far as the longest row of days off.
FARTHEST_SHIFT = timedelta(days=30)
USUAL = {"anchor": Anchor.DAY, "shift": Shift.NEXT}
RULE = ("frequency", "anchor", "day", "nth", "weekday", "month", "shift")


def create(workstream: Workstream, title: str, *, by: Act, **details: object) -> Recurrence:
    """Set up work that comes again; `details` are further columns of `Recurrence`."""
    starts_on = details.get("starts_on")
    starts_on = starts_on if isinstance(starts_on, date) else by.today
    recurrence = Recurrence(
        group_id=workstream.group_id,
        workstream_id=workstream.id,
        title=title,
        created_by_id=by.person_id,
        created_at=by.at,
        **{**USUAL, **details, "starts_on": starts_on, "counts_from": starts_on},
    )
    _check(recurrence)
    history.created(recurrence, by=by)
    return recurrence


def edit(
    recurrence: Recurrence, values: Mapping[str, object], *, by: Act, seen: int | None = None
) -> None:
    """Change what comes, or when. Instances made stay as they are; by another rule none is made
    for days that are past.
    """
    changes = history.change(recurrence, history.merged(recurrence, values, seen=seen), by=by)
    _check(recurrence)
    if changes.keys() & {*RULE, "starts_on"}:
        first = max(recurrence.starts_on, by.today)
        history.change(recurrence, {"counts_from": first}, by=by)


def pause(recurrence: Recurrence, *, by: Act) -> None:
    """Make no more instances for now."""
    history.change(recurrence, {"is_paused": True}, by=by)


def resume(recurrence: Recurrence, *, by: Act) -> None:
    """Go on from today; what fell into the pause is not caught up with."""
    if recurrence.is_paused:
        first = max(recurrence.counts_from, by.today)
        history.change(recurrence, {"is_paused": False, "counts_from": first}, by=by)


def end(recurrence: Recurrence, *, by: Act) -> None:
    """Nothing comes after today; what was made stays."""
    if recurrence.ends_on is None or recurrence.ends_on > by.today:
        history.change(recurrence, {"ends_on": max(by.today, recurrence.starts_on)}, by=by)


def make_next(recurrence: Recurrence, *, by: Act) -> Task:
    """Make the next instance now, however early that is."""
    made = read.days_made(recurrence)
    day = next((on for on in read.days_ahead(recurrence) if on not in made), None)
    if day is None:
        raise RuleViolationError("nothing_recurs")
    return _make(recurrence, day, settings.calendar(), by=by)


def make_due(*, by: Act) -> int:
    """Make every instance whose time has come, also those of nights missed; returns how many.

    Doing it twice makes nothing twice: an instance is told by its recurrence and its day.
    """
    calendar = settings.calendar()
    going = db.session.scalars(
        select(Recurrence).where(Recurrence.is_paused.is_(False)).order_by(Recurrence.id)
    ).all()
    return sum(len(_make_due(recurrence, calendar, by=by)) for recurrence in going)


def _make_due(recurrence: Recurrence, calendar: Calendar, *, by: Act) -> Sequence[Task]:
    made = read.days_made(recurrence)
    until = by.today + timedelta(days=recurrence.lead_days)
    last = min(until + FARTHEST_SHIFT, recurrence.ends_on or date.max)
    return [
        _make(recurrence, day, calendar, by=by)
        for day in recurring.days(recurrence.rule, recurrence.counts_from, last)
        if day not in made and recurrence.rule.due(day, calendar) <= until
    ]


def _make(recurrence: Recurrence, day: date, calendar: Calendar, *, by: Act) -> Task:
    due = recurrence.rule.due(day, calendar)
    task = tasks.create(
        db.session.get_one(Workstream, recurrence.workstream_id),
        lib.title(recurrence.title, recurrence.frequency, day),
        by=by,
        milestone=_milestone(recurrence),
        description=recurrence.description,
        owner_id=recurrence.owner_id,
        lead_unit_id=recurrence.lead_unit_id,
        result=recurrence.result,
        due=due,
    )
    db.session.add(Occurrence(recurrence_id=recurrence.id, day=day, due=due, task_id=task.id))
    return task


def _milestone(recurrence: Recurrence) -> Milestone | None:
    """Where the instances go, while it stands and is open."""
    if recurrence.milestone_id is None:
        return None
    milestone = db.session.get(Milestone, recurrence.milestone_id)
    gone = milestone is None or milestone.deleted_at is not None or milestone.closed_on is not None
    return None if gone else milestone


def _check(recurrence: Recurrence) -> None:
    """Refuse a rule that says nothing, and an end before the start."""
    for day in (recurrence.starts_on, recurrence.ends_on):
        if day is not None and not tasks.EARLIEST <= day <= tasks.LATEST:
            raise RuleViolationError("outside_years")
    if recurrence.ends_on is not None and recurrence.ends_on < recurrence.starts_on:
        raise RuleViolationError("recurrence_ends_before_start")
    if lib.unknown_places(recurrence.title):
        places = ", ".join(lib.unknown_places(recurrence.title))
        raise RuleViolationError("period_word_unknown", places=places)
    if not recurrence.rule.is_complete:
        raise RuleViolationError("recurrence_rule_incomplete")
