from datetime import date, timedelta

import pytest

from tests import factories as make
from tests.factories import TODAY
from tests.services.acts import BY
from tracker.models import ExtensionRequest, ExtensionState, Group, MoveReason, Role, TaskStatus
from tracker.policies.actor import Actor, Post
from tracker.queries import extension_requests as read

DUE, LATER = date(2026, 12, 1), date(2026, 12, 15)


@pytest.fixture
def stream(db_session, cast):
    return make.stream_of(db_session, cast)


def head(cast, key="HAL"):
    posts = {cast.groups[key]: (Post(Role.HEAD),)}
    return Actor(person_id=cast["head"].person_id, person_name="x", posts=posts)


def director():
    return Actor(person_id=1, person_name="x", is_director=True)


def request(session, thing, days_ago=0, **values):
    kind = type(thing).__name__.lower()
    values = {
        f"{kind}_id": thing.id,
        "old_day": DUE,
        "new_day": LATER,
        "reason": MoveReason.BUDGET,
        "sentence": "Chưa có dự toán.",
        "asked_at": BY.at - timedelta(days=days_ago),
    } | values
    return make.add(session, ExtensionRequest(**values))


def test_a_line_says_by_how_much_and_how_long_it_waits(db_session, stream):
    task = make.task(db_session, stream, title="Đo", due=DUE)
    line = read.line(request(db_session, task, days_ago=7), TODAY)

    assert (line.kind, line.code, line.title, line.group_key) == ("task", task.code, "Đo", "HAL")
    assert (line.days, line.working_days, line.waited, line.tone) == (14, 10, 5, "risk")
    assert line.is_open


@pytest.mark.parametrize(
    ("days_ago", "tone"), [(0, "brand"), (4, "brand"), (7, "risk"), (14, "late")]
)
def test_age_has_a_colour(db_session, stream, days_ago, tone):
    task = make.task(db_session, stream, due=DUE)

    assert read.line(request(db_session, task, days_ago), TODAY).tone == tone


def test_the_queue_of_a_lead_has_what_waits_in_the_group_the_oldest_first(db_session, cast, stream):
    young = request(db_session, make.task(db_session, stream, due=DUE))
    old = request(db_session, make.milestone(db_session, stream, forecast=DUE), days_ago=9)
    done = make.task(db_session, stream, due=DUE, status=TaskStatus.DONE)
    gone = make.task(db_session, stream, due=DUE, deleted_at=BY.at)
    answered = make.task(db_session, stream, due=DUE)
    for thing in (done, gone):
        request(db_session, thing)
    request(db_session, answered, state=ExtensionState.REFUSED, answered_at=BY.at)

    queue = read.queue(head(cast), 1, TODAY)

    assert [line.id for line in queue.rows] == [old.id, young.id]
    assert queue.total == 2
    assert read.queue(head(cast, "SOL"), 1, TODAY).rows == []


def test_directors_are_asked_about_milestones(db_session, stream):
    request(db_session, make.task(db_session, stream, due=DUE))
    asked = request(db_session, make.milestone(db_session, stream, forecast=DUE))

    assert [line.id for line in read.queue(director(), 1, TODAY).rows] == [asked.id]


def test_what_one_may_not_see_is_not_found(db_session, cast):
    hidden = make.stream_of(db_session, cast, "SOL")
    asked = request(db_session, make.task(db_session, hidden, due=DUE))

    assert read.find(head(cast), asked.id) is None
    assert read.find(head(cast, "SOL"), asked.id, to_change=True).id == asked.id


def test_a_group_lists_all_of_them_those_that_wait_first(db_session, cast, stream):
    group = db_session.get(Group, cast.groups["HAL"])
    answered = request(
        db_session,
        make.task(db_session, stream, due=DUE),
        state=ExtensionState.GRANTED,
        answered_at=BY.at,
    )
    waits = request(db_session, make.task(db_session, stream, due=DUE), days_ago=3)

    everything = read.listing(group, None, 1, TODAY)
    granted = read.listing(group, ExtensionState.GRANTED, 1, TODAY)

    assert [line.id for line in everything.rows] == [waits.id, answered.id]
    assert [line.id for line in granted.rows] == [answered.id]
    assert [line.id for line in read.of_group(group, TODAY).rows] == [waits.id]
    assert [line.tone for line in granted.rows] == ["done"]


def test_what_stands_and_what_may_be_asked(db_session, stream):
    assert read.stands(make.milestone(db_session, stream, baseline=DUE)) == DUE
    assert read.stands(make.task(db_session, stream, due=DUE, forecast=LATER)) == DUE
    assert not read.may_be_asked(make.task(db_session, stream))
    assert not read.may_be_asked(make.milestone(db_session, stream, forecast=DUE, closed_on=DUE))


@pytest.mark.parametrize("rows", [1, 3])
def test_a_screen_takes_the_same_statements_for_one_and_for_three(
    db_session, cast, stream, queries, rows
):
    for _ in range(rows):
        request(db_session, make.task(db_session, stream, due=DUE))

    with queries() as statements:
        read.queue(head(cast), 1, TODAY)

    assert len(statements) == 3
