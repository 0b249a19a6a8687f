"""Every change of anything, written in the same transaction as the change itself."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from enum import Enum
from typing import TypeVar

from sqlalchemy import inspect
from sqlalchemy.orm.attributes import flag_modified

from tracker.errors import StaleError
from tracker.extensions import Base, db
from tracker.lib.freshness import vouches
from tracker.models import (
    Account,
    Attendance,
    Baseline,
    CalendarDay,
    Change,
    Comment,
    Decision,
    Declaration,
    Deliverable,
    DeliverableKind,
    Dependency,
    Directive,
    ExtensionRequest,
    Group,
    Meeting,
    MeetingEntry,
    Membership,
    Milestone,
    Person,
    Programme,
    Recurrence,
    Report,
    ReportRegime,
    ReportTemplate,
    Risk,
    Setting,
    Stage,
    Task,
    Unit,
)
from tracker.queries import history as read
from tracker.services import moves
from tracker.services.act import Act, Why

Name = TypeVar("Name")

KINDS: dict[type[Base], str] = {
    Account: "account",
    Attendance: "attendance",
    Baseline: "baseline",
    CalendarDay: "calendar_day",
    Comment: "comment",
    Declaration: "declaration",
    Decision: "decision",
    Dependency: "dependency",
    Deliverable: "deliverable",
    DeliverableKind: "deliverable_kind",
    Directive: "directive",
    ExtensionRequest: "extension_request",
    Group: "group",
    Meeting: "meeting",
    MeetingEntry: "meeting_entry",
    Membership: "membership",
    Milestone: "milestone",
    Person: "person",
    Programme: "programme",
    Recurrence: "recurrence",
    Report: "report",
    ReportRegime: "report_regime",
    ReportTemplate: "report_template",
    Risk: "risk",
    Setting: "setting",
    Stage: "stage",
    Task: "task",
    Unit: "unit",
}
# Never copied into the record: secrets, files, and what follows from other columns.
UNRECORDED = frozenset(
    {"id", "version", "password_hash", "sort_key", "folded", "confirmed_at", "content"}
)


def created(thing: Base, *, by: Act) -> None:
    """Record that the thing now exists, with all its values. Flushes, for the id is needed."""
    all_created([thing], by=by)


def all_created(things: Sequence[Base], *, by: Act) -> None:
    """The same for many, with one flush."""
    db.session.add_all(things)
    db.session.flush()  # the ids of the new things
    for thing in things:
        values = {
            column.key: getattr(thing, column.key)
            for column in inspect(type(thing)).column_attrs
            if column.key not in UNRECORDED and getattr(thing, column.key) is not None
        }
        _record(thing, "created", None, values, by=by, version=_version(thing))


def change(
    thing: Base, values: Mapping[str, object], *, by: Act, why: Why | None = None
) -> dict[str, tuple[object, object]]:
    """Set the fields that differ and record each; returns them as field → (old, new)."""
    differing = {
        field: (getattr(thing, field), new)
        for field, new in values.items()
        if getattr(thing, field) != new
    }
    for field, (old, new) in differing.items():
        setattr(thing, field, new)
        record(thing, field, old, new, by=by, why=why)
    return differing


def record(
    thing: Base, field: str, old: object, new: object, *, by: Act, why: Why | None = None
) -> None:
    """Record one change that is not, or not only, a column set (lists, trash, links).

    The thing gets a new version with it, so that a form opened before is known to be old.
    """
    if inspect(thing).persistent and not inspect(thing).modified:
        flag_modified(thing, "id")
    _record(thing, field, old, new, by=by, why=why, version=_version(thing) + 1)


def merged(thing: Base, values: Mapping[str, object], *, seen: int | None) -> dict[str, object]:
    """What to write of a form that was opened at version `seen`.

    A field the form left as it was keeps what others wrote meanwhile; a field that both changed,
    to different values, raises `StaleError` with (theirs, yours) for a person to choose.
    """
    if seen is None or _version(thing) == seen:
        return dict(values)
    before = _before(thing, seen)
    wanted = {
        field: value
        for field, value in values.items()
        if field not in before or encoded(value) != before[field]
    }
    conflicts = {
        field: (getattr(thing, field), value)
        for field, value in wanted.items()
        if field in before and getattr(thing, field) != value
    }
    if conflicts:
        kept = {field: getattr(thing, field) for field in values if field not in wanted}
        raise StaleError(conflicts, kept)
    return wanted


def as_seen(thing: Base, fields: Iterable[str], *, seen: int | None) -> None:
    """Refuse to judge what is no longer as it was shown at version `seen`."""
    before = {} if seen is None else _before(thing, seen)
    changed = {field: (getattr(thing, field), before[field]) for field in fields if field in before}
    if changed:
        raise StaleError(changed)


def merged_list(
    thing: Base, field: str, now: Sequence[Name], wanted: Sequence[Name], *, seen: int | None
) -> list[Name]:
    """The same for a list of ids or codes: what either side added or took away counts, never a
    conflict.
    """
    before = now if seen is None else _before(thing, seen).get(field, now)
    was: set[object] = set(before) if isinstance(before, Sequence) else set()
    kept: list[Name] = [id_ for id_ in wanted if id_ in now or id_ not in was]
    return [*kept, *(id_ for id_ in now if id_ not in was and id_ not in kept)]


def last(thing: Base, field: str) -> Sequence[Change]:
    """What was changed together with the field when it last changed."""
    return read.last(KINDS[type(thing)], _id(thing), field)


def decoded(thing: Base, change_: Change) -> object:
    """The old value of a change as its column holds it."""
    kind = inspect(type(thing)).columns[change_.field].type.python_type
    old = change_.old
    if kind is date and isinstance(old, str):
        return date.fromisoformat(old)
    return kind(old) if isinstance(old, str) else old


def _before(thing: Base, seen: int) -> dict[str, object]:
    """What the fields changed since version `seen` were at that version."""
    if _version(thing) == seen:
        return {}
    before: dict[str, object] = {}
    for change_ in read.since_version(KINDS[type(thing)], _id(thing), seen):
        before.setdefault(change_.field, change_.old)
    return before


def encoded(value: object) -> object:
    """A value as it is kept in JSON: dates as ISO text, enums by value, lists one by one."""
    match value:
        case Enum():
            return value.value
        case datetime() | date() | time():
            return value.isoformat()
        case Mapping():
            return {key: encoded(item) for key, item in value.items()}
        case list() | tuple() | set() | frozenset():
            return [encoded(item) for item in value]
    return value


def _record(
    thing: Base,
    field: str,
    old: object,
    new: object,
    *,
    by: Act,
    version: int | None,
    why: Why | None = None,
) -> None:
    change_ = Change(
        at=by.at,
        person_id=by.person_id,
        cause=by.cause,
        kind=KINDS[type(thing)],
        subject_id=_id(thing),
        group_id=thing.id if isinstance(thing, Group) else getattr(thing, "group_id", None),
        field=field,
        old=encoded(old),
        new=encoded(new),
        version=version,
        reason=why.reason if why else None,
        sentence=(why.sentence or None) if why else None,
        agreed_by=(why.agreed_by or None) if why else None,
    )
    db.session.add(change_)
    if isinstance(thing, Task | Milestone):
        moves.note(change_, thing, old, new, on=by.today)
        touch(thing)
        _confirm(thing, field, by)
        if field == "workstream_id" and isinstance(old, int):
            _touched().add(old)


def touch(thing: Task | Milestone) -> None:
    """Remember that its summary must be made anew before the commit (`services.summaries`)."""
    _touched().add(thing.workstream_id)


def _touched() -> set[int]:
    touched: set[int] = db.session.info.setdefault("touched_workstreams", set())
    return touched


def _confirm(thing: Task | Milestone, field: str, by: Act) -> None:
    """Whoever says where it stands or when it will be done has confirmed it."""
    if vouches(field, by.cause, by_person=by.person_id is not None):
        thing.confirmed_at = max(thing.confirmed_at or by.at, by.at)


def _version(thing: Base) -> int:
    return getattr(thing, "version", None) or 0


def _id(thing: Base) -> int:
    return int(getattr(thing, "id"))  # noqa: B009 - every table of KINDS has it, Base does not
