from datetime import UTC, datetime, timedelta

import pytest

from tests import factories as make
from tracker.models import Role, Strand
from tracker.policies.actor import Actor, Post
from tracker.queries import trash as read
from tracker.services import trash as do
from tracker.services.act import Act

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
ADMINISTRATOR = Actor(person_id=1, person_name="x", is_administrator=True)


@pytest.fixture
def thrown(db_session):
    stream = make.whole_group(db_session, "ZET")[1][Strand.METROLOGY]
    milestone = make.milestone(db_session, stream)
    make.task(db_session, stream, milestone=milestone)
    make.task(db_session, stream, milestone=milestone)
    at = NOW - timedelta(days=4, hours=1)
    made = do.throw_away(milestone, by=Act(person_id=None, at=at, cause="web"))
    db_session.commit()
    return made


def test_a_deletion_says_how_much_and_for_how_long(thrown):
    (row,) = read.listing(ADMINISTRATOR, NOW)

    assert (row.trash.id, row.things, row.days_left, row.group.key) == (thrown.id, 3, 26, "ZET")


def test_what_was_just_thrown_away_has_all_its_days(thrown):
    at = thrown.at

    left = [
        read.listing(ADMINISTRATOR, at + timedelta(**passed))[0].days_left
        for passed in ({}, {"minutes": 1}, {"days": 29, "hours": 1}, {"days": 40})
    ]

    assert left == [30, 30, 1, 0]


@pytest.mark.parametrize(
    ("role", "may"),
    [(Role.HEAD, True), (Role.DEPUTY, True), (Role.SECRETARY, True), (Role.MEMBER, False)],
)
def test_only_those_who_shape_the_plan_find_it(thrown, role, may):
    actor = Actor(person_id=2, person_name="x", posts={thrown.group_id: (Post(role),)})

    assert (read.find(actor, thrown.id) is not None) is may
    assert (len(read.listing(actor, NOW)) == 1) is may


def test_what_came_back_or_is_gone_is_not_listed(db_session, thrown):
    do.restore(thrown, by=Act(person_id=None, at=NOW, cause="web"))
    db_session.commit()

    assert read.listing(ADMINISTRATOR, NOW) == []
