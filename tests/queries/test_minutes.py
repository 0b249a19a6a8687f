import pytest

from tests import factories
from tests import meetings as make
from tests.meetings import TODAY
from tracker.models import Strand
from tracker.policies.actor import Actor
from tracker.queries import meetings
from tracker.queries import minutes as read
from tracker.queries.report_facts import Name

LEADER = Actor(person_id=10**6, person_name="Sếp", is_director=True)
STRANGER = Actor(person_id=10**6, person_name="Người lạ")


@pytest.fixture
def stream(db_session, cast):
    return factories.stream_of(db_session, cast)


@pytest.fixture
def meeting(db_session, cast, stream):
    """On HAL: a note on a strand, an answer, a directive, a note for all, and one struck."""
    held = make.running(cast, "HAL")
    make.note(held, cast, stream, "a", "Đã nghe")
    make.answered(held, cast, stream, make.asked(cast, stream), "b", text="Làm ngay")
    make.directed(held, cast, stream, "c", result="Báo cáo")
    make.note(held, cast, None, "d", "Các tổ chốt số liệu")
    make.do.strike(make.note(held, cast, None, "e"), by=make.acts(cast, "secretary"))
    make.everybody(db_session, held, cast, "member", "director")
    make.do.end(held, by=make.acts(cast, "director"))
    db_session.flush()
    return held


def facts_of(meeting):
    return read.gather(meetings.find(LEADER, meeting.id), TODAY, "Ủy ban")


def issue(meeting, cast, number="45/TB-TĐC"):
    facts, by = facts_of(meeting), make.acts(cast, "secretary", "web")
    return make.do.issue(meeting, facts, number, TODAY, by=by)


def test_minutes_say_what_was_recorded_and_not_what_was_struck(meeting, cast):
    facts = facts_of(meeting)

    assert [
        (chapter.key, [(one.strand, one.text, one.code) for one in chapter.conclusions])
        for chapter in facts.chapters
    ] == [
        ("", [("", "Các tổ chốt số liệu", "")]),
        ("HAL", [("metrology", "Đã nghe", ""), ("metrology", "Viện 2. Làm ngay", "HAL-Q1")]),
    ]
    (given,) = facts.assignments
    assert (given.title, given.person, given.result, given.unit) == (
        "Rà soát năng lực",
        cast["member"].name,
        "Báo cáo",
        Name("Cục Tiêu chuẩn Đo lường Chất lượng"),
    )
    assert [(one.name, one.presence) for one in facts.attendees] == [
        (cast["director"].name, "present"),
        (cast["member"].name, "present"),
    ]
    assert (facts.began, facts.ended, facts.revision) == ("09:00", "09:00", "1.0")
    assert facts.group_ids == (cast.groups["HAL"],)


def test_minutes_that_speak_of_a_hidden_group_are_not_read(db_session, cast):
    held = make.running(cast)
    secret = factories.stream_of(db_session, cast, "SOL", Strand.STANDARDS)
    make.note(held, cast, None, "a")
    db_session.flush()
    assert read.may_be_read(STRANGER, facts_of(held).group_ids)

    make.note(held, cast, secret, "b")
    db_session.flush()

    assert not read.may_be_read(STRANGER, facts_of(held).group_ids)
    assert read.may_be_read(LEADER, facts_of(held).group_ids)


def test_each_revision_is_kept_and_the_last_one_tells_the_news(db_session, meeting, cast):
    first = issue(meeting, cast)
    make.do.reopen(meeting, "Thiếu", by=make.acts(cast, "secretary"))
    second = issue(meeting, cast, "46/TB-TĐC")
    db_session.flush()

    assert [one.name for one in read.issued(meeting)] == ["1.1", "1.0"]
    assert read.revision(meeting, 0).document_number == "45/TB-TĐC"
    assert read.revision(meeting, 2) is None
    member = Actor(person_id=cast["member"].person_id, person_name="x")
    head = Actor(person_id=cast["head"].person_id, person_name="x")
    assert read.news(member, first.id) is None
    told = read.news(member, second.id)
    assert ([task.title for task in told.tasks], told.answers) == (["Rà soát năng lực"], [])
    assert [one.code for one in read.news(head, second.id).answers] == ["HAL-Q1"]
