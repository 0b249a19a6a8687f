from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests import factories as make
from tests.services.acts import BY, changes_of
from tracker.errors import RuleViolationError, StaleError
from tracker.models import DecisionLink, DecisionState, OutboxItem
from tracker.services import decisions as do
from tracker.services.decisions import Answer, Question

TODAY, WANTED = BY.today, BY.today + timedelta(days=10)


@pytest.fixture
def stream(db_session, cast):
    return make.stream_of(db_session, cast)


@pytest.fixture
def by(cast):
    def act(role):
        return replace(BY, person_id=cast[role].person_id, cause="web")

    return act


@pytest.fixture
def asked(db_session, stream, cast):
    """A question with two options, for which a task and a milestone wait."""
    task, milestone = make.task(db_session, stream), make.milestone(db_session, stream)
    return Question(
        question=" Chọn phòng thử nghiệm nào? ",
        background="Hai nơi đều có năng lực.",
        options=("Viện 1", "Viện 2"),
        recommended=1,
        wanted_from_id=cast["director"].person_id,
        wanted_by=WANTED,
        stalls=(task, milestone),
    )


@pytest.fixture
def decision(db_session, stream, asked, by):
    made = do.ask(stream.group, asked, by=by("head"))
    db_session.flush()
    return made


def promised(session):
    rows = session.scalars(select(OutboxItem).order_by(OutboxItem.id))
    return [(row.kind, row.payload["person_id"]) for row in rows]


def linked(session, decision):
    links = session.scalars(
        select(DecisionLink).where(DecisionLink.decision_id == decision.id)
    ).all()
    return sorted((link.task_id is not None, link.task_id or link.milestone_id) for link in links)


def test_asking_gives_a_code_keeps_what_stalls_and_tells_the_director(
    db_session, decision, asked, cast
):
    task, milestone = asked.stalls

    assert (decision.code, decision.question) == ("HAL-Q1", "Chọn phòng thử nghiệm nào?")
    assert (decision.options, decision.recommended) == (["Viện 1", "Viện 2"], 1)
    assert linked(db_session, decision) == [(False, milestone.id), (True, task.id)]
    assert [(one.field, one.new) for one in changes_of(decision) if one.field == "stalls"] == [
        ("stalls", sorted((task.code, milestone.code)))
    ]
    assert promised(db_session) == [("mail.decision_wanted", cast["director"].person_id)]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"question": "  "}, "decision_empty"),
        ({"recommended": 2}, "decision_option_unknown"),
        ({"wanted_by": TODAY - timedelta(days=1)}, "decision_wanted_in_past"),
    ],
)
def test_what_is_no_question_is_refused(stream, asked, by, changed, code):
    with pytest.raises(RuleViolationError) as refused:
        do.ask(stream.group, replace(asked, **changed), by=by("head"))

    assert refused.value.code == code


def test_a_group_asks_for_its_own_plan_only(db_session, stream, asked, by):
    other = make.workstream(db_session, make.group(db_session, "ZET"))
    task = make.task(db_session, other)

    with pytest.raises(RuleViolationError) as refused:
        do.ask(stream.group, replace(asked, stalls=(task,)), by=by("head"))

    assert refused.value.code == "decision_of_other_group"


def test_an_answer_is_kept_with_who_decided_who_wrote_it_down_and_its_document(
    db_session, decision, asked, cast, by
):
    given = Answer(
        decided_on=TODAY,
        text=" Đồng ý. ",
        chosen=0,
        document_number="45/TB-TĐC",
        document_date=TODAY,
    )

    do.answer(decision, given, decided_by=cast["director"].person_id, by=by("secretary"), seen=1)
    db_session.flush()

    assert (decision.state, decision.answer, decision.chosen) == (
        DecisionState.ANSWERED,
        "Đồng ý.",
        0,
    )
    assert decision.decided_by_id == cast["director"].person_id
    assert decision.answered_by_id == cast["secretary"].person_id
    assert (decision.document_number, decision.document_date) == ("45/TB-TĐC", TODAY)
    assert [(one.field, one.new) for one in changes_of(asked.stalls[0])][-2:] == [
        ("awaits", "HAL-Q1"),
        ("decided", "HAL-Q1"),
    ]
    assert promised(db_session)[1:] == [("mail.decision_answered", cast["head"].person_id)]


