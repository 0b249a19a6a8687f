from dataclasses import replace
from datetime import timedelta

import pytest

from tests.services.acts import BY
from tracker.errors import RuleViolationError
from tracker.lib.attention import Hide, Item, Kind
from tracker.policies.actor import Actor
from tracker.queries import hides as read
from tracker.services import hides as do

TODAY = BY.today
LATE = Item(kind=Kind.MILESTONE, subject="milestone:HAL-M7", is_red=True, slip=41, blocks=1)


@pytest.fixture
def by(cast):
    return replace(BY, person_id=cast["director"].person_id)


def who(player):
    return Actor(person_id=player.person_id, person_name="x", is_director=True)


def test_the_last_word_counts_for_who_said_it_alone(db_session, cast, by):
    director, until = who(cast["director"]), TODAY + timedelta(days=7)
    do.hide(LATE, until, "Chưa cần.", by=by)
    do.hide(LATE, until + timedelta(days=7), " Chờ đàm phán. ", by=by)
    before = read.last(director)

    assert read.of(director, TODAY) == {
        LATE.subject: Hide(
            LATE.subject, until + timedelta(days=7), "Chờ đàm phán.", (1, 0, 41, 1, 0)
        )
    }
    assert read.of(director, until + timedelta(days=7)) == {}
    assert (read.of(who(cast["head"]), TODAY), read.last(who(cast["head"]))) == ({}, 0)

    do.show(LATE.subject, by=by)

    assert read.of(director, TODAY) == {}
    assert read.last(director) > before


def test_what_was_never_put_off_is_not_recorded_as_shown(db_session, cast, by):
    do.show("x" * 100_000, by=by)

    assert read.last(who(cast["director"])) == 0


@pytest.mark.parametrize("days", [-1, 0, 93])
def test_it_is_put_off_until_a_day_that_comes_soon(by, days):
    with pytest.raises(RuleViolationError) as refused:
        do.hide(LATE, TODAY + timedelta(days=days), "", by=by)

    assert refused.value.code == "hide_until_wrong"
