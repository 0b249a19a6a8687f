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


def test_the_queue_lies_where_the_data_lie(app, tmp_path):
    queue = scheduling.queue(app.extensions["tracker.config"])
    queue.storage.close()

    assert (tmp_path / "queue.db").exists()


def test_an_error_does_not_end_the_worker(app, caplog):
    def broken():
        raise OSError

    scheduling.run(app.extensions["tracker.config"], broken, NOW)

    assert [record.message for record in caplog.records] == ["tick failed"]
