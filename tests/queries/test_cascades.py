from datetime import date
from itertools import pairwise

import pytest

from tests import factories as make
from tracker.models import Milestone, Role, Strand, TaskStatus
from tracker.policies.actor import Actor, Post
from tracker.queries import cascades as read
from tracker.queries import linked, milestones

MONDAY, LATER = date(2026, 11, 30), date(2026, 12, 7)
ADMINISTRATOR = Actor(person_id=1, person_name="x", is_administrator=True)


@pytest.fixture
def streams(db_session):
    return make.whole_group(db_session)[1]


@pytest.fixture
def stream(streams):
    return streams[Strand.STANDARDS]


def milestone(session, stream, **values):
    return make.milestone(session, stream, **{"forecast": MONDAY, "baseline": MONDAY} | values)


def leading(*group_ids, person_id=1):
    posts = {group_id: (Post(Role.HEAD),) for group_id in group_ids}
    return Actor(person_id=person_id, person_name="x", posts=posts)


def told(pushes):
    return [(push.node.code, push.old, push.new, push.working_days) for push in pushes]


def test_what_nothing_waits_for_pushes_nothing_in_one_statement(db_session, stream, queries):
    alone = milestone(db_session, stream)
    db_session.flush()

    with queries() as statements:
        found = read.of(ADMINISTRATOR, alone, LATER)

    assert found == read.NOTHING
    assert found.mark == ""
    assert len(statements) == 1


def test_what_was_given_up_pushes_nothing(db_session, stream):
    dropped = make.task(db_session, stream, due=MONDAY, status=TaskStatus.DROPPED)
    make.link(db_session, dropped, milestone(db_session, stream))

    assert read.of(ADMINISTRATOR, dropped, LATER) == read.NOTHING


def test_a_move_pushes_milestones_and_tasks_across_strands(db_session, streams):
    first = milestone(db_session, streams[Strand.STANDARDS])
    second = milestone(db_session, streams[Strand.METROLOGY])
    task = make.task(db_session, streams[Strand.INSPECTION], due=date(2026, 12, 10))
    make.link(db_session, first, second, lag=5)
    make.link(db_session, second, task)

    found = read.of(ADMINISTRATOR, first, LATER)

    assert told(found.pushed) == [
        ("ION-M2", MONDAY, date(2026, 12, 14), 10),
        ("ION-1", date(2026, 12, 10), date(2026, 12, 14), 2),
    ]
    assert [push.days for push in found.pushed] == [14, 4]
    assert [push.behind for push in found.pushed] == ["ION-M1", "ION-M2"]
    assert found.latest == date(2026, 12, 14)
    assert (found.held, found.unseen) == ([], [])


@pytest.mark.parametrize("rows", [1, 3])
def test_a_cascade_takes_the_same_statements_whatever_its_length(db_session, stream, queries, rows):
    chain = [milestone(db_session, stream) for _ in range(rows + 1)]
    for before, after in pairwise(chain):
        make.link(db_session, before, after)

    with queries() as statements:
        found = read.of(ADMINISTRATOR, chain[0], LATER)

    assert len(found.pushed) == rows
    assert len(statements) == 4


def test_a_task_not_begun_keeps_the_days_of_its_plan(db_session, stream):
    first = milestone(db_session, stream)
    days = {"start": MONDAY, "due": date(2026, 12, 4)}
    todo = make.task(db_session, stream, **days)
    doing = make.task(db_session, stream, status=TaskStatus.DOING, **days)
    for task in (todo, doing):
        make.link(db_session, first, task)

    assert told(read.of(ADMINISTRATOR, first, LATER).pushed) == [
        (todo.code, date(2026, 12, 4), date(2026, 12, 11), 5),
        (doing.code, date(2026, 12, 4), LATER, 1),
    ]


def test_what_is_over_dropped_or_in_the_trash_is_not_pushed(db_session, stream):
    first = milestone(db_session, stream)
    closed = milestone(db_session, stream, closed_on=MONDAY)
    gone = milestone(db_session, stream, deleted_at=make.AGES_AGO)
    done = make.task(db_session, stream, due=MONDAY, status=TaskStatus.DONE, finished_on=MONDAY)
    dropped = make.task(db_session, stream, due=MONDAY, status=TaskStatus.DROPPED)
    for thing in (closed, gone, done, dropped):
        make.link(db_session, first, thing)

    assert read.of(ADMINISTRATOR, first, LATER).pushed == []


