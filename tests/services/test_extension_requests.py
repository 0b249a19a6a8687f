from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests import factories as make
from tests.services.acts import BY, changes_of
from tracker.errors import RuleViolationError
from tracker.models import (
    DateMove,
    ExtensionRequest,
    ExtensionState,
    MoveReason,
    OutboxItem,
    TaskStatus,
)
from tracker.services import extension_requests as do
from tracker.services import notifications, tasks, trash
from tracker.services.act import Why

DUE, LATER = date(2026, 12, 1), date(2026, 12, 15)
WHY = Why(reason=MoveReason.BUDGET, sentence=" Chưa có dự toán. ")


@pytest.fixture
def stream(db_session, cast):
    return make.stream_of(db_session, cast)


@pytest.fixture
def task(db_session, stream):
    return make.task(db_session, stream, due=DUE)


@pytest.fixture
def by(cast):
    def act(role):
        return replace(BY, person_id=cast[role].person_id, cause="web")

    return act


def promised(session):
    rows = session.scalars(select(OutboxItem).order_by(OutboxItem.id))
    return [(row.kind, row.payload["person_id"]) for row in rows]


def test_asking_leaves_the_date_and_keeps_why(db_session, task, by, cast):
    request = do.ask(task, LATER, why=WHY, by=by("member"))

    assert (task.due, request.old_day, request.new_day) == (DUE, DUE, LATER)
    assert (request.reason, request.sentence) == (MoveReason.BUDGET, "Chưa có dự toán.")
    assert request.asked_by_id == cast["member"].person_id
    assert [change.field for change in changes_of(request)] == ["created"]


def test_granting_moves_the_date_with_the_reason_and_who_agreed(db_session, task, by, cast):
    request = do.ask(task, LATER, why=WHY, by=by("member"))

    do.answer(request, grant=True, sentence=" Đồng ý. ", by=by("head"))
    db_session.flush()

    assert (task.due, request.state, request.answer) == (
        LATER,
        ExtensionState.GRANTED,
        "Đồng ý.",
    )
    (moved,) = changes_of(task)
    assert (moved.reason, moved.sentence, moved.agreed_by, moved.cause) == (
        MoveReason.BUDGET,
        "Chưa có dự toán.",
        cast["head"].name,
        f"extension:{request.id}",
    )
    (move,) = db_session.scalars(select(DateMove))
    assert (move.field, move.from_day, move.to_day, move.days) == ("due", DUE, LATER, 14)


def test_a_milestone_moves_its_forecast_and_keeps_what_was_approved(db_session, stream, by):
    milestone = make.milestone(db_session, stream, baseline=DUE)
    request = do.ask(milestone, LATER, why=WHY, by=by("member"))

    do.answer(request, grant=True, sentence="Đồng ý.", by=by("director"))

    assert (milestone.baseline, milestone.forecast) == (DUE, LATER)


def test_a_refusal_and_a_withdrawal_leave_the_date(db_session, task, by):
    refused = do.ask(task, LATER, why=WHY, by=by("member"))
    do.answer(refused, grant=False, sentence="Không.", by=by("head"))
    taken_back = do.ask(task, LATER, why=WHY, by=by("member"))
    do.withdraw(taken_back, by=by("member"))

    assert task.due == DUE
    assert (refused.state, taken_back.state) == (
        ExtensionState.REFUSED,
        ExtensionState.WITHDRAWN,
    )
    assert {change.field for change in changes_of(refused)} == {
        "created",
        "state",
        "answer",
        "answered_by_id",
        "answered_at",
    }


@pytest.mark.parametrize(
    ("day", "why", "code"),
    [
        (DUE, WHY, "extension_not_later"),
        (date(2101, 1, 1), WHY, "outside_years"),
        (LATER, None, "reason_needed"),
        (LATER, Why(reason=MoveReason.BUDGET, sentence=" "), "extension_why_needed"),
    ],
)
def test_what_may_not_be_asked(db_session, task, by, day, why, code):
    with pytest.raises(RuleViolationError, match=code):
        do.ask(task, day, why=why, by=by("member"))


def test_one_request_of_an_item_waits_at_a_time(db_session, task, by):
    do.ask(task, LATER, why=WHY, by=by("member"))

    with pytest.raises(RuleViolationError, match="extension_open"):
        do.ask(task, date(2027, 1, 1), why=WHY, by=by("secretary"))


def test_nothing_is_asked_of_what_has_ended_or_has_no_date(db_session, stream, by):
    done = make.task(db_session, stream, due=DUE, status=TaskStatus.DONE)
    undated = make.task(db_session, stream)
    closed = make.milestone(db_session, stream, forecast=DUE, closed_on=DUE)

    for thing, code in (
        (done, "extension_of_finished"),
        (closed, "extension_of_finished"),
        (undated, "extension_without_date"),
    ):
        with pytest.raises(RuleViolationError, match=code):
            do.ask(thing, LATER, why=WHY, by=by("member"))


def test_an_answer_needs_a_sentence_and_is_given_once(db_session, task, by):
    request = do.ask(task, LATER, why=WHY, by=by("member"))
    with pytest.raises(RuleViolationError, match="extension_answer_needed"):
        do.answer(request, grant=True, sentence=" ", by=by("head"))
    do.answer(request, grant=False, sentence="Không.", by=by("head"))

    for again in (
        lambda: do.answer(request, grant=True, sentence="Có.", by=by("deputy")),
        lambda: do.withdraw(request, by=by("member")),
    ):
        with pytest.raises(RuleViolationError, match="extension_settled"):
            again()


def test_a_date_that_was_moved_further_meanwhile_is_not_moved_back(db_session, task, by):
    request = do.ask(task, LATER, why=WHY, by=by("member"))
    tasks.move_due(task, date(2027, 1, 1), why=WHY, by=by("head"))

    with pytest.raises(RuleViolationError, match="extension_overtaken"):
        do.answer(request, grant=True, sentence="Đồng ý.", by=by("head"))


def test_those_who_lead_hear_of_it_and_then_who_asked(db_session, task, by, cast):
    leads = sorted(cast[role].person_id for role in ("head", "deputy", "secretary"))
    request = do.ask(task, LATER, why=WHY, by=by("member"))
    assert promised(db_session) == [(notifications.EXTENSION_ASKED, who) for who in leads]

    do.answer(request, grant=False, sentence="Không.", by=by("head"))

    answered = (notifications.EXTENSION_ANSWERED, cast["member"].person_id)
    assert promised(db_session)[-1] == answered


def test_of_a_milestone_the_directors_hear_too(db_session, stream, by, cast):
    do.ask(make.milestone(db_session, stream, forecast=DUE), LATER, why=WHY, by=by("member"))

    told = {who for _, who in promised(db_session)}
    assert told == {cast[role].person_id for role in ("head", "deputy", "secretary", "director")}


def test_the_demo_writes_no_letters(db_session, task, by):
    do.ask(task, LATER, why=WHY, by=replace(by("member"), cause="demo"))

    assert promised(db_session) == []


def test_what_is_purged_takes_its_requests_along_and_leaves_its_moves(db_session, task, by):
    do.answer(
        do.ask(task, LATER, why=WHY, by=by("member")), grant=True, sentence="Được.", by=by("head")
    )
    trash.throw_away(task, by=BY)
    db_session.commit()

    trash.purge(by=replace(BY, at=BY.at + timedelta(days=31)))
    db_session.commit()

    assert db_session.scalars(select(ExtensionRequest)).all() == []
    assert [move.days for move in db_session.scalars(select(DateMove))] == [14]
