"""The questions put to directors for which a plan waits, and what was decided of late."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from tracker.extensions import db
from tracker.lib.dates import end_of_day_utc, format_date, local_day, start_of_day_utc
from tracker.models import Decision, DecisionLink, DecisionState, Group, Milestone, Person, Task
from tracker.queries.report_facts import QuestionFact
from tracker.queries.reports.rewind import Key
from tracker.queries.shapes import AnyRow, Query

OPEN = DecisionState.OPEN
Stalls = Mapping[int, Sequence[tuple[Key, str]]]


def told(
    group_ids: Sequence[int], first: date, day: date, within: Collection[Key] | None = None
) -> Sequence[QuestionFact]:
    """Those that waited at the end of the day, the longest first, then those settled since `first`.

    What was written down after the day is not known yet. One of the items `within`, if they are
    given, has to stall until the answer.
    """
    stalls = _stalls(group_ids)
    facts = [
        _fact(row, day, [code for _key, code in stalls.get(row[0].id, ())])
        for row in db.session.execute(_query(group_ids, first, day))
        if within is None or any(key in within for key, _code in stalls.get(row[0].id, ()))
    ]
    return sorted(facts, key=lambda fact: (fact.state != OPEN, fact.decided_on or date.min))


def _query(group_ids: Sequence[int], first: date, day: date) -> Query:
    wanted, asker, decider = (aliased(Person) for _ in range(3))
    return (
        select(
            Decision,
            Group.key,
            wanted.full_name.label("wanted_from"),
            func.coalesce(asker.full_name, "").label("asked_by"),
            func.coalesce(decider.full_name, "").label("decided_by"),
        )
        .join(Group, Group.id == Decision.group_id)
        .join(wanted, wanted.id == Decision.wanted_from_id)
        .outerjoin(asker, asker.id == Decision.asked_by_id)
        .outerjoin(decider, decider.id == Decision.decided_by_id)
        .where(
            Decision.group_id.in_(group_ids),
            Decision.asked_at <= end_of_day_utc(day),
            or_(
                Decision.state == OPEN,
                Decision.answered_at >= start_of_day_utc(first),
                Decision.withdrawn_on >= first,
            ),
        )
        .order_by(Decision.asked_at, Decision.id)
    )


def _fact(row: AnyRow, day: date, stalls: Iterable[str]) -> QuestionFact:
    decision: Decision = row[0]
    state = _state(decision, day)
    is_answered = state is DecisionState.ANSWERED
    settled_on = {
        DecisionState.OPEN: None,
        DecisionState.ANSWERED: decision.decided_on,
        DecisionState.WITHDRAWN: decision.withdrawn_on,
    }[state]
    why = decision.withdrawn_because or ""
    return QuestionFact(
        code=decision.code,
        question=decision.question,
        group=row.key,
        state=state.value,
        background=decision.background,
        options=tuple(decision.options),
        recommended=_option(decision, decision.recommended),
        wanted_from=row.wanted_from,
        wanted_by=decision.wanted_by,
        asked_by=row.asked_by,
        asked_on=local_day(decision.asked_at),
        answer=decision.answer if is_answered else why if state is not OPEN else "",
        chosen=_option(decision, decision.chosen) if is_answered else "",
        decided_by=row.decided_by if is_answered else "",
        decided_on=settled_on,
        known_on=_known_on(decision, state),
        document=_document(decision) if is_answered else "",
        stalls=tuple(stalls),
        is_overdue=state is OPEN and decision.wanted_by < day,
    )


def _state(decision: Decision, day: date) -> DecisionState:
    """What was known of it at the end of that day."""
    if decision.answered_at and decision.answered_at <= end_of_day_utc(day):
        return DecisionState.ANSWERED
    if decision.withdrawn_on and decision.withdrawn_on <= day:
        return DecisionState.WITHDRAWN
    return OPEN


def _known_on(decision: Decision, state: DecisionState) -> date | None:
    """The day on which it was written down what became of it."""
    if state is DecisionState.ANSWERED and decision.answered_at:
        return local_day(decision.answered_at)
    return decision.withdrawn_on if state is DecisionState.WITHDRAWN else None


def _option(decision: Decision, at: int | None) -> str:
    return decision.options[at] if at is not None else ""


def _document(decision: Decision) -> str:
    """As "489/QĐ-BKHCN (14/06/2024)"."""
    if not decision.document_number or decision.document_date is None:
        return decision.document_number or ""
    return f"{decision.document_number} ({format_date(decision.document_date)})"


def _stalls(group_ids: Sequence[int]) -> Stalls:
    """What each question holds up, by the order of the links."""
    found: dict[int, list[tuple[Key, str]]] = defaultdict(list)
    for row in db.session.execute(
        select(
            DecisionLink.decision_id,
            DecisionLink.task_id,
            DecisionLink.milestone_id,
            func.coalesce(Task.code, Milestone.code).label("code"),
        )
        .join(Decision, Decision.id == DecisionLink.decision_id)
        .outerjoin(Task, Task.id == DecisionLink.task_id)
        .outerjoin(Milestone, Milestone.id == DecisionLink.milestone_id)
        .where(Decision.group_id.in_(group_ids))
        .order_by(DecisionLink.decision_id, DecisionLink.id)
    ):
        key = ("task", row.task_id) if row.task_id else ("milestone", row.milestone_id)
        found[row.decision_id].append((key, row.code))
    return found
