"""Deleting into the trash, and bringing things back whole within 30 days."""

from datetime import datetime

from sqlalchemy import delete, select, update

from tracker.errors import RuleViolationError
from tracker.extensions import db
from tracker.models import (
    Blocking,
    Comment,
    Confirmation,
    CooperatingUnit,
    DecisionLink,
    Deliverable,
    Directive,
    ExtensionRequest,
    MeetingEntry,
    Milestone,
    Occurrence,
    Participant,
    Recurrence,
    StageMilestone,
    StageMove,
    Task,
    Trash,
)
from tracker.queries.trash import KEPT
from tracker.services import dependencies, history, search
from tracker.services.act import Act

Thing = Task | Milestone | Deliverable


def throw_away(thing: Thing, *, by: Act) -> Trash:
    """Put a task with its subtasks, a milestone with its tasks, or a deliverable into the trash."""
    if thing.deleted_at is not None:
        raise RuleViolationError("already_in_trash", code=thing.code)
    trash = Trash(
        group_id=thing.group_id,
        kind=type(thing).__name__.lower(),
        code=thing.code,
        title=thing.title,
        person_id=by.person_id,
        at=by.at,
    )
    db.session.add(trash)
    db.session.flush()  # the id that ties the deleted things together
    for item in _with_parts(thing):
        item.deleted_at = by.at
        item.trash_id = trash.id
        history.record(item, "trashed", None, trash.id, by=by)
        search.forget(item)
    return trash


def restore(trash: Trash, *, by: Act) -> None:
    """Bring back everything that went with this deletion.

    A task whose milestone is gone comes back to its workstream, outside any milestone; a subtask
    whose parent is gone comes back as a task of its own.
    """
    if trash.purged_at is not None or trash.restored_at is not None:
        raise RuleViolationError("not_in_trash", code=trash.code)
    trash.restored_at = by.at
    items = _items(trash)
    for item in items:
        item.deleted_at = None
        item.trash_id = None
        history.record(item, "restored", trash.id, None, by=by)
    for item in items:  # all are back before each looks for what it hangs on
        if isinstance(item, Task):
            _reattach(item, by=by)
        search.index(item)
    dependencies.open_rings(_planned(items), by=by)


def purge(*, by: Act) -> int:
    """Delete for good what has lain in the trash for 30 days; returns how many deletions went."""
    old = db.session.scalars(
        select(Trash).where(
            Trash.at < by.at - KEPT, Trash.purged_at.is_(None), Trash.restored_at.is_(None)
        )
    ).all()
    for trash in old:
        trash.purged_at = by.at
        items = _items(trash)
        said = _confirmed(items)
        for item in items:
            history.record(item, "purged", said[item], None, by=by)
        _detach(items, by=by)
        dependencies.forget(_planned(items), by=by)
        _delete(items)
    return len(old)


def _with_parts(thing: Thing) -> list[Thing]:
    if isinstance(thing, Deliverable):
        return [thing]
    inside = Task.parent_id if isinstance(thing, Task) else Task.milestone_id
    parts = db.session.scalars(select(Task).where(inside == thing.id, Task.deleted_at.is_(None)))
    return [thing, *parts]


def _items(trash: Trash) -> list[Thing]:
    """What went with the deletion: the milestone first, parents before their subtasks."""
    deliverables = db.session.scalars(select(Deliverable).where(Deliverable.trash_id == trash.id))
    milestones = db.session.scalars(select(Milestone).where(Milestone.trash_id == trash.id))
    tasks = db.session.scalars(
        select(Task).where(Task.trash_id == trash.id).order_by(Task.parent_id.is_not(None), Task.id)
    )
    return [*deliverables, *milestones, *tasks]


def _planned(items: list[Thing]) -> list[Task | Milestone]:
    """Those that may wait for each other."""
    return [item for item in items if not isinstance(item, Deliverable)]


def _reattach(task: Task, *, by: Act) -> None:
    """Hang the task on what is there today: its parent may have moved or gone meanwhile."""
    parent = db.session.get(Task, task.parent_id) if task.parent_id else None
    if task.parent_id and (parent is None or parent.deleted_at is not None):
        history.change(task, {"parent_id": None}, by=by)
    elif parent is not None:
        where = ("group_id", "workstream_id", "milestone_id")
        history.change(task, {field: getattr(parent, field) for field in where}, by=by)
    milestone = db.session.get(Milestone, task.milestone_id) if task.milestone_id else None
    if task.milestone_id and (milestone is None or milestone.deleted_at is not None):
        history.change(task, {"milestone_id": None}, by=by)


def _detach(items: list[Thing], *, by: Act) -> None:
    """Let go of what stays: it was thrown away on its own, so it was not in these items."""
    ids = {
        kind: [item.id for item in items if isinstance(item, kind)] for kind in (Task, Milestone)
    }
    for link, gone in ((Task.parent_id, ids[Task]), (Task.milestone_id, ids[Milestone])):
        staying = select(Task).where(link.in_(gone), Task.id.not_in(ids[Task])).order_by(Task.id)
        for task in db.session.scalars(staying):
            history.change(task, {link.key: None}, by=by)
    leading = select(Recurrence).where(Recurrence.milestone_id.in_(ids[Milestone]))
    for recurrence in db.session.scalars(leading.order_by(Recurrence.id)):
        history.change(recurrence, {"milestone_id": None}, by=by)


def _confirmed(items: list[Thing]) -> dict[Thing, list[datetime] | None]:
    """When each was confirmed: the rows of that go with it, and its past is rebuilt from there."""
    found: dict[Thing, list[datetime] | None] = dict.fromkeys(items)
    for item in _planned(items):
        its = Confirmation.task_id if isinstance(item, Task) else Confirmation.milestone_id
        moments = select(Confirmation.at).where(its == item.id).order_by(Confirmation.at)
        found[item] = list(db.session.scalars(moments)) or None
    return found


def _delete(items: list[Thing]) -> None:
    task_ids = [item.id for item in items if isinstance(item, Task)]
    milestone_ids = [item.id for item in items if isinstance(item, Milestone)]
    deliverable_ids = [item.id for item in items if isinstance(item, Deliverable)]
    db.session.flush()  # marks must be stored before the rows go
    for its in (Comment, StageMilestone, StageMove):
        db.session.execute(delete(its).where(its.deliverable_id.in_(deliverable_ids)))
    db.session.execute(delete(StageMilestone).where(StageMilestone.milestone_id.in_(milestone_ids)))
    db.session.execute(delete(Deliverable).where(Deliverable.id.in_(deliverable_ids)))
    for table in (Blocking, Comment, Confirmation, DecisionLink, ExtensionRequest):
        db.session.execute(delete(table).where(table.task_id.in_(task_ids)))
        db.session.execute(delete(table).where(table.milestone_id.in_(milestone_ids)))
    for link in (CooperatingUnit, Directive, Participant):
        db.session.execute(delete(link).where(link.task_id.in_(task_ids)))
    said = update(MeetingEntry).where(MeetingEntry.task_id.in_(task_ids))
    db.session.execute(said.values(task_id=None))  # its words stay in the minutes
    made = update(Occurrence).where(Occurrence.task_id.in_(task_ids))
    db.session.execute(made.values(task_id=None))  # that it was made stays known
    db.session.execute(delete(Task).where(Task.id.in_(task_ids)))
    db.session.execute(delete(Milestone).where(Milestone.id.in_(milestone_ids)))
