from dataclasses import replace
from datetime import timedelta

import pytest

from tests import factories as make
from tests.factories import TODAY
from tests.services.acts import BY
from tracker.lib.health import Health
from tracker.models import Snapshot, SnapshotCell, SnapshotValue
from tracker.queries import health_history as read
from tracker.services import declarations as do

WEEK = timedelta(weeks=1)


@pytest.fixture
def stream(db_session, cast):
    return make.stream_of(db_session, cast)


def stored(session, stream, days_ago, health):
    value = session.query(SnapshotValue).first() or make.add(
        session, SnapshotValue(digest="x", value=b"")
    )
    day = TODAY - timedelta(days=days_ago)
    at = BY.at - timedelta(days=days_ago)
    shot = make.add(session, Snapshot(day=day, at=at, cause="night", rules_id=value.id))
    counts = dict.fromkeys(
        ("done", "total", "overdue", "blocked", "milestones_soon", "open_items", "fresh_items"), 0
    )
    cell = SnapshotCell(
        snapshot_id=shot.id,
        workstream_id=stream.id,
        health=health,
        facts_id=value.id,
        **counts,
    )
    make.add(session, cell)


def runs(found):
    return [(run.health, run.weeks) for run in found]


def test_half_a_year_of_both_colours_week_by_week(db_session, stream, queries):
    for days_ago, health in ((20, Health.AT_RISK), (15, Health.ON_TRACK), (7, Health.AT_RISK)):
        stored(db_session, stream, days_ago, health)
    for days_ago, health in ((10 * 7, Health.AT_RISK), (8, Health.ON_TRACK)):
        at = replace(BY, at=BY.at - timedelta(days=days_ago))
        do.declare(stream, health, sentence="Vì thế.", by=at)
    db_session.commit()

    with queries() as statements:
        past = read.past(stream.id, Health.LATE, TODAY)

    assert len(statements) == 2
    assert runs(past.declared) == [(None, 15), (Health.AT_RISK, 9), (Health.ON_TRACK, 2)]
    assert runs(past.computed) == [
        (None, 23),
        (Health.ON_TRACK, 1),
        (Health.AT_RISK, 1),
        (Health.LATE, 1),
    ]
    assert (past.computed[-1].first, past.computed[-1].last) == (TODAY, TODAY)
    assert past.declared[1].last == TODAY - 2 * WEEK
    assert sum(weeks for _, weeks in past.months) == read.WEEKS
    assert [said.health for said in past.declarations] == [Health.ON_TRACK, Health.AT_RISK]
