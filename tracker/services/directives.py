"""What can be done with a directive: give one, recall it, give it again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.errors import RuleViolationError
from tracker.extensions import db
from tracker.lib.dates import format_date
from tracker.models import Directive, Milestone, Person, Priority, Task, TaskStatus, Workstream
from tracker.services import history, notifications, tasks
from tracker.services.act import Act


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a director wants done. The document is where it is written, a conclusion of a meeting
    included; without one the director's word is the source.
    """

    workstream: Workstream
    title: str
    due: date
    milestone: Milestone | None = None
    description: str = ""
    result: str | None = None
    start: date | None = None
    owner_id: int | None = None
    lead_unit_id: int | None = None
    cooperating_unit_ids: Sequence[int] = ()
    priority: Priority = Priority.NORMAL
    assigning_document: str | None = None
    assigning_date: date | None = None
    assigning_item: str | None = None


def give(wanted: Wanted, *, given_by: int, by: Act) -> Task:
    """Add the task with its source. `given_by` is the director, `by` whoever wrote it down.

    Somebody must answer for it: a person, or a unit that is still to name one.
    """
    if wanted.owner_id is None and wanted.lead_unit_id is None:
        raise RuleViolationError("directive_to_nobody")
    if wanted.due < by.today:
        raise RuleViolationError("directive_due_past", day=format_date(wanted.due))
    task = tasks.create(
        wanted.workstream,
        wanted.title,
        by=by,
        milestone=wanted.milestone,
        description=wanted.description,
        result=wanted.result,
        owner_id=wanted.owner_id,
        lead_unit_id=wanted.lead_unit_id or _unit_of(wanted.owner_id),
        cooperating_unit_ids=list(wanted.cooperating_unit_ids),
        priority=wanted.priority,
        start=wanted.start,
        due=wanted.due,
        assigning_document=wanted.assigning_document,
        assigning_date=wanted.assigning_date,
        assigning_item=wanted.assigning_item,
    )
    history.created(Directive(task_id=task.id, given_by_id=given_by, given_at=by.at), by=by)
    if task.owner_id is None:
        notifications.announce_person_wanted(task, by=by)
    return task


def recall(directive: Directive, task: Task, sentence: str, *, by: Act) -> None:
    """Take it back with a word why: its task is dropped, and stays in sight as that."""
    if not task.status.is_open:
        raise RuleViolationError("directive_ended", code=task.code)
    if not sentence.strip():
        raise RuleViolationError("directive_why_needed")
    tasks.change_status(task, TaskStatus.DROPPED, by=by)
    values = {"recalled_at": by.at, "recalled_why": sentence.strip()}
    history.change(directive, values, by=by)


def give_again(directive: Directive, task: Task, *, by: Act) -> None:
    """Let a recalled one stand as before; work that had begun goes on."""
    if not directive.is_recalled(task):
        raise RuleViolationError("directive_not_recalled", code=task.code)
    status = TaskStatus.DOING if task.progress else TaskStatus.TODO
    tasks.change_status(task, status, by=by)
    history.change(directive, {"recalled_at": None, "recalled_why": None}, by=by)


def _unit_of(person_id: int | None) -> int | None:
    """The unit of the person, which leads where none was named."""
    person = db.session.get(Person, person_id) if person_id else None
    return person.unit_id if person else None
