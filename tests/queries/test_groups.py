from datetime import date

import pytest

from tests import factories as make
from tests.factories import TODAY
from tracker.models import Group, Role, Strand
from tracker.policies.actor import Actor
from tracker.queries import groups as read

STRANGER = Actor(person_id=0, person_name="x")
DIRECTOR = Actor(person_id=0, person_name="x", is_director=True)


def test_a_group_is_found_by_its_key_by_those_who_see_it(db_session):
    assert read.find(STRANGER, "hal").key == "HAL"
    assert read.find(STRANGER, "SOL") is None
    assert read.find(DIRECTOR, "SOL").key == "SOL"


def test_the_listing_is_what_one_sees_in_the_order_of_the_board(db_session):
    make.group(db_session, "AAA", position=9)
    db_session.commit()

    assert [group.key for group in read.listing(STRANGER)] == ["HAL", "AAA"]


def test_a_workstream_is_found_by_its_address(db_session):
    found = read.workstream(STRANGER, "hal", "conformity-assessment")

    assert (found.group.key, found.strand) == ("HAL", Strand.CONFORMITY_ASSESSMENT)
    assert read.workstream(STRANGER, "HAL", "conformity_assessment") is None
    assert read.workstream(STRANGER, "SOL", "metrology") is None


def test_the_four_workstreams_come_in_the_order_of_the_strands(db_session, cast):
    group = db_session.get(Group, cast.groups["HAL"])

    assert [row.strand for row in read.workstreams(group)] == list(Strand)


@pytest.mark.parametrize("people", [1, 3])
def test_members_come_heads_first_then_by_given_name_in_one_query(db_session, queries, people):
    group = make.group(db_session, "ZET")
    names = ["Vũ Hải Yến", "Đỗ Mai Lan", "Trần Văn Bình"][:people]
    for name in names:
        make.membership(db_session, group, make.person(db_session, name), Role.MEMBER)
    make.membership(db_session, group, make.person(db_session, "Zoe Zet"), Role.HEAD)
    old = make.person(db_session, "Lê Cũ")
    make.membership(db_session, group, old, Role.MEMBER, ends_on=date(2026, 2, 1))
    db_session.commit()
    db_session.expunge_all()

    with queries() as statements:
        found = [row.person.full_name for row in read.members(group, TODAY)]

    assert found == ["Zoe Zet", *sorted(names, key=lambda name: name.split()[-1])]
    assert len(statements) == 1
    assert "Lê Cũ" in [row.person.full_name for row in read.members(group, TODAY, past=True)]
