from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests import factories as make
from tests.services.acts import BY, changes_of
from tracker.errors import RuleViolationError, StaleError
from tracker.models import Group, Membership, Role, Strand, Summary, Workstream
from tracker.services import groups as do

SPRING, SUMMER = date(2026, 3, 1), date(2026, 7, 1)


def refused(code):
    return pytest.raises(RuleViolationError, match=code)


def test_a_group_is_made_with_its_four_workstreams_and_their_summaries(db_session):
    group = do.create(key="KNK", name="Khí nhà kính", by=BY, decision_number="1/QĐ")

    query = select(Workstream.strand).where(Workstream.group_id == group.id)
    assert set(db_session.scalars(query)) == set(Strand)
    summaries = select(Summary).where(Summary.workstream_id.in_(do.workstreams_of(group)))
    assert len(list(db_session.scalars(summaries))) == 4
    assert changes_of(group)[0].new["decision_number"] == "1/QĐ"


@pytest.mark.parametrize("key", ["", "h", "hal", "1AB", "TOOLONGKEY", "Đ12"])
def test_a_key_that_cannot_stand_before_a_number_is_refused(db_session, key):
    with refused("group_key_invalid"):
        do.create(key=key, name="Tổ", by=BY)


def test_a_key_is_given_once(db_session):
    with refused("group_key_taken"):
        do.create(key="HAL", name="Tổ khác", by=BY)


def test_the_key_of_a_group_never_changes(db_session):
    group = do.create(key="KNK", name="Khí nhà kính", by=BY)

    do.edit(group, {"key": "GHG", "name": "Khí thải"}, by=BY)

    assert (group.key, group.name) == ("KNK", "Khí thải")


def test_the_second_of_two_editors_of_a_group_chooses(db_session):
    group = do.create(key="KNK", name="Khí nhà kính", by=BY)
    db_session.flush()
    seen = group.version
    do.edit(group, {"name": "Khí thải", "name_en": None}, by=BY, seen=seen)
    db_session.flush()

    with pytest.raises(StaleError) as caught:
        do.edit(group, {"name": "Phát thải", "name_en": "Emissions"}, by=BY, seen=seen)

    assert caught.value.conflicts == {"name": ("Khí thải", "Phát thải")}


@pytest.mark.parametrize(
    ("steps", "order"),
    [(-1, ["B", "A", "C"]), (1, ["A", "C", "B"]), (-9, ["B", "A", "C"]), (0, ["A", "B", "C"])],
)
def test_a_group_moves_on_the_board(db_session, steps, order):
    first = [do.create(key=f"{letter}{letter}", name=letter, by=BY) for letter in "ABC"]
    names = {group.id: group.name for group in first}
    db_session.flush()

    do.move(first[1], steps=steps, by=BY)
    db_session.flush()

    rows = db_session.scalars(select(Group).order_by(Group.position))
    assert [names[row.id] for row in rows if row.id in names] == order


# ------------------------------------------------------------------ posts


@pytest.fixture
def group(db_session):
    return make.group(db_session)


@pytest.fixture
def person(db_session):
    return make.person(db_session, "Đinh Văn Một")


def test_a_post_keeps_strands_unit_dates_and_decision(db_session, group, person):
    unit = make.unit(db_session)

    post = do.add_member(
        group,
        person,
        Role.MEMBER,
        by=BY,
        starts_on=SPRING,
        strands=(Strand.METROLOGY,),
        unit=unit,
        decision_number="588/QĐ",
    )

    assert changes_of(post)[0].new == {
        "group_id": group.id,
        "person_id": person.id,
        "role": "member",
        "strands": ["metrology"],
        "unit_id": unit.id,
        "starts_on": "2026-03-01",
        "decision_number": "588/QĐ",
    }


def test_first_posts_begin_with_the_establishing_decision(db_session, person):
    group = make.group(db_session, decision_number="123/QĐ", decision_date=SPRING)

    post = do.seat(group, person, Role.HEAD, by=BY)

    assert (post.starts_on, post.decision_number) == (SPRING, "123/QĐ")


def test_nobody_holds_one_post_twice_at_one_time(db_session, group, person):
    do.add_member(group, person, Role.MEMBER, by=BY, starts_on=SPRING, ends_on=SUMMER)

    with refused("membership_twice"):
        do.add_member(group, person, Role.MEMBER, by=BY, starts_on=SUMMER)
    do.add_member(group, person, Role.SECRETARY, by=BY, starts_on=SPRING)
    later = do.add_member(group, person, Role.MEMBER, by=BY, starts_on=SUMMER + timedelta(days=1))

    with refused("membership_twice"):
        do.edit_member(later, {"starts_on": SUMMER}, by=BY)
    with refused("membership_twice"):
        do.edit_member(later, {"role": Role.SECRETARY}, by=BY)


def test_a_post_ends_after_it_began(db_session, group, person):
    with refused("membership_ends_before_start"):
        do.add_member(group, person, Role.MEMBER, by=BY, starts_on=SUMMER, ends_on=SPRING)
    post = do.add_member(group, person, Role.MEMBER, by=BY, starts_on=SUMMER)
    with refused("membership_ends_before_start"):
        do.end_member(post, SPRING, by=BY)


def test_a_post_that_ended_stays_in_the_history(db_session, group, person):
    post = do.add_member(group, person, Role.MEMBER, by=BY, starts_on=SPRING)

    do.end_member(post, SUMMER, by=BY)

    assert [(c.field, c.old, c.new) for c in changes_of(post)[1:]] == [
        ("ends_on", None, "2026-07-01")
    ]


def test_a_replacement_takes_the_post_over_the_day_after(db_session, group, person):
    unit = make.unit(db_session)
    post = do.add_member(
        group,
        person,
        Role.DEPUTY,
        by=BY,
        starts_on=SPRING,
        strands=(Strand.INSPECTION,),
        unit=unit,
    )
    other = make.person(db_session, "Đinh Văn Hai")

    new = do.replace_member(post, other, SUMMER, by=BY, decision_number="9/QĐ")

    assert post.ends_on == SUMMER
    assert (new.person_id, new.role, new.strands, new.unit_id, new.starts_on, new.ends_on) == (
        other.id,
        Role.DEPUTY,
        ["inspection"],
        unit.id,
        SUMMER + timedelta(days=1),
        None,
    )
    assert new.decision_number == "9/QĐ"


def test_a_replacement_without_a_unit_represents_none(db_session, group, person):
    post = do.add_member(group, person, Role.HEAD, by=BY, starts_on=SPRING)

    new = do.replace_member(post, make.person(db_session, "Đinh Văn Hai"), SUMMER, by=BY)

    assert new.unit_id is None


def test_whoever_leaves_holds_no_post_from_that_day_on(db_session, group, person):
    old = do.add_member(group, person, Role.MEMBER, by=BY, starts_on=SPRING, ends_on=SUMMER)
    now = do.add_member(group, person, Role.HEAD, by=BY, starts_on=SPRING)
    today = do.add_member(group, person, Role.OBSERVER, by=BY)

    do.end_all_of(person, by=BY)

    ends = select(Membership.ends_on).where(Membership.id.in_([old.id, now.id, today.id]))
    assert list(db_session.scalars(ends.order_by(Membership.id))) == [
        SUMMER,
        BY.today - timedelta(days=1),
        BY.today,
    ]
