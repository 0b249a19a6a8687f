import time

from tests.conftest import NOW
from tracker.extensions import db
from tracker.jobs import scheduling
from tracker.queries import outbox as read


def test_a_background_worker_ticks_at_once_and_stops(app):
    config = app.extensions["tracker.config"]
    consumer = scheduling.consumer(config, app.app_context, scheduling.Background)
    consumer.start()
    try:
        assert eventually(lambda: ticked(app) is not None)
    finally:
        consumer.stop(graceful=True)
        consumer.huey.storage.close()


def ticked(app):
    with app.app_context():
        try:
            return read.last_tick()
        finally:
            db.session.remove()


def eventually(question, seconds=20):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if question():
            return True
        time.sleep(0.05)
    return False


def test_an_error_does_not_end_the_worker(app, caplog):
    def broken():
        raise OSError

    scheduling.run(app.extensions["tracker.config"], broken, NOW)

    assert [record.message for record in caplog.records] == ["tick failed"]


def test_a_worker_that_is_woken_makes_files_within_a_second(app, monkeypatch):
    config, woken = app.extensions["tracker.config"], []
    monkeypatch.setattr(
        scheduling.report_exports, "work", lambda *_, **__: woken.append(time.monotonic())
    )
    consumer = scheduling.consumer(config, app.app_context, scheduling.Background)
    consumer.start()
    try:
        assert eventually(lambda: woken)  # the tick at the start
        seen, asked = len(woken), time.monotonic()
        scheduling.wake(config)
        assert eventually(lambda: len(woken) > seen)
        assert woken[-1] - asked < 2
    finally:
        consumer.stop(graceful=True)
        consumer.huey.storage.close()