def test_what_others_lead_is_held_and_what_is_behind_it_stays(db_session, stream):
    other, streams = make.whole_group(db_session, "OTH", "Khác")
    first, own = milestone(db_session, stream), milestone(db_session, stream)
    theirs = milestone(db_session, streams[Strand.INSPECTION])
    make.link(db_session, first, theirs)
    make.link(db_session, theirs, own)

    found = read.of(leading(stream.group_id), first, LATER)
    assert (told(found.pushed), told(found.held)) == ([], [("OTH-M1", MONDAY, LATER, 5)])

    both = read.of(leading(stream.group_id, other.id), first, LATER)
    assert [push.node.code for push in both.pushed] == ["OTH-M1", "ION-M2"]
    assert both.held == []
    assert both.mark not in {"", found.mark}


def test_what_the_mover_may_not_see_is_told_to_nobody_but_kept_for_its_leaders(db_session, stream):
    _, streams = make.whole_group(db_session, "SEC", "Mật", is_restricted=True)
    first = milestone(db_session, stream)
    secret = milestone(db_session, streams[Strand.STANDARDS])
    make.link(db_session, first, secret)

    found = read.of(leading(stream.group_id), first, LATER)

    assert (found.pushed, found.held, found.mark) == ([], [], "")
    assert [push.node.code for push in found.unseen] == ["SEC-M1"]


def test_a_member_pushes_their_own_tasks_only(db_session, stream):
    me = make.person(db_session)
    first = make.task(db_session, stream, owner=me, due=MONDAY)
    own = make.task(db_session, stream, owner=me, due=MONDAY)
    shared = make.task(db_session, stream, due=MONDAY)
    others = make.task(db_session, stream, due=MONDAY)
    lead = milestone(db_session, stream)
    for thing in (own, shared, others, lead):
        make.link(db_session, first, thing)
    member = Actor(
        person_id=me.id,
        person_name="x",
        posts={stream.group_id: (Post(Role.MEMBER),)},
        shared_task_ids=frozenset({shared.id}),
    )

    found = read.of(member, first, LATER)

    assert {push.node.code for push in found.pushed} == {own.code, shared.code}
    assert {push.node.code for push in found.held} == {others.code, lead.code}


def test_a_cleared_forecast_falls_back_on_the_plan(db_session, stream):
    first = milestone(db_session, stream, baseline=LATER)
    second = milestone(db_session, stream)
    undated = milestone(db_session, stream, forecast=None, baseline=None)
    make.link(db_session, first, second)
    make.link(db_session, undated, second)

    assert told(read.of(ADMINISTRATOR, first, None).pushed) == [("ION-M2", MONDAY, LATER, 5)]
    assert read.of(ADMINISTRATOR, undated, None) == read.NOTHING


def test_more_items_than_a_statement_lists_are_found_all_the_same(db_session, stream):
    first = milestone(db_session, stream)
    for _ in range(linked.LISTED + 1):
        second = milestone(db_session, stream)
        make.link(db_session, first, second)
        make.link(db_session, second, make.task(db_session, stream, due=MONDAY))

    found = read.of(ADMINISTRATOR, first, LATER)

    assert len(found.pushed) == 2 * (linked.LISTED + 1)


def test_the_rights_are_those_of_the_forms(db_session, cast):
    stream = make.stream_of(db_session, cast)
    make.milestone(db_session, stream)
    director = Actor(person_id=1, person_name="x", is_director=True)
    first = milestone(db_session, stream)
    second = milestone(db_session, stream)
    task = make.task(db_session, stream, due=MONDAY)
    make.link(db_session, first, second)
    make.link(db_session, first, task)

    found = read.of(director, first, LATER)

    assert [push.node.code for push in found.pushed] == [second.code]
    assert [push.node.code for push in found.held] == [task.code]
    assert isinstance(milestones.find(director, second.code), Milestone)
