from datetime import UTC, date, datetime, timedelta

import pytest

from tests import factories as make
from tests.factories import TODAY
from tracker.lib.health import Health
from tracker.models import Strand
from tracker.policies.actor import Actor
from tracker.queries import nights
from tracker.queries import snapshots as read
from tracker.services import declarations, snapshots, tasks
from tracker.services.act import Act

STRANGER = Actor(person_id=0, person_name="Người lạ")
YESTERDAY = TODAY - timedelta(days=1)


def act(days_ago):
    at = datetime(2026, 11, 23, 2, tzinfo=UTC) - timedelta(days=days_ago)
    return Act(person_id=None, at=at, cause="web")


@pytest.fixture
def stream(db_session):
    """Begun 80 days ago, at risk for 14 days, declared well for 30."""
    stream = make.whole_group(db_session, "ZET", position=5)[1][Strand.INSPECTION]
    tasks.create(stream, "Quá hạn", by=act(80), due=TODAY - timedelta(days=15))
    declarations.declare(stream, Health.ON_TRACK, sentence="Ổn", by=act(30))
    db_session.commit()
    return stream


def test_a_day_that_was_kept_reads_as_one_played_again(db_session, stream, monkeypatch):
    again = read.at_end_of(YESTERDAY, {})
    snapshots.keep(nights.missed(YESTERDAY, most=1))
    known = {}

    kept = read.at_end_of(YESTERDAY, known)

    place = stream.group_id, Strand.INSPECTION
    assert kept[place] == again[place]
    assert kept[place].judgement.health is Health.AT_RISK
    assert kept[place].is_disputed
    assert read.at_end_of(YESTERDAY, known) is kept
    monkeypatch.setattr(read, "REPLAYED_AT_ONCE", 0)
    assert read.at_end_of(YESTERDAY - timedelta(days=1), {}) is None


def test_one_taken_during_the_day_is_not_how_it_ended(db_session, stream):
    snapshots.take(by=act(1))
    tasks.create(stream, "Thêm", by=act(1))
    db_session.commit()

    stood = read.at_end_of(YESTERDAY, {})[stream.group_id, Strand.INSPECTION]

    assert stood.judgement.total == 2


def test_the_worst_colour_of_each_group_at_the_ends_of_weeks(db_session, stream, queries):
    snapshots.keep(nights.missed(YESTERDAY, most=200))
    known = {}

    found = read.worst(TODAY, known)

    assert [day.weekday() for day in read.week_ends(TODAY)] == [6, 6, 6, 6, 6, 6, 6, 0]
    assert found[stream.group_id] == [Health.NO_PLAN] * 5 + [Health.AT_RISK] * 2
    with queries() as statements:
        read.worst(TODAY, known)
    assert len(statements) == 1


def test_what_is_counted_week_by_week_is_of_groups_one_sees(db_session, stream):
    snapshots.keep(nights.missed(YESTERDAY, most=200))

    weeks = read.weeks(STRANGER, YESTERDAY, 3)
    stream.group.is_restricted = True
    db_session.flush()

    assert [week.day for week in weeks] == [date(2026, 11, day) for day in (8, 15, 22)]
    assert [week.overdue for week in weeks] == [0, 1, 1]
    assert [week.health.get(Health.AT_RISK, 0) for week in weeks] == [0, 1, 1]
    assert [week.overdue for week in read.weeks(STRANGER, YESTERDAY, 3)] == [0, 0, 0]
