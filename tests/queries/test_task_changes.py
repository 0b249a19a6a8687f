"""The sums are tested with the comparison of two days (test_comparison.py)."""

from datetime import UTC, datetime, timedelta

import pytest

from tests import factories as make
from tests.factories import TODAY
from tracker.models import Strand, TaskStatus
from tracker.policies.actor import Actor
from tracker.queries import task_changes as read
from tracker.queries.task_changes import Fate, Window
from tracker.services import tasks, trash
from tracker.services.act import Act

STRANGER = Actor(person_id=0, person_name="Người lạ")
SINCE = Window(TODAY - timedelta(days=60))


def act(days_ago):
    at = datetime(2026, 11, 23, 2, tzinfo=UTC) - timedelta(days=days_ago)
    return Act(person_id=None, at=at, cause="web")


@pytest.fixture
def streams(db_session):
    return make.whole_group(db_session, "ZET", position=5)[1]


def told(window=SINCE, **where):
    lines = read.lines(STRANGER, window, **where)
    return [(line.title, line.fate, line.is_there) for line in lines]


def test_each_task_is_told_once_with_what_became_of_it(db_session, streams):
    stream = streams[Strand.METROLOGY]
    done = tasks.create(stream, "Mới và xong", by=act(20))
    tasks.change_status(done, TaskStatus.DONE, by=act(2))
    tasks.create(stream, "Việc con", by=act(20), parent=done)
    both = tasks.create(stream, "Mới mà bỏ", by=act(20))
    trash.throw_away(both, by=act(2))
    gone = [tasks.create(stream, title, by=act(100)) for title in ("Bỏ", "Xóa hẳn")]
    trash.throw_away(gone[0], by=act(3))
    trash.throw_away(gone[1], by=act(40))
    tasks.create(streams[Strand.STANDARDS], "Mới", by=act(1))
    db_session.commit()
    trash.purge(by=act(1))
    db_session.commit()

    assert told(key="ZET") == [
        ("Mới", Fate.ADDED, True),
        ("Bỏ", Fate.DROPPED, False),
        ("Mới và xong", Fate.FINISHED, True),
        ("Xóa hẳn", Fate.DROPPED, False),
    ]
    assert told(key="ZET", strand=Strand.STANDARDS) == [("Mới", Fate.ADDED, True)]
    assert told(key="HAL") == []


def test_what_is_gone_for_good_is_still_told_as_it_was_then(db_session, streams):
    task = tasks.create(streams[Strand.METROLOGY], "Xong rồi xóa", by=act(100))
    tasks.change_status(task, TaskStatus.DONE, by=act(90))
    trash.throw_away(task, by=act(80))
    db_session.commit()
    trash.purge(by=act(1))
    db_session.commit()
    window = Window(TODAY - timedelta(days=95), TODAY - timedelta(days=85))

    assert told(window) == [("Xong rồi xóa", Fate.FINISHED, False)]
    streams[Strand.METROLOGY].group.is_restricted = True
    db_session.flush()
    assert told(window) == []


@pytest.mark.sqlite
def test_only_changes_that_tell_a_fate_are_read(db_session, queries):
    with queries() as statements:
        read.counts(STRANGER, {1}, SINCE)

    for statement in statements:
        plan = db_session.connection().exec_driver_sql(
            f"EXPLAIN QUERY PLAN {statement}", (None,) * statement.count("?")
        )
        assert [row[3] for row in plan if "history" in row[3]] == [
            "SEARCH history USING INDEX ix_history_fates (at>?)"
        ]
