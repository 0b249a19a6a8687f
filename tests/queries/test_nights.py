from datetime import timedelta

from tests import factories as make
from tests.conftest import NOW
from tests.factories import TODAY
from tracker.lib.health import Health
from tracker.models import Strand
from tracker.queries import nights
from tracker.services import snapshots, tasks
from tracker.services.act import Act


def test_the_latest_missed_days_come_first_and_none_twice(db_session, cast):
    stream = make.stream_of(db_session, cast)
    long_ago = Act(person_id=None, at=NOW - timedelta(days=9), cause="web")
    tasks.create(stream, "Đo", by=long_ago)
    db_session.commit()
    yesterday = TODAY - timedelta(days=1)

    snapshots.keep(nights.missed(yesterday, most=3))

    days = [night.day for night in nights.missed(yesterday, most=100)]
    assert days == [TODAY - timedelta(days=ago) for ago in range(9, 3, -1)]
    assert nights.missed(TODAY - timedelta(days=10), most=100) == []


def test_without_history_nothing_is_missed(db_session):
    assert nights.missed(TODAY, most=9) == []


def test_what_is_kept_of_now(db_session, cast):
    stream = make.stream_of(db_session, cast, strand=Strand.METROLOGY)
    make.task(db_session, stream, due=TODAY - timedelta(days=1))
    db_session.commit()

    night = nights.now(NOW, "cli")

    health = night.cells[stream.id].columns["health"]
    assert (night.day, night.cause, health) == (TODAY, "cli", Health.AT_RISK)
