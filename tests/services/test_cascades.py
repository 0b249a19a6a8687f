from datetime import date

import pytest

from tests import factories as make
from tests.services.acts import BY, changes_of
from tracker.errors import RuleViolationError
from tracker.models import MoveReason, OutboxItem, Strand
from tracker.policies.actor import Actor
from tracker.queries import cascades as read
from tracker.services import cascades as do
from tracker.services.act import Act, Why

DAY, LATER = date(2026, 12, 1), date(2026, 12, 8)
WHY = Why(reason=MoveReason.BUDGET, sentence="chờ dự toán", agreed_by="Vũ Đình Đức")
ADMINISTRATOR = Actor(person_id=1, person_name="x", is_administrator=True)
OUTSIDER = Actor(person_id=1, person_name="x")


@pytest.fixture
def stream(db_session):
    return make.whole_group(db_session)[1][Strand.STANDARDS]


@pytest.fixture
def pair(db_session, stream):
    first, second = (
        make.milestone(db_session, stream, baseline=DAY, forecast=DAY) for _ in range(2)
    )
    make.link(db_session, first, second)
    return first, second


def push(first, *, to=LATER, actor=ADMINISTRATOR, by=BY, why=WHY, **options):
    do.push(first, read.of(actor, first, to), why=why, by=by, **options)


def test_a_push_is_recorded_with_reason_sentence_agreement_and_cause(pair):
    first, second = pair

    push(first)

    (change,) = changes_of(second)
    assert (change.field, change.old, change.new) == ("forecast", "2026-12-01", "2026-12-08")
    assert (change.cause, change.reason) == ("cascade:ION-M1", MoveReason.BUDGET)
    assert (change.sentence, change.agreed_by) == ("ION-M1: chờ dự toán", "Vũ Đình Đức")
    assert (change.at, change.person_id) == (BY.at, BY.person_id)


def test_without_a_sentence_the_mover_is_named_all_the_same(pair):
    push(pair[0], why=Why(reason=MoveReason.BUDGET))

    assert changes_of(pair[1])[0].sentence == "ION-M1"


def test_nothing_is_pushed_twice(pair):
    push(pair[0])
    push(pair[0])

    assert len(changes_of(pair[1])) == 1


def test_a_mover_of_a_restricted_group_is_named_to_nobody_else(db_session, stream):
    _, streams = make.whole_group(db_session, "SEC", "Mật", is_restricted=True)
    secret, inside = (
        make.milestone(db_session, streams[Strand.STANDARDS], forecast=DAY) for _ in range(2)
    )
    outside = make.milestone(db_session, stream, forecast=DAY)
    make.link(db_session, secret, inside)
    make.link(db_session, secret, outside)

    push(secret)

    assert [(c.cause, c.sentence) for c in changes_of(outside)] == [("cascade", "chờ dự toán")]
    assert [c.cause for c in changes_of(inside)] == ["cascade:SEC-M1"]


def test_a_mover_may_leave_the_rest_as_it_is(pair):
    push(pair[0], moves_along=False)

    assert changes_of(pair[1]) == []


def test_what_the_mover_may_not_move_stays(pair):
    push(pair[0], actor=OUTSIDER)

    assert changes_of(pair[1]) == []


@pytest.mark.parametrize(
    ("options", "code"),
    [({"why": None}, "reason_needed"), ({"to": date(2100, 12, 31)}, "outside_years")],
)
def test_a_push_needs_a_reason_and_a_year_that_is_meant(db_session, pair, options, code):
    for link in read.dependencies.of_any({("milestone", pair[0].id)}):
        link.lag = 5
    db_session.flush()

    with pytest.raises(RuleViolationError, match=code):
        push(pair[0], **options)


@pytest.mark.parametrize(("cause", "told"), [("web", 1), ("demo", 0)])
def test_the_owner_of_a_pushed_task_hears_of_it_but_of_a_story(
    db_session, cast, pair, stream, cause, told
):
    task = make.task(db_session, stream, due=DAY, owner_id=cast["member"].person_id)
    make.link(db_session, pair[1], task)

    push(pair[0], by=Act(person_id=cast["head"].person_id, at=BY.at, cause=cause))

    assert db_session.query(OutboxItem).filter_by(kind="mail.pushed").count() == told
