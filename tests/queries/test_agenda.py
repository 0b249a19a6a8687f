from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests import factories
from tests import meetings as make
from tests.meetings import TODAY
from tracker.lib.agenda import Section, Subject
from tracker.lib.health import Health
from tracker.models import Strand, TaskStatus
from tracker.policies.actor import Actor
from tracker.queries import agenda as read
from tracker.queries import meetings, standings
from tracker.services import declarations, tasks

LEADER = Actor(person_id=10**6, person_name="Sếp", is_director=True)
STRANGER = Actor(person_id=10**6, person_name="Người lạ")
BEFORE = TODAY - timedelta(days=14)


@pytest.fixture
def streams(db_session, cast):
    return {strand: factories.stream_of(db_session, cast, strand=strand) for strand in Strand}


@pytest.fixture
def story(db_session, cast, streams):
    """Standards went from late to on track, metrology is late, in conformity assessment the lead
    sees it better than the figures; one question waits, a directive of the last meeting is late.
    """
    last = make.running(cast, "HAL", held_on=BEFORE)
    late = make.directed(
        last,
        cast,
        streams[Strand.INSPECTION],
        "d",
        due=BEFORE + timedelta(days=1),
        by=replace(make.acts(cast, "secretary"), at=make.BY.at - timedelta(days=14)),
    )
    factories.task(db_session, streams[Strand.STANDARDS], due=TODAY + timedelta(days=9))
    for _ in range(2):
        factories.task(db_session, streams[Strand.METROLOGY], due=TODAY - timedelta(days=9))
    assessed = streams[Strand.CONFORMITY_ASSESSMENT]
    for n in range(9):
        factories.task(db_session, assessed, due=TODAY + timedelta(days=9 if n else -1))
    make.asked(cast, streams[Strand.STANDARDS])
    db_session.commit()
    declarations.declare(
        assessed, Health.ON_TRACK, sentence="Xong tuần này.", by=make.acts(cast, "head", "web")
    )
    db_session.commit()
    meeting = make.running(cast, "HAL")
    db_session.commit()
    return meeting, late


def then(day):
    """On the day of the last meeting standards were late; all else was as it is."""
    if day != BEFORE:
        return None
    now = standings.now(TODAY, {})
    place = next(place for place in now if place[1] is Strand.STANDARDS)
    was = replace(now[place], judgement=replace(now[place].judgement, health=Health.LATE))
    return {place: was} | {one: now[one] for one in now if one[0] == place[0] and one != place}


def agenda(meeting, actor=LEADER):
    sitting = meetings.find(actor, meeting.id)
    return read.agenda(actor, sitting, TODAY, standings.now(TODAY, {}), then)


def test_exceptions_come_first_and_each_thing_once(story, streams):
    meeting, late = story
    found = agenda(meeting)

    assert [(item.section, item.strand) for item in found.items] == [
        (Section.CHANGED, Strand.STANDARDS),
        (Section.LATE, Strand.METROLOGY),
        (Section.DISPUTED, Strand.CONFORMITY_ASSESSMENT),
        (Section.ASKED, None),
        (Section.OVERDUE, Strand.INSPECTION),
        (Section.REST, Strand.INSPECTION),
        (Section.GENERAL, None),
    ]
    assert found.before.held_on == BEFORE
    assert found.items[0].stream.before is Health.LATE
    assert found.items[3].ask.question == "Chọn phòng nào?"
    assert (found.items[4].overdue.task.id, found.items[4].overdue.late) == (late.task_id, 13)
    assert [section for section, _items in found.sections()] == list(Section)


def test_what_was_answered_in_the_meeting_stays_and_what_is_done_leaves(
    db_session, cast, story, streams
):
    meeting, late = story
    decision = agenda(meeting).items[3].ask
    row = db_session.get(make.decisions.Decision, decision.id)
    make.answered(meeting, cast, streams[Strand.STANDARDS], row, "a")
    task = db_session.get(tasks.Task, late.task_id)
    tasks.change_status(task, TaskStatus.DONE, by=make.BY, may_approve=True)
    db_session.commit()

    sections = [item.section for item in agenda(meeting).items]

    assert Section.ASKED in sections
    assert Section.OVERDUE not in sections


def test_nothing_of_a_hidden_group_is_on_the_agenda(db_session, cast):
    meeting = make.running(cast)
    secret = factories.stream_of(db_session, cast, "SOL", Strand.STANDARDS)
    make.asked(cast, secret, "Câu hỏi mật?")
    db_session.commit()

    items = agenda(meeting, STRANGER).items

    assert {item.group.key for item in items if item.group} == {"HAL"}
    sitting = meetings.find(STRANGER, meeting.id)
    assert read.about(sitting, Subject("workstream", secret.id)) is None
    assert read.about(sitting, Subject("task", cast.secret_task_id)) is None
    assert {one.group.key for one in read.workstreams(sitting)} == {"HAL"}


def test_places_are_found_by_key_and_the_first_is_shown_otherwise(story, streams):
    found = agenda(story[0])

    assert found.place(None) == found.place("workstream:0") == 0
    assert found.items[found.place("")].section is Section.GENERAL
    assert found.at(-1) is None
    assert found.at(len(found.items)) is None
    stream = streams[Strand.METROLOGY]
    assert found.place(f"workstream:{stream.id}") == 1
    sitting = meetings.find(LEADER, story[0].id)
    assert read.about(sitting, Subject("workstream", stream.id)) == (stream.group_id, stream.id)
    assert read.about(sitting, Subject("decision", 10**8)) is None
    assert read.about(sitting, Subject()) == (None, None)


def test_without_a_snapshot_of_that_day_nothing_is_said_to_have_changed(db_session, cast):
    make.running(cast, held_on=date(2026, 11, 1))
    meeting = make.running(cast)
    db_session.commit()

    assert Section.CHANGED not in [item.section for item in agenda(meeting).items]
