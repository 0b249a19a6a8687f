from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests import factories as make
from tests.services.acts import BY, changes_of
from tracker.errors import RuleViolationError
from tracker.lib.health import Health
from tracker.queries import declarations as read
from tracker.services import declarations as do

PLAN = "Đủ người, đúng kế hoạch."
RECOVERY = "Thuê thêm phòng thử nghiệm trước 15/12."


@pytest.fixture
def stream(db_session, cast):
    return make.stream_of(db_session, cast)


@pytest.fixture
def head(cast):
    return replace(BY, person_id=cast["head"].person_id, cause="web")


def is_late(session, stream):
    make.milestone(session, stream, baseline=date(2026, 11, 1))


def refused(call, *args, **kwargs):
    with pytest.raises(RuleViolationError) as error:
        call(*args, **kwargs)
    return error.value.code


def test_a_declaration_stands_beside_what_is_computed(db_session, stream, head, cast):
    make.milestone(db_session, stream, baseline=date(2026, 12, 15))
    made = do.declare(stream, Health.AT_RISK, sentence=" Thiếu mẫu chuẩn. ", by=head)
    db_session.commit()

    declared = read.current()[stream.id]
    assert declared == read.Declared(
        id=made.id,
        workstream_id=stream.id,
        health=Health.AT_RISK,
        computed=Health.NOT_STARTED,
        sentence="Thiếu mẫu chuẩn.",
        recovery="",
        by_name=cast["head"].name,
        at=head.at,
    )
    (change,) = changes_of(made)
    assert (change.kind, change.field, change.group_id) == (
        "declaration",
        "created",
        stream.group_id,
    )


def test_a_declaration_needs_a_sentence_and_says_when_it_is_better_than_the_plan(
    db_session, stream, head
):
    assert refused(do.declare, stream, Health.AT_RISK, sentence=" ", by=head) == (
        "declared_sentence_needed"
    )
    make.task(db_session, stream, due=date(2026, 11, 1))
    assert refused(do.declare, stream, Health.ON_TRACK, sentence=" ", by=head) == (
        "better_sentence_needed"
    )
    assert refused(do.declare, stream, Health.NO_PLAN, sentence="x", by=head) == (
        "declared_no_plan"
    )


def test_what_is_late_needs_a_recovery_line_to_be_declared_or_confirmed(db_session, stream, head):
    declared = do.declare(stream, Health.ON_TRACK, sentence=PLAN, by=head)
    assert refused(do.declare, stream, Health.LATE, sentence=PLAN, by=head) == "recovery_needed"

    is_late(db_session, stream)

    assert refused(do.declare, stream, Health.ON_TRACK, sentence=PLAN, by=head) == "recovery_needed"
    assert refused(do.confirm, stream, seen=declared.id, by=head) == "better_sentence_needed"
    late = do.declare(stream, Health.LATE, sentence=PLAN, recovery=RECOVERY, by=head)
    again = do.confirm(stream, seen=late.id, by=head)
    assert (again.health, again.recovery) == (Health.LATE, RECOVERY)


def test_still_true_says_the_same_again_of_what_was_seen(db_session, stream, head):
    assert refused(do.confirm, stream, seen=0, by=head) == "nothing_declared"
    first = do.declare(stream, Health.ON_TRACK, sentence=PLAN, by=head)
    later = replace(head, at=head.at + timedelta(days=30))

    second = do.confirm(stream, seen=first.id, by=later)

    assert (second.health, second.sentence, second.at) == (Health.ON_TRACK, PLAN, later.at)
    assert refused(do.confirm, stream, seen=first.id, by=later) == "declared_meanwhile"
    assert refused(do.declare, stream, Health.AT_RISK, sentence="x", by=later, seen=0) == (
        "declared_meanwhile"
    )
    assert [one.id for one in read.history(stream.id)] == [first.id, second.id]
