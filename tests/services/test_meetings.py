from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests import factories as make
from tests.services.acts import BY, changes_of
from tracker.errors import RuleViolationError, StaleError
from tracker.models import (
    Account,
    Change,
    Directive,
    MeetingEntry,
    MeetingGroup,
    MeetingMinutes,
    MeetingState,
    OutboxItem,
    Person,
    Presence,
)
from tracker.policies.actor import Actor
from tracker.queries import meetings as read
from tracker.queries import minutes
from tracker.services import decisions
from tracker.services import meetings as do
from tracker.services.decisions import Answer, Question
from tracker.services.directives import Wanted
from tracker.services.meetings import Plan, Said

TODAY = BY.today
ALL = Actor(person_id=0, person_name="", is_administrator=True)


@pytest.fixture
def stream(db_session, cast):
    return make.stream_of(db_session, cast)


@pytest.fixture
def by(cast):
    def act(role, cause="meeting:1"):
        return replace(BY, person_id=cast[role].person_id, cause=cause)

    return act


@pytest.fixture
def plan(cast):
    return Plan(
        title=" Họp tháng 11 ",
        held_on=TODAY,
        chair_id=cast["director"].person_id,
        group_ids={cast.groups["HAL"]},
        recorder_ids={cast["secretary"].person_id},
    )


@pytest.fixture
def meeting(db_session, plan, by):
    made = do.plan(plan, by=by("head"))
    do.start(made, by=by("director"))
    db_session.flush()
    return made


@pytest.fixture
def said(stream):
    return Said(
        uid="u1",
        text=" Đã nghe. ",
        item=f"workstream:{stream.id}",
        group_id=stream.group_id,
        workstream_id=stream.id,
    )


@pytest.fixture
def question(db_session, stream, cast, by):
    asked = Question(
        question="Chọn phòng nào?",
        options=("Viện 1", "Viện 2"),
        wanted_from_id=cast["director"].person_id,
        wanted_by=TODAY + timedelta(days=5),
    )
    return decisions.ask(stream.group, asked, by=by("head", "web"))


@pytest.fixture
def wanted(stream, cast):
    due = TODAY + timedelta(days=30)
    owner = cast["member"].person_id
    return Wanted(workstream=stream, title="Rà soát năng lực", due=due, owner_id=owner)


def refusal(do_it, *args, **values):
    with pytest.raises(RuleViolationError) as refused:
        do_it(*args, **values)
    return refused.value.code


def facts_of(meeting):
    return minutes.gather(read.find(ALL, meeting.id), TODAY, "Ủy ban")


def test_one_held_sooner_than_planned_is_held_the_day_it_begins(db_session, plan, by):
    """Or its minutes could not be issued before the day that was planned."""
    made = do.plan(replace(plan, held_on=TODAY + timedelta(days=3)), by=by("head"))

    do.start(made, by=by("director"))

    assert made.held_on == TODAY


def test_a_director_is_in_the_chair(db_session, plan, cast, by):
    planned = replace(plan, chair_id=cast["head"].person_id)

    assert refusal(do.plan, planned, by=by("head")) == "chair_not_director"


def test_two_who_change_a_meeting_keep_each_others_groups_and_choose_its_title(
    db_session, meeting, plan, cast, by
):
    seen, sol = meeting.version, cast.groups["SOL"]
    do.edit(meeting, replace(plan, group_ids={*plan.group_ids, sol}), by=by("head"), seen=seen)
    db_session.flush()

    do.edit(meeting, replace(plan, place="P. 301"), by=by("secretary"), seen=seen)

    rows = db_session.scalars(
        select(MeetingGroup.group_id).where(MeetingGroup.meeting_id == meeting.id)
    )
    assert (set(rows), meeting.place) == ({cast.groups["HAL"], sol}, "P. 301")
    db_session.flush()
    do.edit(meeting, replace(plan, title="A", place="P. 301"), by=by("head"))
    db_session.flush()
    with pytest.raises(StaleError):
        do.edit(meeting, replace(plan, title="B"), by=by("secretary"), seen=seen)


