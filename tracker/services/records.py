"""Taking records from outside into the register of a group; what is there already is followed."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import delete, select

from tracker.errors import RuleViolationError
from tracker.extensions import db
from tracker.lib import codes
from tracker.lib.iso_records import Problem, Record
from tracker.lib.stages import standing
from tracker.models import (
    Deliverable,
    DeliverableImport,
    DeliverableKind,
    Group,
    StageMove,
    Workstream,
)
from tracker.queries import deliverables as read_deliverables
from tracker.queries import records as read
from tracker.queries.records import Compared, Outcome
from tracker.services import deliverables, history, numbering, search
from tracker.services.act import Act

NOTE = "ISO Open Data"
PUBLISHED = "60.60"
# More of one file are for the command line: a preview of them would tell nobody anything.
MOST_ROWS = 2000
MOST_PROBLEMS = 200
DRAFTS_LAST = timedelta(days=30)


@dataclass
class Taken:
    """How many records became what, and what was wrong with those left out."""

    counts: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)


def take(
    records: Sequence[Record], workstream: Workstream, kind: DeliverableKind, *, by: Act
) -> Taken:
    """Add the new ones to the workstream and follow what changed of the others."""
    compared = read.compare(records, workstream.group_id, kind)
    _add([one for one in compared if one.outcome is Outcome.NEW], workstream, kind, by=by)
    for one in compared:
        if one.outcome is Outcome.CHANGED and one.deliverable is not None:
            _follow(one, one.deliverable, by=by)
    return Taken(
        Counter(one.outcome.value for one in compared),
        [one.problem for one in compared if one.problem],
    )


def draft(
    found: Sequence[Record | Problem],
    workstream: Workstream,
    kind: DeliverableKind,
    file_name: str,
    *,
    by: Act,
) -> DeliverableImport:
    """Keep what of a file is wanted, to be looked at before it is taken."""
    rows = [one for one in found if isinstance(one, Record)]
    problems = [one for one in found if isinstance(one, Problem)]
    if not found:
        raise RuleViolationError("records_none")
    if len(rows) > MOST_ROWS:
        raise RuleViolationError("records_too_many", number=len(rows), limit=MOST_ROWS)
    draft_ = DeliverableImport(
        group_id=workstream.group_id,
        workstream_id=workstream.id,
        kind_id=kind.id,
        file_name=file_name,
        rows=[row.to_json() for row in rows],
        problems=[_kept(one) for one in problems[:MOST_PROBLEMS]],
        counts={"unreadable": len(problems)},
        person_id=by.person_id,
        created_at=by.at,
    )
    db.session.add(draft_)
    db.session.flush()  # its id is its address
    return draft_


def apply(import_: DeliverableImport, *, by: Act) -> Taken:
    """Take what was looked at; what is kept of the file goes with it."""
    _check_draft(import_)
    rows = [Record.from_json(row) for row in import_.rows]
    cause = Act(person_id=by.person_id, at=by.at, cause=f"records:{import_.id}")
    taken = take(rows, import_.workstream, import_.kind, by=cause)
    import_.counts = {**import_.counts, **taken.counts}
    import_.state, import_.rows = "applied", []
    return taken


def discard(import_: DeliverableImport) -> None:
    """Forget what was read of the file."""
    _check_draft(import_)
    import_.state, import_.rows = "discarded", []


def forget_drafts(*, at: datetime) -> int:
    """Throw away drafts that nobody took or discarded within 30 days; returns how many."""
    old = DeliverableImport.state == "draft", DeliverableImport.created_at < at - DRAFTS_LAST
    forgotten = db.session.scalars(select(DeliverableImport.id).where(*old)).all()
    db.session.execute(delete(DeliverableImport).where(DeliverableImport.id.in_(forgotten)))
    return len(forgotten)


def _check_draft(import_: DeliverableImport) -> None:
    if import_.state != "draft":
        raise RuleViolationError("import_not_draft")


def _kept(problem: Problem) -> dict[str, object]:
    return {"line": problem.line, "code": problem.code, "values": dict(problem.values)}


def _add(
    new: Sequence[Compared], workstream: Workstream, kind: DeliverableKind, *, by: Act
) -> None:
    """All at once: one statement a table, however many there are."""
    if not new:
        return
    group = db.session.get_one(Group, workstream.group_id)
    first = numbering.reserve(group, numbering.DELIVERABLE, len(new))
    made = [
        _deliverable(one, codes.deliverable_code(group.key, number), workstream, kind, by=by)
        for number, one in enumerate(new, first)
    ]
    history.all_created(made, by=by)
    search.index_new(made)
    db.session.add_all(
        StageMove(
            deliverable_id=deliverable.id,
            stage_id=deliverable.stage_id,
            on=deliverable.stage_on,
            note=NOTE,
            person_id=by.person_id,
            at=by.at,
        )
        for deliverable in made
        if deliverable.stage_id
    )


def _deliverable(
    one: Compared, code: str, workstream: Workstream, kind: DeliverableKind, *, by: Act
) -> Deliverable:
    made = Deliverable(
        group_id=workstream.group_id,
        workstream_id=workstream.id,
        kind_id=kind.id,
        code=code,
        stage_id=one.stage.id if one.stage else None,
        stage_on=_day(one, None, by.today),
        iteration=1,
        note="",
        created_by_id=by.person_id,
        created_at=by.at,
        **one.values,
    )
    made.folded = search.folded_of(made)
    return made


def _follow(one: Compared, deliverable: Deliverable, *, by: Act) -> None:
    if one.values:
        deliverables.edit(deliverable, one.values, by=by)
    if one.stage:
        days = [move.on for move in standing(read_deliverables.moves(deliverable)) if move.on]
        on = _day(one, max(days, default=None), by.today)
        deliverables.enter(deliverable, one.stage, by=by, on=on, note=NOTE)


def _day(one: Compared, last: date | None, today: date) -> date | None:
    """The day of publication, if that is the stage; of other stages the record knows no day."""
    day = one.record.published
    if one.stage is None or one.stage.code != PUBLISHED or day is None or day > today:
        return None
    return None if last is not None and day < last else day
