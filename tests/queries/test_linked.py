from datetime import date

import pytest

from tests import factories as make
from tracker.lib.workdays import Calendar
from tracker.models import Strand, TaskStatus
from tracker.models.dependencies import key_of
from tracker.policies.actor import Actor
from tracker.queries import linked as read

OUTSIDER = Actor(person_id=1, person_name="x")
DAY = date(2026, 12, 4)


@pytest.fixture
def stream(db_session):
    return make.whole_group(db_session)[1][Strand.STANDARDS]


def node_of(session, thing, actor=OUTSIDER):
    session.flush()
    return read.nodes(actor, [key_of(thing)])[key_of(thing)]


def test_a_node_says_whose_it_is_where_and_when(db_session, stream):
    owner = make.person(db_session, "Lê Thị Ánh")
    task = make.task(
        db_session, stream, title="Đo", owner=owner, due=DAY, forecast=date(2026, 12, 7)
    )

    node = node_of(db_session, task)

    assert (node.kind, node.code, node.title, node.group_key) == ("task", "ION-1", "Đo", "ION")
    assert (node.strand, node.owner, node.owner_id) == (Strand.STANDARDS, owner.full_name, owner.id)
    assert (node.finish, node.target, node.slip) == (date(2026, 12, 7), DAY, 3)
    assert not node.is_over


@pytest.mark.parametrize(
    ("values", "finish"),
    [
        ({}, None),
        ({"baseline": DAY}, DAY),
        ({"baseline": date(2026, 1, 1), "forecast": DAY}, DAY),
        ({"baseline": date(2026, 1, 1), "forecast": date(2026, 2, 1), "closed_on": DAY}, DAY),
    ],
)
def test_a_milestone_is_reached_when_closed_else_as_forecast_else_as_planned(
    db_session, stream, values, finish
):
    node = node_of(db_session, make.milestone(db_session, stream, **values))

    assert node.finish == finish
    assert node.is_over is ("closed_on" in values)
    assert node.item(Calendar()).duration == 0


@pytest.mark.parametrize(
    ("status", "duration"), [(TaskStatus.TODO, 4), (TaskStatus.DOING, 0), (TaskStatus.DONE, 0)]
)
def test_only_a_task_that_has_not_begun_needs_its_days(db_session, stream, status, duration):
    task = make.task(db_session, stream, start=date(2026, 11, 30), due=DAY, status=status)

    assert node_of(db_session, task).item(Calendar()).duration == duration


def test_what_was_given_up_is_shown_but_not_reckoned_with(db_session, stream):
    node = node_of(db_session, make.task(db_session, stream, status=TaskStatus.DROPPED))

    assert node.is_dropped
    assert read.items([node], Calendar()) == {}


def test_what_lies_in_the_trash_is_not_there(db_session, stream):
    gone = make.task(db_session, stream, deleted_at=make.AGES_AGO)
    db_session.flush()

    assert read.nodes(OUTSIDER, [key_of(gone)]) == {}


def test_what_one_may_not_see_is_marked(db_session):
    _, streams = make.whole_group(db_session, "SEC", "Mật", is_restricted=True)
    secret = make.milestone(db_session, streams[Strand.STANDARDS])

    assert not node_of(db_session, secret).is_visible
    director = Actor(person_id=1, person_name="x", is_director=True)
    assert node_of(db_session, secret, director).is_visible