def test_a_meeting_is_called_off_before_it_begins(meeting, plan, by):
    other = do.plan(plan, by=by("head"))
    do.call_off(other, by=by("head"))

    assert other.state is MeetingState.CALLED_OFF
    do.start(other, by=by("director"))
    assert other.state is MeetingState.CALLED_OFF
    assert refusal(do.call_off, meeting, by=by("head")) == "meeting_has_begun"


def test_what_is_sent_twice_is_recorded_once_with_who_typed_it(db_session, meeting, said, by, cast):
    first = do.note(meeting, said, by=by("secretary"))
    again = do.note(meeting, replace(said, text="khác"), by=by("secretary"))

    assert again is first
    assert (first.text, first.person_id, first.decided_by_id) == (
        "Đã nghe.",
        cast["secretary"].person_id,
        None,
    )


def test_one_id_is_not_used_in_two_meetings(db_session, meeting, plan, said, by):
    do.note(meeting, said, by=by("secretary"))
    other = do.plan(plan, by=by("head"))
    do.start(other, by=by("director"))

    assert refusal(do.note, other, said, by=by("secretary")) == "entry_of_other_meeting"


def test_nothing_is_recorded_before_the_meeting_begins(plan, said, by):
    planned = do.plan(plan, by=by("head"))

    assert refusal(do.note, planned, said, by=by("secretary")) == "meeting_not_started"


def test_an_answer_is_the_chairs_and_whoever_asked_hears_with_the_minutes(
    db_session, meeting, question, said, by, cast
):
    answer = Answer(decided_on=TODAY, chosen=1)
    entry = do.decide(meeting, said, question, answer, by=by("secretary"), seen=question.version)
    again = do.decide(meeting, said, question, answer, by=by("secretary"), seen=1)

    assert again is entry
    assert (entry.decision_id, entry.decided_by_id) == (question.id, cast["director"].person_id)
    assert (question.decided_by_id, question.answered_by_id) == (
        cast["director"].person_id,
        cast["secretary"].person_id,
    )
    kinds = [row.kind for row in db_session.scalars(select(OutboxItem))]
    assert kinds == ["mail.decision_wanted"]


def test_two_who_answer_one_question_record_one_answer(db_session, meeting, question, said, by):
    do.decide(meeting, said, question, Answer(decided_on=TODAY, chosen=1), by=by("head"), seen=None)
    late = replace(said, uid="u2")
    answer = Answer(decided_on=TODAY, chosen=0)

    code = refusal(do.decide, meeting, late, question, answer, by=by("secretary"), seen=None)

    assert code == "decision_settled"


def test_a_decision_nobody_had_asked_for_is_found_with_the_others(
    db_session, meeting, stream, said, by, cast
):
    answer = Answer(decided_on=TODAY, text="Mua hai pin chuẩn.")
    entry = do.resolve(meeting, said, stream, "", answer, by=by("secretary"))

    decision = db_session.get(decisions.Decision, entry.decision_id)
    assert (decision.code, decision.question, decision.answer, decision.is_open) == (
        "HAL-Q1",
        "Mua hai pin chuẩn.",
        "Mua hai pin chuẩn.",
        False,
    )


def test_a_directive_is_in_force_at_once_and_mails_nobody_yet(
    db_session, meeting, said, wanted, by, cast
):
    entry = do.direct(meeting, said, wanted, by=by("secretary"))

    given = db_session.get(Directive, entry.task_id)
    assert given.given_by_id == cast["director"].person_id
    assert db_session.scalars(select(OutboxItem)).all() == []


