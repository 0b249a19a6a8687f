"""What can be done with a task."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache

from sqlalchemy import Select, bindparam, delete, func, select

from tracker.errors import RuleViolationError, StaleError
from tracker.extensions import db
from tracker.lib.moves import is_move
from tracker.models import (
    CooperatingUnit,
    Group,
    Milestone,
    Participant,
    Task,
    TaskStatus,
    Workstream,
)
from tracker.services import history, notifications, numbering, search
from tracker.services.act import Act, Why

EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)
FULL = 100
GAP = 1024
# What an approval speaks of; a change of anything else leaves it as good as it was.
JUDGED = ("title", "description", "result", "status", "submitted_on")


def create(
    workstream: Workstream,
    title: str,
    *,
    by: Act,
    milestone: Milestone | None = None,
    parent: Task | None = None,
    **details: object,
) -> Task:
    """Add a task at the end of its milestone. `details` are further columns of `Task`.

    Lists (`cooperating_unit_ids`, `participant_ids`) may stand among the details. A subtask stands
    where its parent stands; subtasks go one level deep.
    """
    if parent is not None:
        if parent.parent_id is not None:
            raise RuleViolationError("subtask_of_subtask", code=parent.code)
        workstream = db.session.get_one(Workstream, parent.workstream_id)
        milestone = db.session.get(Milestone, parent.milestone_id) if parent.milestone_id else None
    elif milestone is not None:
        workstream = db.session.get_one(Workstream, milestone.workstream_id)
    group = db.session.get_one(Group, workstream.group_id)
    unit_ids = details.pop("cooperating_unit_ids", None)
    person_ids = details.pop("participant_ids", None)
    _check_dates(details)
    task = Task(
        group_id=group.id,
        workstream_id=workstream.id,
        milestone_id=milestone.id if milestone else None,
        parent_id=parent.id if parent else None,
        code=numbering.next_code(group, numbering.TASK),
        title=title,
        position=_last_position(workstream.id, milestone.id if milestone else None) + GAP,
        status_since=by.today,
        created_by_id=by.person_id,
        created_at=by.at,
        **details,
    )
    history.created(task, by=by)
    notifications.announce_assignment(task, None, by=by)
    if isinstance(unit_ids, Sequence):
        set_cooperating_units(task, unit_ids, by=by)
    if isinstance(person_ids, Sequence):
        share(task, person_ids, by=by)
    search.index_new([task])
    return task


def edit(
    task: Task,
    values: Mapping[str, object],
    *,
    by: Act,
    why: Why | None = None,
    seen: int | None = None,
) -> dict[str, tuple[object, object]]:
    """Change what the task is; returns the changes. A moved date needs `why`.

    Lists (`cooperating_unit_ids`, `participant_ids`) may stand among the values, and so may
    `milestone_id`: the task then goes to the end of that milestone, with its subtasks.
    """
    values = dict(values)
    lists = {
        name: history.merged_list(task, recorded, now(task), wanted, seen=seen)
        for name, (recorded, now) in LISTS.items()
        if isinstance(wanted := values.pop(name, None), Sequence)
    }
    try:
        wanted = history.merged(task, values, seen=seen)
    except StaleError as error:
        error.kept |= lists
        raise
    _check_progress(task, wanted)
    _check_dates(wanted, task)
    _check_reason(task, wanted, why)
    milestone_id = wanted.pop("milestone_id", task.milestone_id)
    changes = history.change(task, wanted, by=by, why=why)
    if "owner_id" in changes:
        notifications.announce_assignment(task, changes["owner_id"][0], by=by)
    if milestone_id != task.milestone_id:
        _go_to(task, milestone_id, by=by)
    if "cooperating_unit_ids" in lists:
        set_cooperating_units(task, lists["cooperating_unit_ids"], by=by)
    if "participant_ids" in lists:
        share(task, lists["participant_ids"], by=by)
    search.index(task)
    return changes


def change_status(
    task: Task,
    status: TaskStatus,
    *,
    by: Act,
    seen: int | None = None,
    may_approve: bool = False,
) -> TaskStatus:
    """Say where the task stands; returns what was stored.

    In a group that needs approval, "finished" becomes "waiting for approval" until somebody who
    may approves; the day it counts as finished is the day it was submitted (product rules). The
    word of whoever may approve is itself the approval, and so is never asked for twice.
    """
    merged = history.merged(task, {"status": status}, seen=seen)
    wanted = TaskStatus(str(merged.get("status", task.status)))
    group = db.session.get_one(Group, task.group_id)
    ends = wanted is TaskStatus.DONE and task.status is not TaskStatus.DONE
    if ends and group.needs_approval and not may_approve:
        wanted = TaskStatus.REVIEW
    values: dict[str, object] = {"status": wanted}
    if wanted is not task.status:
        values["status_since"] = by.today
    match wanted:
        case TaskStatus.DONE:
            submitted = task.submitted_on or by.today
            values |= {"finished_on": submitted, "submitted_on": submitted, "progress": FULL}
        case TaskStatus.REVIEW:
            submitted = task.submitted_on or by.today
            values |= {"submitted_on": submitted, "finished_on": None, "progress": FULL}
        case _:
            values |= {"finished_on": None, "submitted_on": None}
            if task.progress == FULL:
                values["progress"] = 0 if wanted is TaskStatus.TODO else FULL - 1
    if task.status is wanted and wanted is TaskStatus.DONE:
        return wanted
    changes = history.change(task, values, by=by)
    if "status" in changes and wanted is TaskStatus.REVIEW:
        notifications.announce_approval_wanted(task, by=by)
    return wanted


def take_back(task: Task, *, by: Act, seen: int | None = None) -> None:
    """Undo one's own word that the task has ended: it stands as it stood before.

    Refused once somebody else has approved it or sent it back.
    """
    last = history.last(task, "status")
    own = [change for change in last if change.person_id == by.person_id]
    is_open = task.status.is_open and task.status is not TaskStatus.REVIEW
    if is_open or not own:
        raise RuleViolationError("nothing_to_take_back", code=task.code)
    before = {change.field: history.decoded(task, change) for change in own}
    history.as_seen(task, before, seen=seen)
    history.change(task, before, by=by)


def approve(task: Task, *, by: Act, seen: int | None = None) -> None:
    """Accept a submitted task: it counts as finished on the day it was submitted."""
    _check_waiting(task, seen)
    change_status(task, TaskStatus.DONE, by=by, may_approve=True)


def send_back(task: Task, *, by: Act, seen: int | None = None) -> None:
    """Return a submitted task to its owner."""
    _check_waiting(task, seen)
    values = {
        "status": TaskStatus.DOING,
        "status_since": by.today,
        "submitted_on": None,
        "progress": FULL - 1,
    }
    history.change(task, values, by=by)


def set_progress(task: Task, progress: int, *, by: Act, seen: int | None = None) -> None:
    """Say how much is done, in percent; begins a task that had not begun."""
    values = history.merged(task, {"progress": progress}, seen=seen)
    _check_progress(task, values)
    if values.get("progress") and task.status is TaskStatus.TODO:
        values |= {"status": TaskStatus.DOING, "status_since": by.today}
    history.change(task, values, by=by)


def move_forecast(
    task: Task, day: date | None, *, why: Why | None, by: Act, seen: int | None = None
) -> None:
    """Say when it will probably be finished, and why that changed."""
    _move(task, "forecast", day, why=why, by=by, seen=seen)


def move_due(
    task: Task, day: date | None, *, why: Why | None, by: Act, seen: int | None = None
) -> None:
    """Move the approved due date, with a reason and who agreed; the first one needs none."""
    _move(task, "due", day, why=why, by=by, seen=seen)


def _move(
    task: Task, field: str, day: date | None, *, why: Why | None, by: Act, seen: int | None
) -> None:
    wanted = history.merged(task, {field: day}, seen=seen)
    _check_dates(wanted, task)
    _check_reason(task, wanted, why)
    history.change(task, wanted, by=by, why=why)


def place(
    task: Task,
    *,
    by: Act,
    workstream: Workstream,
    milestone: Milestone | None = None,
    before: Task | None = None,
) -> None:
    """Put the task before another one, or at the end, of a milestone or of a workstream.

    Its subtasks go with it; its code stays, also in another group. A subtask has no place of its
    own.
    """
    if task.parent_id is not None:
        raise RuleViolationError("subtask_stays", code=task.code)
    if milestone is not None:
        workstream = db.session.get_one(Workstream, milestone.workstream_id)
    where = {
        "group_id": workstream.group_id,
        "workstream_id": workstream.id,
        "milestone_id": milestone.id if milestone else None,
    }
    siblings = list(
        db.session.scalars(
            select(Task)
            .where(
                Task.workstream_id == workstream.id,
                Task.milestone_id == where["milestone_id"],
                Task.parent_id.is_(None),
                Task.deleted_at.is_(None),
                Task.id != task.id,
            )
            .order_by(Task.position, Task.id)
        )
    )
    index = next((i for i, other in enumerate(siblings) if before and other.id == before.id), None)
    index = len(siblings) if index is None else index
    position = _between(siblings, index, by=by)
    children = db.session.scalars(select(Task).where(Task.parent_id == task.id)).all()
    for moved, to in ((task, {**where, "position": position}), *((c, where) for c in children)):
        if "group_id" in history.change(moved, to, by=by) and moved.deleted_at is None:
            search.index(moved)  # the group decides who may find it


def _go_to(task: Task, milestone_id: object, *, by: Act) -> None:
    """To the end of that milestone, or of the tasks of the workstream without one."""
    milestone = db.session.get_one(Milestone, milestone_id) if milestone_id else None
    workstream = db.session.get_one(Workstream, task.workstream_id)
    place(task, by=by, workstream=workstream, milestone=milestone)


def set_cooperating_units(task: Task, unit_ids: Sequence[int], *, by: Act) -> None:
    """Name the units that work with the lead unit, in order."""
    old, new = _cooperating(task), list(dict.fromkeys(unit_ids))
    if old == new:
        return
    db.session.execute(delete(CooperatingUnit).where(CooperatingUnit.task_id == task.id))
    db.session.add_all(
        CooperatingUnit(task_id=task.id, unit_id=unit_id, position=place_at)
        for place_at, unit_id in enumerate(new)
    )
    history.record(task, "cooperating_units", old, new, by=by)


def share(task: Task, person_ids: Sequence[int], *, by: Act) -> None:
    """Name the persons who may update the task beside its owner."""
    old, new = _participating(task), sorted(set(person_ids))
    if old == new:
        return
    db.session.execute(delete(Participant).where(Participant.task_id == task.id))
    db.session.add_all(Participant(task_id=task.id, person_id=person_id) for person_id in new)
    history.record(task, "participants", old, new, by=by)


def _cooperating(task: Task) -> list[int]:
    units = select(CooperatingUnit.unit_id).where(CooperatingUnit.task_id == task.id)
    return list(db.session.scalars(units.order_by(CooperatingUnit.position)))


def _participating(task: Task) -> list[int]:
    persons = select(Participant.person_id).where(Participant.task_id == task.id)
    return sorted(db.session.scalars(persons))


# How a form names a list, how the history does, and what stands in it now.
LISTS: dict[str, tuple[str, Callable[[Task], list[int]]]] = {
    "cooperating_unit_ids": ("cooperating_units", _cooperating),
    "participant_ids": ("participants", _participating),
}


def _between(siblings: Sequence[Task], index: int, *, by: Act) -> int:
    """A position for the gap before `siblings[index]`; spreads the others when it is used up."""
    low = siblings[index - 1].position if index else 0
    high = siblings[index].position if index < len(siblings) else low + 2 * GAP
    if high - low < 2:
        for place_at, other in enumerate(siblings):
            history.change(other, {"position": (place_at + 1) * GAP}, by=by)
        low = index * GAP
        high = low + GAP
    return (low + high) // 2


def _last_position(workstream_id: int, milestone_id: int | None) -> int:
    place = {"workstream_id": workstream_id, "milestone_id": milestone_id}
    return db.session.scalar(_last(), place) or 0


@cache
def _last() -> Select[int | None]:
    return select(func.max(Task.position)).where(
        Task.workstream_id == bindparam("workstream_id"),
        Task.milestone_id.is_not_distinct_from(bindparam("milestone_id")),
    )


def _check_waiting(task: Task, seen: int | None) -> None:
    """Only what waits is judged, and only as it was shown to whoever judges it."""
    if task.status is not TaskStatus.REVIEW:
        raise RuleViolationError("not_waiting_for_approval", code=task.code)
    history.as_seen(task, JUDGED, seen=seen)


def _check_progress(task: Task, values: Mapping[str, object]) -> None:
    """Refuse what is no percentage, and less than all of a task that is finished or submitted."""
    progress = values.get("progress")
    if not isinstance(progress, int) or progress == task.progress:
        return
    if not 0 <= progress <= FULL:
        raise RuleViolationError("progress_out_of_range")
    if task.status in {TaskStatus.DONE, TaskStatus.REVIEW}:
        raise RuleViolationError("progress_of_finished", code=task.code)


def _check_dates(values: Mapping[str, object], task: Task | None = None) -> None:
    """Refuse years nobody means, and an end before the start; old mistakes may stay."""
    changed = {
        field: values[field]
        for field in ("start", "due", "forecast", "finished_on", "assigning_date")
        if field in values and (task is None or values[field] != getattr(task, field))
    }
    for day in changed.values():
        if isinstance(day, date) and not EARLIEST <= day <= LATEST:
            raise RuleViolationError("outside_years")
    start = values.get("start", task.start if task else None)
    for field in ("due", "forecast"):
        day = values.get(field, getattr(task, field) if task else None)
        touched = field in changed or "start" in changed
        if touched and isinstance(start, date) and isinstance(day, date) and day < start:
            raise RuleViolationError(f"{field}_before_start")


def _check_reason(task: Task, values: Mapping[str, object], why: Why | None) -> None:
    """A date that leaves the one last given needs a reason."""
    dates = {"due": task.due, "forecast": task.forecast}
    moved = (field for field in dates if field in values and is_move(field, dates, values[field]))
    if why is None and any(moved):
        raise RuleViolationError("reason_needed")
