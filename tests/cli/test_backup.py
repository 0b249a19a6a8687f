"""The commands as an operator runs them, in processes of their own that can be killed."""

import os
import signal
import subprocess
import sys
import time

import pytest
from sqlalchemy import func, insert, select

from tests import factories as make
from tests.conftest import NOW
from tests.databases import Templates, close, make_app
from tracker.adapters import backup
from tracker.extensions import db
from tracker.models import OutboxItem, Person, Task
from tracker.services import outbox

MAIN = "from tracker.app import main; main()"


@pytest.fixture
def command(app, tmp_path):
    """`command("backup", "a.zip")` runs `tracker` on the database of this test."""
    return lambda *arguments, **other: run(
        arguments, **{"data_dir": tmp_path, "url": url_of(app)} | other
    )


def url_of(app):
    return app.extensions["tracker.config"].database_url


def start(arguments, *, data_dir, url):
    environment = {**os.environ, "DATA_DIR": str(data_dir), "DATABASE_URL": url}
    return subprocess.Popen(
        [sys.executable, "-c", MAIN, *map(str, arguments)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(arguments, **where):
    process = start(arguments, **where)
    out, err = process.communicate(timeout=120)
    return process.returncode, out, err


@pytest.fixture
def elsewhere(database: Templates, tmp_path):
    """The address of an empty database."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    with database.copy("empty", folder) as (url, _):
        yield url


def count(url, folder, table):
    app = make_app(url, folder)
    try:
        with app.app_context():
            return db.session.scalar(select(func.count()).select_from(table))
    finally:
        close(app)


def test_a_backup_restored_elsewhere(app, command, elsewhere, tmp_path):
    code, out, err = command("backup", tmp_path / "a.zip")
    assert (code, err) == (0, "")
    assert " dòng, " in out

    code, out, err = command("restore", tmp_path / "a.zip", url=elsewhere)
    assert (code, err) == (0, "")
    assert "Đã khôi phục" in out
    assert count(elsewhere, tmp_path, Person) == count(url_of(app), tmp_path, Person)


@pytest.mark.sqlite
def test_a_restore_makes_the_tables_itself(app, command, tmp_path):
    command("backup", tmp_path / "a.zip")
    url = f"sqlite:///{tmp_path / 'nothing-yet.db'}"

    assert command("restore", tmp_path / "a.zip", url=url)[0] == 0
    assert count(url, tmp_path, Person) == count(url_of(app), tmp_path, Person)


def test_a_place_with_data_is_left_alone(app, command, tmp_path):
    command("backup", tmp_path / "a.zip")
    before = count(url_of(app), tmp_path, Person)
    code, out, err = command("restore", tmp_path / "a.zip")

    assert (code, out) == (1, "")
    assert "đã có dữ liệu" in err
    assert count(url_of(app), tmp_path, Person) == before


def test_a_folder_that_is_not_there_is_named(command, tmp_path):
    code, _, err = command("backup", tmp_path / "none" / "a.zip")

    assert (code, err) == (1, f"Không có thư mục {tmp_path / 'none'}.\n")


def test_a_file_that_is_no_backup_is_refused(command, elsewhere, tmp_path):
    (tmp_path / "a.zip").write_text("hello")
    code, _, err = command("restore", tmp_path / "a.zip", url=elsewhere)

    assert code == 1
    assert "không phải bản sao lưu" in err


def test_mail_that_waited_is_not_sent_by_the_copy(app, set_up, command, elsewhere, tmp_path):
    with set_up() as session:
        outbox.put("mail.assigned", "a", {}, at=NOW)
        outbox.put("night", "b", {}, at=NOW)
        session.flush()  # both before the commit of the fixture
    command("backup", tmp_path / "a.zip")
    _, out, _ = command("restore", tmp_path / "a.zip", url=elsewhere)

    assert "1 thư đang chờ khi sao lưu sẽ không được gửi." in out
    copy = make_app(elsewhere, tmp_path)
    with copy.app_context():
        waiting = db.session.scalars(select(OutboxItem.key).where(OutboxItem.done_at.is_(None)))
        assert waiting.all() == ["b"]
    close(copy)


@pytest.fixture
def many(set_up, cast):
    """Enough rows for a restore to be killed half-way."""
    with set_up() as session:
        stream = make.stream_of(session, cast)
        row = {
            "group_id": stream.group_id,
            "workstream_id": stream.id,
            "title": "Nhiệm vụ " * 20,
            "created_at": NOW,
            "status_since": make.TODAY,
        }
        rows = [row | {"code": f"HAL-{number}"} for number in range(1000, 21_000)]
        session.execute(insert(Task), rows)


def test_a_restore_killed_half_way_leaves_an_empty_place(app, many, command, elsewhere, tmp_path):
    """Killed at many moments: nothing or everything, and then it can be done again."""
    assert command("backup", tmp_path / "a.zip")[0] == 0
    whole = count(url_of(app), tmp_path, Task)
    began = time.monotonic()
    found = []
    for wait in (1.2, 1.8, 2.4, 3.0):
        process = start(["restore", tmp_path / "a.zip"], data_dir=tmp_path, url=elsewhere)
        time.sleep(wait)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        found.append(count(elsewhere, tmp_path, Task))
        if found[-1]:
            break
    assert set(found) <= {0, whole}
    assert time.monotonic() - began < 60

    if not found[-1]:
        assert command("restore", tmp_path / "a.zip", url=elsewhere)[0] == 0
    assert count(elsewhere, tmp_path, Task) == whole


def test_a_backup_killed_half_way_leaves_the_old_file(app, many, command, tmp_path):
    target = tmp_path / "a.zip"
    assert command("backup", target)[0] == 0
    old = target.read_bytes()
    process = start(["backup", target], data_dir=tmp_path, url=url_of(app))
    while not list(tmp_path.glob(".a.zip.*.part")) and process.poll() is None:
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    process.communicate()

    assert process.returncode == -signal.SIGKILL
    assert target.read_bytes() == old
    assert backup.check(target).rows > 20_000
