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


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_groups_has_marks_and_heads_in_five_queries(db_session, queries, count):
    for n in range(count):
        group, streams = make.whole_group(db_session, f"ZZ{n}", position=n + 5)
        make.membership(db_session, group, make.person(db_session, f"Lý Đầu {n}"), Role.HEAD)
        make.task(db_session, streams[Strand.INSPECTION], status="done")
    db_session.commit()
    judged = {}
    read.lines(STRANGER, TODAY, 1, judged)

    with queries() as statements:
        screen = read.lines(STRANGER, TODAY, 1, judged)

    assert len(statements) == 5
    assert (screen.total, screen.pages) == (count + 1, 1)
    line = screen.lines[-1]
    assert (list(line.head.leads), line.head.persons, line.head.units) == (
        [f"Lý Đầu {count - 1}"],
        1,
        0,
    )
    assert [mark.judgement.done for mark in line.strands] == [0, 0, 0, 1]


def test_a_strand_is_judged_anew_when_its_facts_change(db_session, cast):
    group = db_session.get(Group, cast.groups["HAL"])
    judged = {}
    before = read.standing(group, TODAY, judged)
    stream = read.workstream(STRANGER, "HAL", "inspection")
    make.task(db_session, stream, due=date(2026, 11, 1))
    make.milestone(db_session, stream, title="Mốc")
    db_session.commit()

    after = read.standing(group, TODAY, judged)
    tomorrow = read.standing(group, date(2026, 11, 24), judged)

    assert (before.has_plan, after.has_plan, after.is_approved) == (False, True, False)
    assert [mark.judgement.health.value for mark in after.strands][3] == "at_risk"
    assert [milestone.title for milestone in after.strands[3].milestones] == ["Mốc"]
    assert "23" in str(tomorrow.strands[3].judgement.reasons[0].values["days"])


def test_the_head_of_the_members_is_that_of_the_group(db_session, cast):
    group = db_session.get(Group, cast.groups["HAL"])

    head = read.head(group, TODAY)

    assert {*read.Head.of(read.members(group, TODAY)).people} == {*head.people}
    assert (list(head.leads), head.persons, head.units) == (["Nguyễn Thị Đào"], 5, 1)
