import json
import logging
import os
import signal
import subprocess
import sys
import time

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from tests.conftest import NOW
from tracker.cli import root
from tracker.cli.worker import NIGHT
from tracker.extensions import db
from tracker.models import OutboxItem
from tracker.queries import outbox as read
from tracker.services import outbox

MAIN = "from tracker.app import main; main()"


@pytest.fixture
def tracker(app):
    """`tracker("worker", "--once")`; the logs of the tests stay as they are."""
    levels = {name: logging.getLogger(name).level for name in ("alembic", "huey")}
    handlers, level = logging.root.handlers[:], logging.root.level
    yield lambda *arguments: CliRunner().invoke(root(), list(arguments), obj=lambda: app)
    logging.root.handlers[:], logging.root.level = handlers, level
    for name, kept in levels.items():
        logging.getLogger(name).setLevel(kept)


def test_once_does_what_is_due_and_ends(app, tracker):
    first, second = tracker("worker", "--once"), tracker("worker", "--once")

    assert (first.exit_code, first.output.splitlines()[-1]) == (0, "Đã làm 1 việc.")
    assert second.output.splitlines()[-1] == "Đã làm 0 việc."


def test_again_tries_what_was_given_up(app, set_up, tracker):
    with set_up() as session:
        outbox.put("mail.assigned", "a", {}, at=NOW).attempts = read.ATTEMPTS
        session.flush()  # before the commit
    tracker("worker", "--once", "--again")

    with app.app_context():
        item = db.session.scalars(select(OutboxItem).where(OutboxItem.key == "a")).one()
        assert item.attempts == 0


def test_night_says_what_was_done(tracker):
    result = tracker("night")

    parts = [line.partition(": ") for line in result.output.splitlines()]
    assert parts[2] == ("Xóa hẳn khỏi thùng rác", ": ", "0")
    assert [part for part, _, _ in parts] == list(NIGHT.values())


def test_a_worker_runs_until_it_is_told_to_stop(app, tmp_path):
    config = app.extensions["tracker.config"]
    process = subprocess.Popen(
        [sys.executable, "-c", MAIN, "worker"],
        env={**os.environ, "DATA_DIR": str(tmp_path), "DATABASE_URL": config.database_url},
        stderr=subprocess.PIPE,
        text=True,
    )
    end = time.monotonic() + 30
    while time.monotonic() < end and process.poll() is None:
        with app.app_context():
            ticked = read.last_tick()
            db.session.remove()
        if ticked:
            break
        time.sleep(0.1)
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=20)

    assert ticked
    assert process.returncode == 0
    lines = [json.loads(line) for line in err.splitlines()]
    assert "night work done" in [line["message"] for line in lines]
