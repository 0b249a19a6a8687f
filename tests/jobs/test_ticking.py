import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.conftest import NOW
from tracker.extensions import db
from tracker.jobs import night, ticking
from tracker.models import OutboxItem
from tracker.queries import outbox as read


@pytest.fixture
def config(app):
    return app.extensions["tracker.config"]


def test_a_tick_does_the_night_once(db_session, config):
    done = [ticking.tick(config, at=NOW + timedelta(minutes=minute)) for minute in range(3)]

    assert done == [1, 0, 0]
    assert ticking.tick(config, at=NOW + timedelta(days=1)) == 1
    assert read.last_tick() == NOW + timedelta(days=1)


def test_two_workers_that_tick_together_do_the_night_once(app, config):
    start = threading.Barrier(2)
    done, failures = [], []

    def work():
        start.wait()
        try:
            with app.app_context():
                done.append(ticking.tick(config, at=NOW))
                db.session.remove()
        except Exception as error:  # noqa: BLE001 - told below
            failures.append(error)

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert failures == []
    assert sorted(done) == [0, 1]


def test_a_night_that_fails_is_told_and_tried_again(db_session, config, monkeypatch):
    def broken(*, at):
        message = "disk full"
        raise OSError(message)

    monkeypatch.setattr(night, "work", broken)

    assert ticking.tick(config, at=NOW) == 0
    item = db_session.scalars(select(OutboxItem).where(OutboxItem.kind == night.KIND)).one()
    assert (item.done_at, item.last_error) == (None, "OSError('disk full')")
    monkeypatch.undo()
    assert ticking.tick(config, at=NOW + timedelta(minutes=1)) == 1
