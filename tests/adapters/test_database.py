import threading

import pytest
from sqlalchemy import text

from tracker.adapters import database
from tracker.extensions import db


@pytest.mark.sqlite
def test_sqlite_is_set_up_for_many_readers_and_one_writer(db_session):
    values = {
        name: db_session.execute(text(f"PRAGMA {name}")).scalar()
        for name in ("journal_mode", "foreign_keys", "recursive_triggers", "busy_timeout")
    }

    assert values == {
        "journal_mode": "wal",
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "busy_timeout": 10000,
    }


@pytest.mark.sqlite
def test_a_long_reader_locks_no_writer_out(app, cast):
    """An export that reads for a minute, and a status change meanwhile."""
    opened, done = threading.Event(), threading.Event()

    def read_slowly():
        with app.app_context(), database.reading():
            db.session.execute(text("SELECT count(*) FROM tasks")).scalar()
            opened.set()
            done.wait(10)
            db.session.rollback()

    reader = threading.Thread(target=read_slowly)
    reader.start()
    opened.wait(10)
    with app.app_context():
        db.session.execute(text("UPDATE tasks SET progress = 40"))
        db.session.commit()
        written = db.session.execute(text("SELECT max(progress) FROM tasks")).scalar()
    done.set()
    reader.join()

    assert written == 40


@pytest.mark.sqlite
def test_writers_wait_for_each_other_instead_of_failing(app, cast):
    """Ten writers at once: nobody is told "database is locked"."""
    failures = []

    def write():
        try:
            with app.app_context():
                was = db.session.execute(text("SELECT progress FROM tasks")).scalar()
                db.session.execute(text("UPDATE tasks SET progress = :p"), {"p": was + 1})
                db.session.commit()
        except Exception as error:  # noqa: BLE001 - whatever it is, the test shall name it
            failures.append(error)

    threads = [threading.Thread(target=write) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    with app.app_context():
        assert db.session.execute(text("SELECT progress FROM tasks")).scalar() == 10


def test_reading_ends_with_its_block():
    database.read_only(value=False)
    with database.reading():
        assert database._reading.get() is True
    assert database._reading.get() is False