def test_the_second_answer_changes_nothing(db_session, decision, cast, by):
    director = cast["director"].person_id
    do.answer(decision, Answer(decided_on=TODAY, chosen=0), decided_by=director, by=by("director"))
    db_session.flush()

    with pytest.raises(RuleViolationError) as refused:
        do.answer(
            decision, Answer(decided_on=TODAY, chosen=1), decided_by=director, by=by("director")
        )

    assert (refused.value.code, decision.chosen) == ("decision_settled", 0)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (Answer(decided_on=TODAY), "decision_answer_needed"),
        (Answer(decided_on=TODAY, chosen=2), "decision_option_unknown"),
        (Answer(decided_on=TODAY - timedelta(days=1), text="Có."), "decision_day_wrong"),
        (Answer(decided_on=TODAY + timedelta(days=1), text="Có."), "decision_day_wrong"),
        (
            Answer(decided_on=TODAY, text="Có.", document_number="45/TB"),
            "decision_document_half",
        ),
    ],
)
def test_what_is_no_answer_is_refused(decision, cast, by, given, code):
    with pytest.raises(RuleViolationError) as refused:
        do.answer(decision, given, decided_by=cast["director"].person_id, by=by("director"))

    assert refused.value.code == code


def test_an_answer_to_what_was_put_otherwise_meanwhile_is_none(
    db_session, decision, asked, cast, by
):
    do.edit(decision, replace(asked, options=("Viện 3", "Viện 2")), by=by("head"), seen=1)
    db_session.flush()

    with pytest.raises(StaleError) as refused:
        do.answer(
            decision,
            Answer(decided_on=TODAY, chosen=0),
            decided_by=cast["director"].person_id,
            by=by("director"),
            seen=1,
        )

    assert refused.value.conflicts == {"options": (["Viện 3", "Viện 2"], ["Viện 1", "Viện 2"])}
    assert decision.is_open


def test_the_document_may_follow_once(db_session, decision, cast, by):
    director = cast["director"].person_id
    do.answer(decision, Answer(decided_on=TODAY, text="Có."), decided_by=director, by=by("head"))
    do.add_document(decision, "46/TB-TĐC", date(2026, 11, 25), by=by("head"))

    with pytest.raises(RuleViolationError) as refused:
        do.add_document(decision, "47/TB-TĐC", date(2026, 11, 26), by=by("head"))

    assert refused.value.code == "decision_document_kept"
    assert decision.document_number == "46/TB-TĐC"


def test_putting_it_otherwise_keeps_what_others_linked_and_tells_another_director(
    db_session, decision, asked, stream, cast, by
):
    task, milestone = asked.stalls
    other = make.task(db_session, stream, "Ký hợp đồng")
    second = make.account(db_session, "Lê Thị Hai", email="hai@test.vn", is_director=True)
    seen = decision.version
    do.edit(decision, replace(asked, stalls=(task, milestone, other)), by=by("head"), seen=seen)
    db_session.flush()

    wanted = replace(asked, stalls=(task,), wanted_from_id=second.person_id)
    do.edit(decision, wanted, by=by("secretary"), seen=seen)
    db_session.flush()

    assert linked(db_session, decision) == sorted([(True, task.id), (True, other.id)])
    assert promised(db_session)[-1] == ("mail.decision_wanted", second.person_id)


def test_it_is_taken_back_with_a_reason_and_then_over(decision, asked, cast, by):
    with pytest.raises(RuleViolationError) as refused:
        do.withdraw(decision, " ", by=by("head"))
    do.withdraw(decision, "Bộ đã trả lời.", by=by("head"))

    assert refused.value.code == "decision_why_needed"
    assert (decision.state, decision.withdrawn_because) == (
        DecisionState.WITHDRAWN,
        "Bộ đã trả lời.",
    )
    with pytest.raises(RuleViolationError):
        do.edit(decision, asked, by=by("head"))
