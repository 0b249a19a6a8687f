from datetime import timedelta

import pytest

from tests import meetings as make
from tests.meetings import TODAY
from tracker.models import MeetingState
from tracker.policies.actor import Actor
from tracker.queries import meetings as read

STRANGER = Actor(person_id=10**6, person_name="Người lạ")
LEADER = Actor(person_id=10**6, person_name="Sếp", is_director=True)


@pytest.fixture
def three(db_session, cast):
    """On all groups a month ago, on HAL two weeks ago, and on the restricted SOL last week."""
    days = (30, 14, 7)
    keys = ((), ("HAL",), ("SOL",))
    made = [
        make.running(cast, *about, held_on=TODAY - timedelta(days=ago), title=f"Họp {ago}")
        for ago, about in zip(days, keys, strict=True)
    ]
    for meeting in made:
        make.do.end(meeting, by=make.acts(cast, "director"))
    db_session.flush()
    return made


def test_a_meeting_on_a_restricted_group_is_there_for_who_sees_the_group(db_session, cast, three):
    _all, hal, sol = three

    assert read.find(STRANGER, sol.id) is None
    assert [line.meeting.title for line in read.past(STRANGER).rows] == ["Họp 14", "Họp 30"]
    assert [line.meeting.title for line in read.past(LEADER).rows] == ["Họp 7", "Họp 14", "Họp 30"]
    assert [group.key for group in read.find(LEADER, sol.id).groups] == ["SOL"]
    assert [group.key for group in read.find(STRANGER, hal.id).groups] == ["HAL"]


def test_of_a_meeting_on_several_groups_only_those_one_sees_are_told(db_session, cast):
    mixed = make.planned(cast, "HAL", "SOL")
    db_session.flush()

    (line,) = read.ahead(STRANGER)
    sitting = read.find(STRANGER, mixed.id)
    assert (line.keys, [group.key for group in sitting.groups]) == (("HAL",), ["HAL"])
    assert sitting.group_ids == {cast.groups["HAL"], cast.groups["SOL"]}


def test_a_meeting_on_all_groups_shows_all_one_sees_and_who_records(db_session, cast, three):
    sitting = read.find(STRANGER, three[0].id)

    assert sitting.is_about_all
    assert [group.key for group in sitting.groups] == ["HAL"]
    assert [person.full_name for person in sitting.recorders] == [cast["secretary"].name]


def test_the_board_compares_with_the_last_meeting_on_all_a_group_also_with_its_own(
    db_session, cast, three
):
    whole, hal, _sol = three

    assert read.last_held(LEADER, TODAY) == whole
    assert read.last_on_all(TODAY) == whole.held_on
    assert read.last_on_all(whole.held_on) is None
    assert read.last_held(LEADER, TODAY, {cast.groups["HAL"]}) == hal
    assert read.last_held(LEADER, whole.held_on) is None
    three[0].state = MeetingState.PLANNED
    assert read.last_held(LEADER, TODAY) is None


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_as_many_statements_however_long(db_session, cast, queries, number):
    for _ in range(number):
        make.running(cast, "HAL").state = MeetingState.ENDED
    db_session.commit()

    with queries() as statements:
        read.past(STRANGER)

    assert len(statements) == 5
