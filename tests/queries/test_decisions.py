from datetime import timedelta

import pytest

from tests import factories as make
from tests.factories import TODAY
from tests.services.acts import BY
from tracker.models import Decision, DecisionLink, DecisionState, Role, TaskStatus
from tracker.policies.actor import Actor, Post
from tracker.queries import decisions as read
from tracker.queries.decisions import Filters, Order


@pytest.fixture
def stream(db_session, cast):
    return make.stream_of(db_session, cast)


@pytest.fixture
def ask(db_session, cast):
    """Put questions, asked some days ago, with what stalls."""
    made = iter(range(1, 100))

    def asked(*items, key="HAL", days_ago=0, **values):
        values = {
            "group_id": cast.groups[key],
            "code": f"{key}-Q{next(made)}",
            "question": "Chọn nơi nào?",
            "options": ["Viện 1", "Viện 2"],
            "wanted_from_id": cast["director"].person_id,
            "wanted_by": TODAY + timedelta(days=10),
            "asked_by_id": cast["head"].person_id,
            "asked_at": BY.at - timedelta(days=days_ago),
        } | values
        decision = make.add(db_session, Decision(**values))
        for item in items:
            end = {f"{type(item).__name__.lower()}_id": item.id}
            make.add(db_session, DecisionLink(decision_id=decision.id, **end))
        return decision

    return asked


def member(cast, key="HAL"):
    posts = {cast.groups[key]: (Post(Role.MEMBER),)}
    return Actor(person_id=cast["member"].person_id, person_name="x", posts=posts)


def director(cast):
    return Actor(person_id=cast["director"].person_id, person_name="x", is_director=True)


def codes(lines):
    return [line.code for line in lines]


def test_a_line_says_how_old_and_how_late_it_is_and_what_stalls(db_session, cast, stream, ask):
    milestone = make.milestone(db_session, stream, forecast=TODAY)
    task = make.task(db_session, stream, due=TODAY, status=TaskStatus.BLOCKED)
    gone = make.task(db_session, stream, deleted_at=BY.at)
    asked = ask(task, gone, milestone, days_ago=12, wanted_by=TODAY - timedelta(days=2))

    line = read.line(director(cast), asked, TODAY)

    assert (line.age, line.late, line.left, line.tone) == (12, 2, 0, "late")
    assert (line.wanted_from, line.asked_by) == (cast["director"].name, cast["head"].name)
    assert [(one.code, one.day, one.is_blocked) for one in line.stalls] == [
        (milestone.code, TODAY, False),
        (task.code, TODAY, True),
    ]


@pytest.mark.parametrize(("left", "tone"), [(-1, "late"), (0, "risk"), (3, "risk"), (4, "brand")])
def test_the_day_by_which_it_is_wanted_gives_the_colour(cast, ask, left, tone):
    asked = ask(wanted_by=TODAY + timedelta(days=left))

    assert read.line(director(cast), asked, TODAY).tone == tone


def test_an_answer_stops_the_clock(cast, ask):
    asked = ask(
        days_ago=30,
        state=DecisionState.ANSWERED,
        chosen=1,
        decided_on=TODAY - timedelta(days=20),
        decided_by_id=cast["director"].person_id,
    )
    line = read.line(director(cast), asked, TODAY)

    assert (line.age, line.option, line.tone) == (10, "Viện 2", "done")


def test_the_queue_has_what_waits_in_the_groups_one_sees_the_oldest_first(cast, ask):
    young, old = ask(), ask(days_ago=9)
    ask(state=DecisionState.WITHDRAWN)
    secret = ask(key="SOL", days_ago=3)

    assert codes(read.waiting(director(cast), TODAY)) == codes([old, secret, young])
    assert codes(read.waiting(member(cast), TODAY)) == codes([old, young])


def test_filters_narrow_and_what_is_over_comes_last(db_session, cast, ask):
    other = make.account(db_session, "Lê Hai", email="hai@test.vn", is_director=True).person_id
    late = ask(days_ago=1, wanted_by=TODAY - timedelta(days=1))
    old = ask(days_ago=9, wanted_from_id=other, asked_by_id=None)
    over = ask(days_ago=20, state=DecisionState.ANSWERED, decided_on=TODAY)
    secret = ask(key="SOL", asked_by_id=None, wanted_from_id=other)
    who = director(cast)

    def listed(**asked):
        return codes(read.listing(who, Filters(**asked), 1, TODAY).rows)

    assert listed() == codes([old, late, secret, over])
    assert listed(order=Order.WANTED)[0] == late.code
    assert listed(order=Order.LATEST) == codes([secret, late, old, over])
    assert listed(state=DecisionState.ANSWERED) == [over.code]
    assert listed(group="SOL") == [secret.code]
    assert listed(who=other) == codes([old, secret])
    assert listed(is_mine=True) == codes([late, over])
    assert codes(read.rows(member(cast), Filters(), TODAY)) == codes([old, late, over])
    assert read.counts(who, "HAL") == {DecisionState.OPEN: 2, DecisionState.ANSWERED: 1}
    assert (
        read.directors_asked(member(cast))
        == sorted(
            [(cast["director"].person_id, cast["director"].name), (other, "Lê Hai")],
            key=lambda one: one[1].split()[-1],
        )[::-1]
    )


def test_an_item_tells_what_is_asked_about_it_to_those_who_see_the_question(
    db_session, cast, stream, ask
):
    task = make.task(db_session, stream)
    answered = ask(task, state=DecisionState.ANSWERED, decided_on=TODAY)
    waits = ask(task)
    ask(task, state=DecisionState.WITHDRAWN)
    secret = ask(task, key="SOL")

    assert codes(read.of_item(member(cast), task, TODAY)) == codes([waits, answered])
    assert codes(read.of_item(director(cast), task, TODAY)) == codes([secret, waits, answered])


def test_only_what_one_sees_is_found(db_session, cast, stream, ask):
    hidden, shown = ask(key="SOL"), ask()

    assert read.find(member(cast), hidden.code) is None
    assert read.find(member(cast), "hal-q2") is shown
    assert read.item(member(cast), "SOL-M1") is None
    task = make.task(db_session, stream)
    assert read.item(member(cast), task.code.lower()) is task


def test_what_is_linked_and_not_shown_is_known_for_saving(db_session, cast, stream, ask):
    gone, there = (
        make.task(db_session, stream, deleted_at=BY.at),
        make.milestone(db_session, stream),
    )
    asked = ask(gone, there)

    assert [one.code for one in read.hidden_items(member(cast), asked)] == [gone.code]
