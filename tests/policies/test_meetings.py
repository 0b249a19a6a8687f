import pytest

from tracker.models import Meeting, MeetingState, Role
from tracker.policies import meetings as may
from tracker.policies.actor import Actor, Post

HAL, SOL = 1, 2
MEETING = Meeting(chair_id=7)


def actor(person_id=1, **values):
    return Actor(person_id=person_id, person_name="x", **values)


def in_hal(role):
    return actor(posts={HAL: (Post(role),)})


@pytest.mark.parametrize(
    ("who", "own", "everything"),
    [
        (actor(is_director=True), True, True),
        (actor(is_administrator=True), True, True),
        (in_hal(Role.HEAD), True, False),
        (in_hal(Role.SECRETARY), True, False),
        (in_hal(Role.MEMBER), False, False),
        (actor(), False, False),
    ],
)
def test_who_leads_a_group_holds_meetings_on_it_and_directors_on_all(who, own, everything):
    assert may.hold(who, {HAL}) is own
    assert may.hold_somewhere(who) is own
    assert may.hold(who, {HAL, SOL}) is everything
    assert may.hold(who, ()) is everything


@pytest.mark.parametrize(
    ("who", "decides"),
    [
        (actor(is_director=True), True),
        (actor(is_administrator=True), False),
        (in_hal(Role.HEAD), False),
        (in_hal(Role.SECRETARY), False),
        (actor(7), False),  # in the chair, and no director any more
    ],
)
def test_a_director_opens_a_meeting_and_alone_changes_who_decides_and_records_in_it(who, decides):
    states = (MeetingState.PLANNED, MeetingState.RUNNING, MeetingState.ENDED)
    meetings = [Meeting(chair_id=7, state=state) for state in states]

    assert may.start(who) is decides
    assert [may.appoint(who, meeting) for meeting in meetings] == [True, decides, decides]


def test_only_the_chair_and_the_recorders_of_the_meeting_record():
    recorders = {8}

    assert may.record(actor(7, is_director=True), MEETING, recorders)
    assert may.record(actor(8), MEETING, recorders)
    assert not may.record(actor(9, is_director=True), MEETING, recorders)
    assert not may.record(actor(9, is_administrator=True), MEETING, recorders)


def test_minutes_are_issued_by_who_recorded_or_an_administrator():
    assert may.issue(actor(7), MEETING, ())
    assert may.issue(actor(8), MEETING, {8})
    assert may.issue(actor(9, is_administrator=True), MEETING, ())
    assert not may.issue(actor(9, is_director=True), MEETING, ())