def test_only_notes_are_put_otherwise_and_the_second_of_two_chooses(
    db_session, meeting, said, wanted, by
):
    entry = do.note(meeting, said, by=by("secretary"))
    given = do.direct(meeting, replace(said, uid="u2"), wanted, by=by("secretary"))
    db_session.flush()
    seen = entry.version
    do.amend(entry, "Một", by=by("director"), seen=seen)
    db_session.flush()

    with pytest.raises(StaleError) as asked:
        do.amend(entry, "Hai", by=by("secretary"), seen=seen)

    assert asked.value.conflicts == {"text": ("Một", "Hai")}
    assert refusal(do.amend, given, "x", by=by("secretary")) == "entry_in_force"
    assert refusal(do.strike, given, by=by("secretary")) == "entry_in_force"
    do.strike(entry, by=by("secretary"))
    assert entry.struck_at == BY.at


def test_who_was_there_is_said_once_and_the_second_of_two_chooses(db_session, meeting, cast, by):
    member = db_session.get(Person, cast["member"].person_id)
    row = do.attend(meeting, member, Presence.PRESENT, by=by("secretary"))
    db_session.flush()
    seen = row.version
    do.mark(row, Presence.EXCUSED, by=by("director"), seen=seen)
    db_session.flush()

    with pytest.raises(StaleError):
        do.mark(row, Presence.ABSENT, by=by("secretary"), seen=seen)

    guest = do.invite_guest(meeting, " Trần An ", "Sở KH&CN", by=by("secretary"))
    assert (guest.name, guest.person_id, guest.presence) == ("Trần An", None, Presence.PRESENT)


@pytest.fixture
def issued(db_session, meeting, said, question, wanted, stream, by, cast):
    """With a note, an answer and a directive, under 45/TB-TĐC."""
    do.note(meeting, said, by=by("secretary"))
    answer = Answer(decided_on=TODAY, chosen=0)
    do.decide(meeting, replace(said, uid="u2"), question, answer, by=by("secretary"), seen=None)
    do.direct(
        meeting,
        replace(said, uid="u3"),
        replace(wanted, assigning_document="Kết luận cuộc họp", assigning_date=meeting.held_on),
        by=by("secretary"),
    )
    member = db_session.get(Person, cast["member"].person_id)
    do.attend(meeting, member, Presence.PRESENT, by=by("secretary"))
    do.end(meeting, by=by("director"))
    made = do.issue(meeting, facts_of(meeting), "45/TB-TĐC", TODAY, by=by("secretary", "web"))
    db_session.flush()
    return made


def test_issuing_freezes_the_facts_and_gives_what_was_decided_its_document(
    db_session, meeting, issued, question, cast
):
    (entry,) = db_session.scalars(select(MeetingEntry).where(MeetingEntry.task_id.is_not(None)))
    task = db_session.get(do.Task, entry.task_id)

    assert (meeting.state, issued.name, issued.document_number) == (
        MeetingState.ISSUED,
        "1.0",
        "45/TB-TĐC",
    )
    frozen = minutes.MinutesFacts.from_json(issued.facts)
    assert do.digest(frozen) == issued.sha256
    assert [one.title for one in frozen.assignments] == ["Rà soát năng lực"]
    assert (question.document_number, question.document_date) == ("45/TB-TĐC", TODAY)
    assert (task.assigning_document, task.assigning_date) == ("45/TB-TĐC", TODAY)


def test_everybody_concerned_hears_once(db_session, issued, cast):
    rows = db_session.scalars(select(OutboxItem).where(OutboxItem.kind == "mail.minutes")).all()

    assert {row.payload["person_id"] for row in rows} == {
        cast[role].person_id for role in ("director", "member", "head")
    }
    assert len(rows) == 3


def test_nothing_changes_once_the_minutes_are_issued(db_session, meeting, issued, plan, said, by):
    entry = db_session.scalars(select(MeetingEntry)).first()
    refused = (
        refusal(do.note, meeting, replace(said, uid="u9"), by=by("secretary")),
        refusal(do.amend, entry, "x", by=by("secretary")),
        refusal(do.edit, meeting, plan, by=by("head")),
        refusal(do.invite_guest, meeting, "x", "", by=by("secretary")),
    )

    assert set(refused) == {"minutes_issued"}
    code = refusal(do.issue, meeting, facts_of(meeting), "46", TODAY, by=by("secretary"))
    assert code == "minutes_not_ready"


