"""What can be done with a question to a director: ask, put otherwise, answer, take back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import InstrumentedAttribute

from tracker.errors import RuleViolationError
from tracker.extensions import db
from tracker.lib.dates import format_date, local_day
from tracker.lib.text import nfc
from tracker.models import Decision, DecisionLink, DecisionState, Group, Milestone, Task
from tracker.services import history, notifications, numbering
from tracker.services.act import Act

Item = Task | Milestone
# What a person judges by who answers; a change of any of these has to be seen first.
JUDGED = ("question", "background", "options", "recommended")


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is asked of whom, by when, and what stalls until it is answered.

    `recommended` is the place of an option in `options`, from 0.
    """

    question: str
    wanted_from_id: int
    wanted_by: date
    background: str = ""
    options: tuple[str, ...] = ()
    recommended: int | None = None
    stalls: tuple[Item, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What was decided on a day: an option by its place, words, or both, and its document."""

    decided_on: date
    text: str = ""
    chosen: int | None = None
    document_number: str = ""
    document_date: date | None = None


def ask(group: Group, question: Question, *, by: Act) -> Decision:
    """Put a question to a director, who hears of it."""
    if question.wanted_by < by.today:
        raise RuleViolationError("decision_wanted_in_past")
    values = _values(question)
    _check_own(group.id, question.stalls)
    decision = Decision(
        group_id=group.id,
        code=numbering.next_code(group, numbering.DECISION),
        asked_by_id=by.person_id,
        asked_at=by.at,
        **values,
    )
    history.created(decision, by=by)
    _link(decision, [], question.stalls, by=by)
    notifications.announce_decision_wanted(decision, by=by)
    return decision


def edit(decision: Decision, question: Question, *, by: Act, seen: int | None = None) -> None:
    """Put the question otherwise while nobody has answered; another director asked hears of it."""
    _check_open(decision)
    values = history.merged(decision, _values(question), seen=seen)
    wanted_by = values.get("wanted_by", decision.wanted_by)
    if wanted_by != decision.wanted_by and question.wanted_by < by.today:
        raise RuleViolationError("decision_wanted_in_past")
    before = _linked(decision)
    _check_own(decision.group_id, [item for item in question.stalls if item not in before])
    codes = history.merged_list(
        decision, "stalls", _codes(before), _codes(question.stalls), seen=seen
    )
    stalls = {item.code: item for item in (*before, *question.stalls)}
    changed = history.change(decision, values, by=by)
    _link(decision, before, [stalls[code] for code in codes], by=by)
    if "wanted_from_id" in changed:
        notifications.announce_decision_wanted(decision, by=by)


def answer(
    decision: Decision, given: Answer, *, decided_by: int, by: Act, seen: int | None = None
) -> None:
    """Keep what a director decided; whoever asked hears of it.

    `decided_by` is the director, `by` who writes it down. What was asked must be as it was shown
    at version `seen`: an answer to another question is none.
    """
    _check_open(decision)
    _check_answer(decision, given, by=by)
    history.as_seen(decision, JUDGED, seen=seen)
    values: dict[str, object] = {
        "state": DecisionState.ANSWERED,
        "answer": nfc(given.text).strip(),
        "chosen": given.chosen,
        "decided_by_id": decided_by,
        "decided_on": given.decided_on,
        "answered_by_id": by.person_id,
        "answered_at": by.at,
    }
    history.change(decision, values, by=by)
    for item in _linked(decision):
        history.record(item, "decided", None, decision.code, by=by)
    if given.document_number or given.document_date:
        add_document(decision, given.document_number, given.document_date, by=by)
    notifications.announce_decision_answered(decision, by=by)


def add_document(decision: Decision, number: str, day: date | None, *, by: Act) -> None:
    """Write down the document that tells the answer; it is often numbered days later."""
    number = nfc(number).strip()
    if decision.document_number:
        raise RuleViolationError(
            "decision_document_kept", code=decision.code, number=decision.document_number
        )
    if not number or day is None:
        raise RuleViolationError("decision_document_half")
    history.change(decision, {"document_number": number, "document_date": day}, by=by)


def withdraw(decision: Decision, because: str, *, by: Act) -> None:
    """Take the question back before it is answered."""
    _check_open(decision)
    because = nfc(because).strip()
    if not because:
        raise RuleViolationError("decision_why_needed")
    values = {
        "state": DecisionState.WITHDRAWN,
        "withdrawn_because": because,
        "withdrawn_on": by.today,
    }
    history.change(decision, values, by=by)
    for item in _linked(decision):
        history.record(item, "awaits", decision.code, None, by=by)


# ---------------------------------------------------------------- checks


def _values(question: Question) -> dict[str, object]:
    """The columns of a question, checked."""
    asked = nfc(question.question).strip()
    if not asked:
        raise RuleViolationError("decision_empty")
    options = [nfc(option).strip() for option in question.options]
    if question.recommended is not None and not 0 <= question.recommended < len(options):
        raise RuleViolationError("decision_option_unknown")
    return {
        "question": asked,
        "background": nfc(question.background).strip(),
        "options": options,
        "recommended": question.recommended,
        "wanted_from_id": question.wanted_from_id,
        "wanted_by": question.wanted_by,
    }


def _check_open(decision: Decision) -> None:
    if not decision.is_open:
        raise RuleViolationError("decision_settled", code=decision.code)


def _check_answer(decision: Decision, given: Answer, *, by: Act) -> None:
    asked_on = local_day(decision.asked_at)
    if given.chosen is None and not given.text.strip():
        raise RuleViolationError("decision_answer_needed")
    if given.chosen is not None and not 0 <= given.chosen < len(decision.options):
        raise RuleViolationError("decision_option_unknown")
    if not asked_on <= given.decided_on <= by.today:
        raise RuleViolationError("decision_day_wrong", day=format_date(asked_on))
    if bool(given.document_number.strip()) != (given.document_date is not None):
        raise RuleViolationError("decision_document_half")


def _check_own(group_id: int, items: Sequence[Item]) -> None:
    """A group asks for its own plan, so that a question tells nothing of a restricted one."""
    for item in items:
        if item.group_id != group_id:
            raise RuleViolationError("decision_of_other_group", code=item.code)


# ---------------------------------------------------------------- what stalls


def _linked(decision: Decision) -> list[Item]:
    """Whatever is linked, also what is in the trash or went to another group."""
    links = db.session.scalars(
        select(DecisionLink).where(DecisionLink.decision_id == decision.id)
    ).all()
    tasks = select(Task).where(Task.id.in_([link.task_id for link in links if link.task_id]))
    milestones = select(Milestone).where(
        Milestone.id.in_([link.milestone_id for link in links if link.milestone_id])
    )
    return [*db.session.scalars(milestones), *db.session.scalars(tasks)]


def _link(decision: Decision, before: Sequence[Item], now: Sequence[Item], *, by: Act) -> None:
    """What stalls is told in the history of the items too, by the code of the question."""
    old, new = set(_codes(before)), set(_codes(now))
    if old == new:
        return
    for item in before:
        if item.code not in new:
            db.session.execute(
                delete(DecisionLink).where(
                    DecisionLink.decision_id == decision.id, _end(item) == item.id
                )
            )
            history.record(item, "awaits", decision.code, None, by=by)
    for item in {item.code: item for item in now if item.code not in old}.values():
        db.session.add(DecisionLink(decision_id=decision.id, **{_end(item).key: item.id}))
        history.record(item, "awaits", None, decision.code, by=by)
    history.record(decision, "stalls", sorted(old), sorted(new), by=by)


def _end(item: Item) -> InstrumentedAttribute[int | None]:
    return DecisionLink.task_id if isinstance(item, Task) else DecisionLink.milestone_id


def _codes(items: Sequence[Item]) -> list[str]:
    return [item.code for item in items]
