"""What a row of a file says differently from the thing it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tracker.lib.dates import format_date
from tracker.lib.moves import is_move
from tracker.lib.plan_file import PlanRow, Problem
from tracker.models import Priority, Strand, TaskStatus
from tracker.queries.importing.matching import Place
from tracker.queries.importing.names import Named, NameKind, Names
from tracker.queries.importing.rows import FieldChange, Home
from tracker.queries.importing.standing import StandingMilestone, StandingTask

FULL = 100
MOVED = {"due", "forecast", "baseline"}
ENDED = {TaskStatus.DONE, TaskStatus.REVIEW}


@dataclass
class Difference:
    """Fields that would change, fields that stay although the file says otherwise, and remarks."""

    values: dict[str, object]
    kept: dict[str, object]
    problems: list[Problem]

    def changes(self, old: dict[str, object]) -> list[FieldChange]:
        """The fields that truly differ from what is there."""
        return [
            FieldChange(name, old[name], new, is_move=name in MOVED and is_move(name, old, new))
            for name, new in self.values.items()
            if old.get(name) != new
        ]

    def stays(self, old: dict[str, object]) -> list[FieldChange]:
        """What the file says and what is kept instead."""
        return [
            FieldChange(name, old[name], new)
            for name, new in self.kept.items()
            if old.get(name) != new
        ]


@dataclass(frozen=True)
class Reader:
    """What is needed to understand the rows of one sheet."""

    names: Names
    today: date
    may_add_people: bool
    has_status_column: bool


# ---------------------------------------------------------------- milestones


def of_milestone(
    place: Place, thing: StandingMilestone | None, before: PlanRow | None
) -> Difference:
    """Title and dates. The date of a milestone is its baseline and its forecast.

    A draft follows the file; once approved, the baseline stays and the forecast moves. A date
    that the file has not changed since it was last imported changes nothing.
    """
    row, found = place.row, Difference({}, {}, [])
    if row.status == TaskStatus.DONE or row.finished_on or row.progress == FULL:
        found.problems.append(place.problem("plan_milestone_done_left"))
    _tell(found, "title", row.title, before.title if before else None)
    day = row.due or row.forecast
    if thing is None:
        if day is not None:
            found.values |= {"baseline": day, "forecast": row.forecast or day}
        return found
    if thing.closed_on is not None:
        if {row.due, row.forecast} - {None, thing.baseline, thing.forecast, thing.closed_on}:
            found.problems.append(place.problem("plan_milestone_closed", code=thing.code))
        return found
    _move(found, row, thing, before)
    return found


def _move(
    found: Difference, row: PlanRow, thing: StandingMilestone, before: PlanRow | None
) -> None:
    is_old = before is not None and before.due == row.due
    is_back = before is not None and not is_old
    if row.due is not None and (row.due != thing.baseline or is_back):
        said = found.kept if is_old else found.values
        if not thing.is_approved:
            said["baseline"] = row.due
        if row.forecast is None and not (is_old and not thing.is_approved):
            said["forecast"] = row.due
    if row.forecast is not None:
        _tell(found, "forecast", row.forecast, before.forecast if before else None)


def old_of_milestone(thing: StandingMilestone) -> dict[str, object]:
    """The fields as they are."""
    return {"title": thing.title, "baseline": thing.baseline, "forecast": thing.forecast}


# ---------------------------------------------------------------- tasks


def of_task(
    place: Place, thing: StandingTask | None, before: PlanRow | None, reader: Reader
) -> Difference:
    """All that the row says of a task; what it does not say is left alone."""
    row, found = place.row, Difference({}, {}, [])
    for name, said in _plain(row):
        _tell(found, name, said, _said_before(before, name))
    _people(found, place, before, reader)
    _stand(found, place, thing, before, reader)
    return found


_NAMES = {"description": "note"}


def _plain(row: PlanRow) -> Iterable[tuple[str, object]]:
    yield "title", row.title
    yield "description", row.note
    for name in (
        *("assigning_document", "assigning_date", "assigning_item"),
        *("start", "due", "forecast", "result"),
    ):
        yield name, getattr(row, name)
    yield "priority", Priority(row.priority) if row.priority else None


def _said_before(before: PlanRow | None, name: str) -> object:
    if before is None:
        return None
    said = getattr(before, _NAMES.get(name, name))
    return Priority(said) if name == "priority" and said else said


def _tell(found: Difference, name: str, said: object, before: object) -> None:
    """Note a value, as kept where the file said the same when it was last imported."""
    if said is not None:
        (found.kept if said == before else found.values)[name] = said


def _people(found: Difference, place: Place, before: PlanRow | None, reader: Reader) -> None:
    for field, column, kind in (
        ("owner", "owner_id", NameKind.PERSON),
        ("lead_unit", "lead_unit_id", NameKind.UNIT),
    ):
        said = getattr(place.row, field)
        if said:
            meant = _meant(found, place, field, kind, said, reader)
            if meant is not None:
                is_old = before is not None and getattr(before, field) == said
                (found.kept if is_old else found.values)[column] = meant
    for field, column, kind in (
        ("cooperating_units", "cooperating_unit_ids", NameKind.UNIT),
        ("participants", "participant_ids", NameKind.PERSON),
    ):
        several = getattr(place.row, field)
        if several:
            all_meant = [_meant(found, place, field, kind, said, reader) for said in several]
            meant_ones = tuple(dict.fromkeys(one for one in all_meant if one is not None))
            if kind is NameKind.PERSON:
                meant_ones = _in_order(meant_ones)
            is_old = before is not None and getattr(before, field) == several
            if meant_ones:
                (found.kept if is_old else found.values)[column] = meant_ones


def _meant(
    found: Difference, place: Place, field: str, kind: NameKind, said: str, reader: Reader
) -> Named | None:
    meant = reader.names.meant(kind, said)
    if meant is None:
        found.problems.append(place.problem("plan_name_left_empty", field, value=said))
    elif meant.id is None and not reader.may_add_people:
        found.problems.append(place.problem("plan_name_may_not_be_added", field, value=said))
        return None
    return meant


def _stand(
    found: Difference,
    place: Place,
    thing: StandingTask | None,
    before: PlanRow | None,
    reader: Reader,
) -> None:
    """Status, progress and the day of finishing, which belong together."""
    row = place.row
    if thing is not None and row.status is None and row.progress is None:
        return
    said = _status(row, thing, has_column=reader.has_status_column)
    old = thing.status if thing else TaskStatus.TODO
    is_old = before is not None and _is_the_same(row, before)
    status = said if said is not None and not is_old else old
    target = found.values
    if is_old:
        found.kept |= _as_said(row, said)
        return
    target["status"] = status
    progress = row.progress if row.progress is not None else thing.progress if thing else 0
    if status in ENDED:
        _end(found, place, thing, status, reader.today)
        return
    if row.finished_on is not None:
        found.problems.append(place.problem("plan_finished_left", "finished_on"))
    if progress == FULL and old in ENDED and row.progress is None:
        progress = 0 if status is TaskStatus.TODO else FULL - 1
    target |= {"progress": progress, "finished_on": None, "submitted_on": None}


def _end(
    found: Difference,
    place: Place,
    thing: StandingTask | None,
    status: TaskStatus,
    today: date,
) -> None:
    """Finished, or handed in: everything is done, on the day the file says, else today.

    "The day it was set" is the day of the import: a day left out must not make a late task
    look as finished in time.
    """
    day = place.row.finished_on or (thing.submitted_on if thing else None)
    day = day or (thing.finished_on if thing else None)
    found.values |= {"progress": FULL, "submitted_on": day or today}
    found.values["finished_on"] = (day or today) if status is TaskStatus.DONE else None
    if status is TaskStatus.DONE and day is None:
        found.problems.append(place.problem("plan_finished_today", day=format_date(today)))


def _is_the_same(row: PlanRow, before: PlanRow) -> bool:
    return (row.status, row.progress, row.finished_on) == (
        before.status,
        before.progress,
        before.finished_on,
    )


def _as_said(row: PlanRow, status: TaskStatus | None) -> dict[str, object]:
    """What the file still says, to show what is kept instead."""
    said: dict[str, object] = {"status": status} if status else {}
    if row.progress is not None and status not in ENDED:
        said["progress"] = row.progress
    return said


def _status(row: PlanRow, thing: StandingTask | None, *, has_column: bool) -> TaskStatus | None:
    """The status the row speaks of. One that only follows from the share says little.

    45 % is "being done" for a task that had not begun or was finished, yet a task that is blocked
    stays so.
    """
    if row.status is None:
        return None
    status = TaskStatus(row.status)
    if has_column or thing is None or status is TaskStatus.DONE:
        return status
    if status is TaskStatus.DOING:
        return status if thing.status in {TaskStatus.TODO, TaskStatus.DONE} else None
    begun = thing.status in {TaskStatus.DOING, TaskStatus.DONE}
    return status if begun and thing.progress else None


def old_of_task(thing: StandingTask, names: Names, homes: dict[int, Home]) -> dict[str, object]:
    """The fields as they are, in the words of the comparison."""
    plain = (
        *("title", "description", "assigning_document", "assigning_date", "assigning_item"),
        *("start", "due", "forecast", "finished_on", "submitted_on", "result", "progress"),
        *("priority", "status", "position"),
    )
    return {
        **{name: getattr(thing, name) for name in plain},
        "owner_id": names.stored(NameKind.PERSON, thing.owner_id),
        "lead_unit_id": names.stored(NameKind.UNIT, thing.lead_unit_id),
        "cooperating_unit_ids": tuple(
            named
            for id_ in thing.cooperating_unit_ids
            if (named := names.stored(NameKind.UNIT, id_))
        ),
        "participant_ids": _in_order(
            named for id_ in thing.participant_ids if (named := names.stored(NameKind.PERSON, id_))
        ),
        "milestone_id": homes.get(thing.milestone_id) if thing.milestone_id else None,
        "workstream_id": thing.strand,
    }


def _in_order(persons: Iterable[Named]) -> tuple[Named, ...]:
    """Who shares a task has no order of its own."""
    return tuple(sorted(persons, key=lambda named: (named.id or 0, named.key)))


def moved_home(
    row: PlanRow, home: Home | None, before: PlanRow | None, strands: tuple[Strand, Strand]
) -> dict[str, object]:
    """Where the file puts the task, where it says so; `strands` are the stored one and its own."""
    if before is not None and (before.milestone, before.strand) == (row.milestone, row.strand):
        return {}
    stored, strand = strands
    if home is None and strand == stored:
        return {}
    return {"workstream_id": strand, "milestone_id": home}
