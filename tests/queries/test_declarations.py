from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests import factories as make
from tests.factories import TODAY
from tests.services.acts import BY
from tracker.lib.freshness import Freshness
from tracker.lib.health import Health
from tracker.models import Strand
from tracker.queries import declarations as read
from tracker.services import declarations as do

DECLARED = read.Declared(1, 1, Health.ON_TRACK, Health.AT_RISK, "Đủ người.", "", "An", BY.at)


@pytest.fixture
def streams(db_session, cast):
    return [make.stream_of(db_session, cast, strand=strand) for strand in Strand]


def declare(stream, health, *, days_ago):
    at = replace(BY, at=BY.at - timedelta(days=days_ago))
    return do.declare(stream, health, sentence="Vì thế.", recovery="Làm bù.", by=at)


def test_the_last_declaration_counts_today_and_on_a_past_day(db_session, streams, queries):
    metrology, inspection, *others = streams
    declare(metrology, Health.AT_RISK, days_ago=9)
    declare(inspection, Health.LATE, days_ago=5)
    declare(metrology, Health.ON_TRACK, days_ago=2)
    db_session.commit()

    with queries() as statements:
        now = read.current()
    assert len(statements) == 1
    assert {id_: said.health for id_, said in now.items()} == {
        metrology.id: Health.ON_TRACK,
        inspection.id: Health.LATE,
    }
    earlier = read.current(day=TODAY - timedelta(days=6))
    assert {id_: said.on for id_, said in earlier.items()} == {
        metrology.id: TODAY - timedelta(days=9)
    }
    assert read.current([others[0].id]) == {}
    assert [said.health for said in read.history(metrology.id)] == [
        Health.AT_RISK,
        Health.ON_TRACK,
    ]


def test_what_is_computed_knows_what_was_changed_in_the_same_breath(db_session, streams):
    make.milestone(db_session, streams[0], baseline=TODAY - timedelta(days=1))

    assert read.computed(streams[0], TODAY).health is Health.LATE


@pytest.mark.parametrize(
    ("computed", "better", "stands"),
    [
        (Health.ON_TRACK, False, True),
        (Health.DONE, False, True),
        (Health.AT_RISK, True, True),  # what its sentence was written for
        (Health.LATE, True, False),
        (Health.NO_PLAN, True, False),
    ],
)
def test_it_may_be_said_again_while_its_sentence_explains_the_plan(computed, better, stands):
    assert DECLARED.was_better
    assert DECLARED.is_better_than(computed) is better
    assert DECLARED.may_stand(computed) is stands


def test_late_may_be_said_again_only_with_its_recovery_line():
    late = replace(DECLARED, health=Health.LATE, computed=Health.LATE)

    assert not late.may_stand(Health.LATE)
    assert replace(late, recovery="Làm bù.").may_stand(Health.LATE)


def test_it_is_stale_once_the_cut_off_after_it_counts_unless_nothing_is_open():
    before, on = DECLARED.on - timedelta(days=1), DECLARED.on

    assert DECLARED.is_stale(Freshness(TODAY, on, oldest=date(2026, 1, 1)))
    assert not DECLARED.is_stale(Freshness(TODAY, before, oldest=date(2026, 1, 1)))
    assert not DECLARED.is_stale(Freshness(TODAY, on, oldest=None))
