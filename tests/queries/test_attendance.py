import pytest

from tests import meetings as make
from tracker.models import Presence
from tracker.policies.actor import Actor
from tracker.queries import attendance as read
from tracker.queries import meetings

LEADER = Actor(person_id=10**6, person_name="Sếp", is_director=True)


@pytest.fixture
def sitting(db_session, cast):
    def of(*keys):
        return meetings.find(LEADER, make.running(cast, *keys).id)

    return of


def names(seats, cast):
    known = {player.name: role for role, player in cast.players.items()}
    return [known.get(seat.name, seat.name) for seat in seats]


def test_the_chair_the_recorders_and_the_people_of_the_groups_are_expected(sitting, cast):
    found = read.seats(sitting("HAL"))

    assert names(found, cast) == ["director", "secretary", "deputy", "head", "member"]
    assert {seat.keys for seat in found[2:]} == {("HAL",)}
    assert {seat.presence for seat in found} == {None}


def test_of_all_groups_only_who_leads_them_is_expected(sitting, cast):
    assert names(read.seats(sitting()), cast) == [
        "director",
        "secretary",
        "deputy",
        "head",
        "sol_head",
    ]


def test_who_was_said_to_be_there_stays_and_guests_stand_last(db_session, cast, sitting):
    held = sitting("HAL")
    make.everybody(db_session, held.meeting, cast, "member", "outsider")
    make.do.invite_guest(
        held.meeting,
        "Trần An",
        "Sở KH&CN",
        by=make.acts(cast, "secretary"),
        presence=Presence.EXCUSED,
    )
    found = read.seats(held)

    assert names(found, cast)[-2:] == ["outsider", "Trần An"]
    assert [seat.presence for seat in found[-3:]] == [
        Presence.PRESENT,
        Presence.PRESENT,
        Presence.EXCUSED,
    ]
    assert read.present(held.meeting) == {Presence.PRESENT: 2, Presence.EXCUSED: 1}
    assert {person.full_name for person in read.unmarked(held)} == {
        cast[role].name for role in ("deputy", "secretary", "head", "director")
    }
    assert read.person(held, cast["member"].person_id).full_name == cast["member"].name
    assert read.person(held, cast["sol_head"].person_id) is None
    guest = found[-1]
    assert read.find(held.meeting, guest.row_id).name == "Trần An"
