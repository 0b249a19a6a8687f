"""Taking a confirmed import back: once, and without taking back what came after it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import inspect, select

from tracker.errors import RuleViolationError
from tracker.extensions import db
from tracker.models import (
    Baseline,
    BaselineItem,
    Change,
    Comment,
    Confirmation,
    ExtensionRequest,
    Group,
    Import,
    ImportGroup,
    Milestone,
    MoveReason,
    Task,
    Trash,
)
from tracker.services import confirmations, history, tasks
from tracker.services.act import Act, Why
from tracker.services.bulk import AT_ONCE
from tracker.services.importing import drafts, storing

Subject = tuple[str, int]
TABLES: dict[str, type[Milestone] | type[Task]] = {"milestone": Milestone, "task": Task}
LISTS = {"cooperating_units": tasks.set_cooperating_units, "participants": tasks.share}
# Fields that say one thing together: either all of them go back or none.
TOGETHER = (
    frozenset({"status", "status_since", "progress", "finished_on", "submitted_on"}),
    frozenset({"workstream_id", "milestone_id", "position"}),
)
DATES = frozenset({"due", "forecast", "baseline"})


@dataclass
class Undone:
    """What came of it, or would: codes thrown away, restored, and kept for what came since."""

    thrown: list[str] = field(default_factory=list)
    restored: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


def undo(import_: Import, *, sentence: str, by: Act) -> Undone:
    """Throw away what the import made and restore what it changed.

    What somebody has worked on since stays as it is. Persons and units stay: they may be named
    elsewhere. `sentence` is why the dates move back.
    """
    if import_.state != drafts.APPLIED:
        raise RuleViolationError("import_not_applied")
    cause, by = f"import:{import_.id}", replace(by, cause=f"undo:{import_.id}")
    changes = _changes(import_, cause)
    made = [subject for subject, own in changes.items() if own[0].field == "created"]
    told = Undone()
    things = _things(changes)
    changed = {s: c for s, c in changes.items() if s not in made}
    confirmations.retell((things[s] for s in changed if s in things), without=import_.id)
    _restore(changed, things, told, sentence, by)
    _throw_away(import_, [things[s] for s in made if s in things], told, cause, by)
    import_.state = drafts.UNDONE
    import_.undone_at = by.at
    import_.answers = {**import_.answers, "kept": told.kept}
    import_.counts = {
        **import_.counts,
        "undone_thrown": len(told.thrown),
        "undone_restored": len(told.restored),
        "undone_kept": len(told.kept),
    }
    return told


def foreseen(import_: Import) -> Undone:
    """What `undo` would do by now; nothing is changed."""
    cause = f"import:{import_.id}"
    changes = _changes(import_, cause)
    things, told = _things(changes), Undone()
    made = []
    for subject, own in changes.items():
        thing = things.get(subject)
        if thing is None:
            continue
        if own[0].field == "created":
            made.append(thing)
        else:
            _tell(told, thing, own, _restorable(thing, own))
    kept = _worked_on(import_, made, cause)
    told.kept += [thing.code for thing in made if thing in kept]
    told.thrown += [thing.code for thing in made if thing not in kept]
    return told


def _changes(import_: Import, cause: str) -> dict[Subject, list[Change]]:
    """What the import did, by thing, in its order."""
    found: dict[Subject, list[Change]] = defaultdict(list)
    for change in db.session.scalars(
        select(Change)
        .where(
            Change.group_id.in_(_group_ids(import_)),
            Change.at == import_.applied_at,
            Change.cause == cause,
            Change.kind.in_(TABLES),
        )
        .order_by(Change.id)
    ):
        found[change.kind, change.subject_id].append(change)
    return found


def _group_ids(import_: Import) -> list[int]:
    return list(
        db.session.scalars(select(ImportGroup.group_id).where(ImportGroup.import_id == import_.id))
    )


def _things(subjects: Iterable[Subject]) -> dict[Subject, Any]:
    """Those that are still there and not in the trash."""
    ids: dict[str, list[int]] = defaultdict(list)
    for kind, id_ in subjects:
        ids[kind].append(id_)
    return {
        **{("milestone", one.id): one for one in _present(Milestone, ids["milestone"])},
        **{("task", one.id): one for one in _present(Task, ids["task"])},
    }


def _present(table: Any, ids: Sequence[int]) -> Iterable[Any]:  # noqa: ANN401 - of two tables
    for first in range(0, len(ids), AT_ONCE):
        some = ids[first : first + AT_ONCE]
        yield from db.session.scalars(
            select(table).where(table.id.in_(some), table.deleted_at.is_(None))
        )


# ------------------------------------------------------------------ what was changed


def _restore(
    changes: Mapping[Subject, Sequence[Change]],
    things: Mapping[Subject, Any],
    told: Undone,
    sentence: str,
    by: Act,
) -> None:
    why = Why(reason=MoveReason.OTHER, sentence=sentence)
    back: list[Any] = []
    for subject, own in changes.items():
        thing = things.get(subject)
        if thing is None:
            continue
        fields = _restorable(thing, own)
        _tell(told, thing, own, fields)
        if fields:
            back.append(thing)
            _put_back(thing, fields, why, by)
    db.session.flush()  # the words as they will be stored
    for table in TABLES.values():
        storing.index([thing for thing in back if isinstance(thing, table)])


def _tell(told: Undone, thing: Any, own: Sequence[Change], fields: Mapping[str, object]) -> None:  # noqa: ANN401
    """A thing may go back in some fields and keep others."""
    if len(fields) < len({change.field for change in own}):
        told.kept.append(thing.code)
    if fields:
        told.restored.append(thing.code)


def _restorable(thing: Any, own: Sequence[Change]) -> dict[str, object]:  # noqa: ANN401
    """The old values, as history keeps them, of the fields that nobody changed since."""
    first = {change.field: change.old for change in reversed(own)}
    last = {change.field: change.new for change in own}
    since = {name for name in last if _now(thing, name) != last[name]}
    if first.get("milestone_id") is not None:
        milestone = db.session.get(Milestone, first["milestone_id"])
        if milestone is None or milestone.deleted_at is not None:
            since.add("milestone_id")
    for fields in TOGETHER:
        if since & fields:
            since |= fields
    return {name: old for name, old in first.items() if name not in since}


def _now(thing: Any, name: str) -> object:  # noqa: ANN401 - a milestone or a task
    if name in LISTS:
        return next(now(thing) for recorded, now in tasks.LISTS.values() if recorded == name)
    return history.encoded(getattr(thing, name))


def _put_back(thing: Any, fields: Mapping[str, object], why: Why, by: Act) -> None:  # noqa: ANN401
    columns = inspect(type(thing)).columns
    values = {
        name: _decoded(old, columns[name].type.python_type)
        for name, old in fields.items()
        if name not in LISTS
    }
    dates = {name: value for name, value in values.items() if name in DATES}
    history.change(thing, dates, by=by, why=why)
    history.change(thing, {n: v for n, v in values.items() if n not in DATES}, by=by)
    for name, old in fields.items():
        if name in LISTS:
            LISTS[name](thing, old if isinstance(old, list) else [], by=by)


def _decoded(value: object, kind: type) -> object:
    if kind is date and isinstance(value, str):
        return date.fromisoformat(value)
    return kind(value) if isinstance(value, str) else value


# ------------------------------------------------------------------ what was made


def _throw_away(import_: Import, made: Sequence[Any], told: Undone, cause: str, by: Act) -> None:
    """What nobody has touched goes to the trash, all of a group together."""
    kept = _worked_on(import_, made, cause)
    told.kept += [thing.code for thing in made if thing in kept]
    for group in db.session.scalars(select(Group).where(Group.id.in_(_group_ids(import_)))):
        gone = [thing for thing in made if thing not in kept and thing.group_id == group.id]
        if gone:
            told.thrown += [thing.code for thing in gone]
            _trash(import_, group, gone, by)


def _worked_on(import_: Import, made: Sequence[Any], cause: str) -> set[Any]:
    """Things changed, spoken of, confirmed or approved since, and whatever holds such a thing."""
    touched = _touched(import_, cause)
    kept = {thing for thing in made if (history.KINDS[type(thing)], thing.id) in touched}
    by_id = {(history.KINDS[type(thing)], thing.id): thing for thing in made}
    inside = db.session.scalars(
        select(Task).where(Task.group_id.in_(_group_ids(import_)), Task.deleted_at.is_(None))
    ).all()
    staying = [task for task in inside if ("task", task.id) not in by_id or task in kept]
    while staying:
        holding = {
            by_id[key]
            for task in staying
            for key in (("milestone", task.milestone_id), ("task", task.parent_id))
            if key in by_id and by_id[key] not in kept
        }
        kept |= holding
        staying = [thing for thing in holding if isinstance(thing, Task)]
    return kept


def _touched(import_: Import, cause: str) -> set[tuple[str, int]]:
    rows = db.session.execute(
        select(Change.kind, Change.subject_id)
        .where(
            Change.group_id.in_(_group_ids(import_)),
            Change.at >= import_.applied_at,
            Change.cause != cause,
            Change.cause != f"undo:{import_.id}",
            Change.field != "position",
        )
        .distinct()
    )
    found = {(row.kind, row.subject_id) for row in rows}
    for table, at in (
        (Comment, Comment.at),
        (Confirmation, Confirmation.at),
        (ExtensionRequest, ExtensionRequest.asked_at),
    ):
        said = db.session.execute(
            select(table.task_id, table.milestone_id).where(at >= import_.applied_at)
        )
        for row in said:
            found |= {("task", row.task_id), ("milestone", row.milestone_id)}
    approved = db.session.execute(
        select(BaselineItem.kind, BaselineItem.subject_id)
        .join(Baseline, Baseline.id == BaselineItem.baseline_id)
        .where(
            Baseline.group_id.in_(_group_ids(import_)),
            Baseline.approved_at >= import_.applied_at,
        )
    )
    return found | {(row.kind, row.subject_id) for row in approved}


def _trash(import_: Import, group: Group, gone: Sequence[Any], by: Act) -> None:
    trash = Trash(
        group_id=group.id,
        kind="import",
        code=group.key,
        title=import_.file_name,
        person_id=by.person_id,
        at=by.at,
    )
    db.session.add(trash)
    db.session.flush()  # the id that ties the deleted things together
    for thing in gone:
        thing.deleted_at = by.at
        thing.trash_id = trash.id
    db.session.flush()  # the versions that the record names
    storing.record([(thing, "trashed", None, trash.id) for thing in gone], by=by)
    for table in TABLES.values():
        storing.forget([thing for thing in gone if isinstance(thing, table)])
