from datetime import timedelta

import pytest

from tests import factories
from tests import meetings as make
from tests.meetings import TODAY
from tracker.models import Directive, EntryKind, Strand, Task
from tracker.policies.actor import Actor
from tracker.queries import meeting_entries as read
from tracker.queries import meetings, minutes
from tracker.services import directives

LEADER = Actor(person_id=10**6, person_name="Sếp", is_director=True)
STRANGER = Actor(person_id=10**6, person_name="Người lạ")


@pytest.fixture
def meeting(db_session, cast):
    return make.running(cast)


@pytest.fixture
def stream(db_session, cast):
    return factories.stream_of(db_session, cast)


@pytest.fixture
def secret(db_session, cast):
    return factories.stream_of(db_session, cast, "SOL", Strand.STANDARDS)


def test_what_is_about_a_hidden_group_is_left_out(db_session, cast, meeting, stream, secret):
    make.note(meeting, cast, stream, "a", "Về Hal")
    hidden = make.note(meeting, cast, secret, "b", "Về Sol")
    make.note(meeting, cast, None, "c", "Về cả")

    assert [one.words for one in read.recorded(STRANGER, meeting)] == ["Về Hal", "Về cả"]
    assert [one.words for one in read.recorded(LEADER, meeting)] == ["Về Hal", "Về Sol", "Về cả"]
    assert read.find(STRANGER, meeting, hidden.id) is None
    assert read.sent(STRANGER, meeting, "b") is None
    assert len(read.everything(meeting)) == 3


def test_what_moved_to_a_hidden_group_says_no_more_than_was_recorded(
    db_session, cast, meeting, stream, secret
):
    entry = make.directed(meeting, cast, stream, "a", title="Rà soát")
    task = db_session.get(Task, entry.task_id)
    task.group_id, task.workstream_id, task.title = secret.group_id, secret.id, "Mật"
    db_session.flush()

    (told,) = read.recorded(STRANGER, meeting)
    assert (told.words, told.given) == ("Rà soát", None)
    assert [one.words for one in read.recorded(LEADER, meeting)] == ["Mật"]
    facts = minutes.gather(meetings.find(LEADER, meeting.id), TODAY, "")
    assert set(facts.group_ids) == {stream.group_id, secret.group_id}


def test_a_decision_and_a_directive_say_what_they_say_by_now(db_session, cast, meeting, stream):
    decision = make.asked(cast, stream)
    make.answered(meeting, cast, stream, decision, "a", text="Báo cáo sau một tháng.")
    entry = make.directed(meeting, cast, stream, "b", cooperating_unit_ids=[cast.unit_id])
    task = db_session.get(Task, entry.task_id)
    task.title = "Rà soát lại"
    db_session.flush()

    one, two = read.recorded(LEADER, meeting)

    assert (one.kind, one.words) == (EntryKind.DECISION, "Viện 2. Báo cáo sau một tháng.")
    assert (one.decided.code, one.decided.asked_by_id) == ("HAL-Q1", cast["head"].person_id)
    assert (one.by, one.decided_by) == (cast["secretary"].name, cast["director"].name)
    assert (two.words, two.given.owner, two.given.due) == (
        "Rà soát lại",
        cast["member"].name,
        TODAY + timedelta(days=30),
    )
    assert read.cooperating([task.id]) == {task.id: [("Cục Tiêu chuẩn Đo lường Chất lượng", "")]}
    assert read.of_decision(LEADER, decision.id) == meeting
    assert read.of_task(LEADER, task.id) == meeting
    assert read.of_task(LEADER, 0) is None


def test_what_was_struck_or_recalled_stands_in_no_minutes(db_session, cast, meeting, stream):
    by = make.acts(cast, "secretary")
    make.do.strike(make.note(meeting, cast, stream, "a"), by=by)
    entry = make.directed(meeting, cast, stream, "b")
    task = db_session.get(Task, entry.task_id)
    directives.recall(db_session.get(Directive, task.id), task, "Đã có người làm", by=by)
    make.note(meeting, cast, stream, "c")
    db_session.flush()

    found = read.recorded(LEADER, meeting)

    assert [one.counts for one in found] == [False, False, True]
    assert read.counts(found) == {f"workstream:{stream.id}": 1}


def test_the_mark_changes_with_whatever_is_recorded(db_session, cast, meeting, stream):
    marks = [read.mark(meeting)]
    entry = make.note(meeting, cast, stream, "a")
    marks.append(read.mark(meeting))
    make.do.amend(entry, "khác", by=make.acts(cast, "director"))
    db_session.flush()
    marks.append(read.mark(meeting))

    assert marks == ["0.0", f"{entry.id}.1", f"{entry.id}.2"]


@pytest.mark.parametrize("number", [1, 3])
def test_one_statement_reads_all(db_session, cast, meeting, stream, queries, number):
    for position in range(number):
        make.directed(meeting, cast, stream, f"u{position}", f"Việc {position}")
    db_session.commit()

    with queries() as statements:
        read.recorded(STRANGER, meeting)

    assert len(statements) == 1