def test_opened_again_it_becomes_revision_1_1_beside_the_first(
    db_session, meeting, issued, said, by
):
    assert refusal(do.reopen, meeting, "  ", by=by("secretary")) == "reopening_why_needed"
    do.reopen(meeting, "Thiếu một kết luận", by=by("secretary"))
    assert refusal(do.reopen, meeting, "x", by=by("secretary")) == "minutes_not_issued"
    do.note(meeting, replace(said, uid="u9", text="Thêm."), by=by("secretary"))
    second = do.issue(meeting, facts_of(meeting), "47/TB-TĐC", TODAY, by=by("secretary", "web"))
    db_session.flush()

    rows = db_session.scalars(select(MeetingMinutes).order_by(MeetingMinutes.revision)).all()
    assert [(row.name, row.document_number, row.reason) for row in rows] == [
        ("1.0", "45/TB-TĐC", ""),
        ("1.1", "47/TB-TĐC", "Thiếu một kết luận"),
    ]
    told = minutes.MinutesFacts.from_json(second.facts)
    assert (told.replaced.number, told.replaced.revision) == ("45/TB-TĐC", "1.0")
    assert rows[0].facts != second.facts


def test_what_was_issued_before_keeps_its_document(
    db_session, meeting, issued, said, wanted, by, cast
):
    later = replace(by("secretary"), at=BY.at + timedelta(hours=1))
    do.reopen(meeting, "Thiếu một việc", by=later)
    more = replace(wanted, title="Báo cáo lại", assigning_date=meeting.held_on)
    do.direct(meeting, replace(said, uid="u9"), more, by=later)
    do.issue(meeting, facts_of(meeting), "47/TB-TĐC", TODAY, by=later)
    db_session.flush()

    given = db_session.scalars(select(do.Task).where(do.Task.assigning_document.is_not(None)))
    assert {task.title: task.assigning_document for task in given} == {
        "Rà soát năng lực": "45/TB-TĐC",
        "Báo cáo lại": "47/TB-TĐC",
    }


def test_nobody_decides_for_who_is_no_director_any_more(
    db_session, meeting, said, question, wanted, stream, by, cast
):
    account = db_session.get_one(Account, cast["director"].account_id)
    account.is_director = False
    given = Answer(decided_on=TODAY, text="Làm ngay")
    for_chair = {"by": by("secretary")}

    refused = (
        refusal(do.decide, meeting, said, question, given, seen=None, **for_chair),
        refusal(do.resolve, meeting, said, stream, "Làm?", given, **for_chair),
        refusal(do.direct, meeting, said, wanted, **for_chair),
    )

    assert set(refused) == {"chair_not_director"}
    assert do.note(meeting, said, **for_chair).decided_by_id is None


@pytest.mark.parametrize("day", [date(2026, 11, 22), date(2026, 11, 24)])
def test_a_notice_is_dated_from_the_meeting_to_today(meeting, by, day):
    do.end(meeting, by=by("director"))

    code = refusal(do.issue, meeting, facts_of(meeting), "45", day, by=by("secretary"))

    assert code == "minutes_day_wrong"


def test_what_happens_to_a_meeting_is_recorded_under_its_group(db_session, meeting, said, by):
    entry = do.note(meeting, said, by=by("secretary"))

    assert [one.field for one in changes_of(meeting)] == [
        "created",
        "groups",
        "recorders",
        "state",
        "started_at",
    ]
    (made,) = changes_of(entry)
    assert isinstance(made, Change)
    assert (made.group_id, made.cause) == (said.group_id, "meeting:1")
