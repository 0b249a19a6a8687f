"""Asking for an extension of an approved date, and answering: the only way round a reason alone."""

from dataclasses import replace
from datetime import date

from tracker.errors import RuleViolationError
from tracker.extensions import db
from tracker.lib.dates import format_date
from tracker.models import ExtensionRequest, ExtensionState, Milestone, Person, Task
from tracker.queries import extension_requests as read
from tracker.services import history, milestones, notifications, tasks
from tracker.services.act import Act, Why


def ask(item: Task | Milestone, day: date, *, why: Why | None, by: Act) -> ExtensionRequest:
    """Ask that the due date of a task, or the forecast of a milestone, be moved to a later day."""
    stands = _check_askable(item)
    if not tasks.EARLIEST <= day <= tasks.LATEST:
        raise RuleViolationError("outside_years")
    if day <= stands:
        raise RuleViolationError("extension_not_later", day=format_date(stands))
    if why is None:
        raise RuleViolationError("reason_needed")
    if not why.sentence.strip():
        raise RuleViolationError("extension_why_needed")
    if read.open_of(item) is not None:
        raise RuleViolationError("extension_open", code=item.code)
    request = ExtensionRequest(
        task_id=item.id if isinstance(item, Task) else None,
        milestone_id=item.id if isinstance(item, Milestone) else None,
        old_day=stands,
        new_day=day,
        reason=why.reason,
        sentence=why.sentence.strip(),
        asked_by_id=by.person_id,
        asked_at=by.at,
    )
    history.created(request, by=by)
    notifications.announce_extension_asked(request, item, by=by)
    return request


def answer(request: ExtensionRequest, *, grant: bool, sentence: str, by: Act) -> None:
    """Grant, which moves the date with the reason that was given, or refuse."""
    _check_open(request)
    if not sentence.strip():
        raise RuleViolationError("extension_answer_needed")
    if grant:
        _move(request, by=by)
    state = ExtensionState.GRANTED if grant else ExtensionState.REFUSED
    _settle(request, state, sentence.strip(), by=by)
    notifications.announce_extension_answered(request, by=by)


def why(request: ExtensionRequest, *, by: Act) -> Why:
    """Why the date moves once it is granted: as was asked; who grants it agrees."""
    person = db.session.get(Person, by.person_id) if by.person_id else None
    return Why(
        reason=request.reason,
        sentence=request.sentence,
        agreed_by=person.full_name if person else "",
    )


def withdraw(request: ExtensionRequest, *, by: Act) -> None:
    """Take it back before it is answered."""
    _check_open(request)
    _settle(request, ExtensionState.WITHDRAWN, None, by=by)


def _check_askable(item: Task | Milestone) -> date:
    """The date as it stands, of an item that has one and has not ended."""
    ended = item.closed_on is not None if isinstance(item, Milestone) else not item.status.is_open
    if ended:
        raise RuleViolationError("extension_of_finished", code=item.code)
    stands = read.stands(item)
    if stands is None:
        raise RuleViolationError("extension_without_date", code=item.code)
    return stands


def _check_open(request: ExtensionRequest) -> None:
    if not request.is_open:
        raise RuleViolationError("extension_settled")


def _move(request: ExtensionRequest, *, by: Act) -> None:
    """Move the date as the one who answers would; the change names the request as its cause."""
    item = request.item
    stands = _check_askable(item)
    if request.new_day <= stands:
        raise RuleViolationError("extension_overtaken", day=format_date(stands))
    why_ = why(request, by=by)
    cause = replace(by, cause=f"extension:{request.id}")
    if isinstance(item, Task):
        tasks.move_due(item, request.new_day, why=why_, by=cause)
    else:
        milestones.move_forecast(item, request.new_day, why=why_, by=cause)


def _settle(
    request: ExtensionRequest, state: ExtensionState, sentence: str | None, *, by: Act
) -> None:
    values = {
        "state": state,
        "answer": sentence,
        "answered_by_id": by.person_id,
        "answered_at": by.at,
    }
    history.change(request, values, by=by)
