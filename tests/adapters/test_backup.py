"""Both databases, in all four directions; while people write; damaged on the way."""

import json
import zipfile
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import time, timedelta
from hashlib import sha256

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DatabaseError

from tests import factories as make
from tests.conftest import NOW, missing
from tests.databases import UnavailableError, close, make_app
from tracker.adapters import backup, schema
from tracker.errors import RuleViolationError
from tracker.extensions import db
from tracker.models import (
    Change,
    Meeting,
    OutboxItem,
    ReportFile,
    Strand,
    Task,
    TaskStatus,
)
from tracker.services import tasks, trash
from tracker.services.act import Act


@pytest.fixture
def elsewhere(all_templates, tmp_path):
    """`with elsewhere("postgresql") as app:` – an app on an empty database of that kind."""

    @contextmanager
    def opened(kind):
        folder = tmp_path / f"elsewhere-{kind}"
        folder.mkdir()
        try:
            templates = all_templates(kind)
        except UnavailableError as error:
            missing(str(error))
        with templates.copy("empty", folder) as (url, _):
            app = make_app(url, folder)
            yield app
            close(app)

    return opened


@pytest.fixture
def full(set_up, cast):
    """Every kind of column is in use: dates, moments, times, bytes, JSON, enums, own parents."""
    with set_up() as session:
        stream = make.stream_of(session, cast)
        by = Act(person_id=cast["head"].person_id, at=NOW, cause="web")
        parent = tasks.create(stream, "Soạn dự thảo", by=by, due=make.TODAY)
        child = tasks.create(stream, "Lấy ý kiến", by=by, parent=parent)
        tasks.change_status(child, TaskStatus.DONE, by=by)
        report = make.report(session, narrative={"results": "đã", "next": ""})
        make.add(
            session,
            ReportFile(
                report_id=report.id,
                format="docx",
                language="vi",
                file_name="a.docx",
                sha256="0",
                content=bytes(range(256)),
                size=256,
                created_at=NOW,
            ),
        )
        held = {"held_on": make.TODAY, "begins": time(14, 30), "created_at": NOW}
        make.add(session, Meeting(title="Họp", chair_id=cast["director"].person_id, **held))
        # A child with a lower number than its parent, as after a move.
        first = make.task(session, stream, "Nhỏ")
        first.parent_id = make.task(session, stream, "Lớn").id


def saved(app, path):
    with app.app_context(), backup.snapshot(db.engine) as connection:
        return backup.write(
            connection, path, revision=schema.current(connection), version="1", at=NOW
        )


def brought_back(app, path):
    with app.app_context():
        backup.restore(db.session.connection(), path, backup.check(path))
        db.session.commit()


def rows(path):
    """All rows by table; PostgreSQL does not keep the order of keys in JSON."""
    with zipfile.ZipFile(path) as file:
        return {
            name: [json.loads(line) for line in file.read(name).splitlines()]
            for name in file.namelist()
            if name != backup.MANIFEST
        }


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_what_comes_back_is_what_went_in(app, full, elsewhere, tmp_path, kind):
    manifest = saved(app, tmp_path / "a.zip")
    with elsewhere(kind) as other:
        brought_back(other, tmp_path / "a.zip")
        saved(other, tmp_path / "b.zip")

    assert rows(tmp_path / "b.zip") == rows(tmp_path / "a.zip")
    assert manifest.rows > 50


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_file_that_calls_a_time_text_comes_back(app, full, elsewhere, tmp_path, kind):
    """As the release before wrote it, on SQLite: there a time was text, with its fractions."""
    manifest = saved(app, tmp_path / "a.zip")
    members = [asdict(member) for member in manifest.tables]
    meetings = next(member for member in members if member["name"] == "meetings")
    meetings["columns"] = [(n, "text" if k == "time" else k) for n, k in meetings["columns"]]
    lines = rows(tmp_path / "a.zip")["tables/meetings.jsonl"]
    place = [name for name, _ in meetings["columns"]].index("begins")
    assert [line[place] for line in lines] == ["14:30:00"]
    lines[0][place] += ".000000"
    old = json.dumps(lines[0]).encode() + b"\n"
    meetings["sha256"] = sha256(old).hexdigest()
    rewrite(tmp_path / "a.zip", "tables/meetings.jsonl", old)
    retell(tmp_path / "a.zip", tables=members)
    with elsewhere(kind) as other:
        brought_back(other, tmp_path / "a.zip")
        with other.app_context():
            assert db.session.scalars(select(Meeting.begins)).all() == [time(14, 30)]


def test_a_restored_database_lives_on(app, full, database, elsewhere, tmp_path, cast):
    """Numbers go on, the history can still only grow, words are found."""
    saved(app, tmp_path / "a.zip")
    with elsewhere(database.database.name) as other, other.app_context():
        backup.restore(
            db.session.connection(), tmp_path / "a.zip", backup.check(tmp_path / "a.zip")
        )
        db.session.commit()
        last = db.session.scalar(select(func.max(Task.id)))
        task = tasks.create(
            make.stream_of(db.session, cast),
            "Sau khi khôi phục",
            by=Act(person_id=None, at=NOW, cause="cli"),
        )
        db.session.commit()
        assert task.id > last
        with pytest.raises(DatabaseError, match="history can only grow"):
            db.session.execute(text("DELETE FROM history"))
        db.session.rollback()
        assert db.session.scalar(select(func.count()).select_from(Change)) > 0


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_no_id_that_was_ever_given_is_given_again_after_a_restore(
    app, set_up, elsewhere, tmp_path, cast, kind
):
    """The history names a task that is gone by its id; the next task must get another."""
    by = Act(person_id=None, at=NOW, cause="cli")
    with set_up() as session:
        task = tasks.create(make.stream_of(session, cast), "Xóa hẳn", by=by)
        gone_id = task.id
        trash.throw_away(task, by=by)
        session.flush()
        trash.purge(by=replace(by, at=NOW + timedelta(days=31)))
    saved(app, tmp_path / "a.zip")

    with elsewhere(kind) as other:
        brought_back(other, tmp_path / "a.zip")
        with other.app_context():
            new = tasks.create(make.stream_of(db.session, cast), "Mới", by=by)
            assert new.id > gone_id
            db.session.rollback()
        again = saved(other, tmp_path / "b.zip")

    assert {member.name: member.last for member in again.tables}["tasks"] >= gone_id


def test_a_backup_is_one_moment_though_people_write(app, cast, tmp_path):
    """A writer commits between the tables being read; nothing of it is in the file."""
    with app.app_context(), backup.snapshot(db.engine) as connection:
        before = connection.execute(select(func.count()).select_from(Task)).scalar()
        with app.app_context():
            stream = make.stream_of(db.session, cast, strand=Strand.INSPECTION)
            tasks.create(stream, "Viết", by=Act(person_id=None, at=NOW, cause="cli"))
            db.session.commit()
        manifest = backup.write(connection, tmp_path / "a.zip", revision="1", version="1", at=NOW)

    held = {member.name: member.rows for member in manifest.tables}
    assert (held["tasks"], held["history"]) == (before, 0)


def test_the_file_is_for_its_owner_only(app, tmp_path):
    saved(app, tmp_path / "a.zip")

    assert (tmp_path / "a.zip").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.glob(".*")] == []


def test_a_backup_that_fails_leaves_the_old_file(tmp_path):
    target = tmp_path / "a.zip"
    target.write_bytes(b"the old one")
    with pytest.raises(OSError, match="disk full"), backup._replacing(target) as draft:
        fill(draft)

    assert target.read_bytes() == b"the old one"
    assert list(tmp_path.iterdir()) == [target]


def fill(draft):
    draft.write_bytes(b"half of the new one")
    message = "disk full"
    raise OSError(message)


@pytest.mark.parametrize(
    ("harm", "code"),
    [
        (lambda path: path.unlink(), "backup_missing"),
        (lambda path: path.write_bytes(b"not a zip"), "backup_damaged"),
        (lambda path: path.write_bytes(path.read_bytes()[:-500]), "backup_damaged"),
        (lambda path: rewrite(path, "tables/persons.jsonl", b"[]\n"), "backup_damaged"),
        (lambda path: rewrite(path, backup.MANIFEST, b"{}"), "backup_damaged"),
        (lambda path: retell(path, product="another"), "backup_of_another"),
        (lambda path: retell(path, format=2), "backup_of_another"),
    ],
)
def test_a_damaged_file_is_refused_before_anything_is_written(app, tmp_path, harm, code):
    path = tmp_path / "a.zip"
    saved(app, path)
    harm(path)

    with pytest.raises(RuleViolationError) as refusal:
        backup.check(path)
    assert refusal.value.code == code


def rewrite(path, name, content):
    with zipfile.ZipFile(path) as old:
        members = {member: old.read(member) for member in old.namelist()} | {name: content}
    with zipfile.ZipFile(path, "w") as new:
        for member, data in members.items():
            new.writestr(member, data)


def retell(path, **changes):
    with zipfile.ZipFile(path) as file:
        said = json.loads(file.read(backup.MANIFEST))
    rewrite(path, backup.MANIFEST, json.dumps(said | changes).encode())


def test_only_a_place_without_data_is_empty(app, database, elsewhere):
    with app.app_context():
        assert not backup.is_empty(db.session.connection())
    with elsewhere(database.database.name) as other, other.app_context():
        db.session.add(
            OutboxItem(key="tick", kind="tick", payload={}, created_at=NOW, due_at=NOW, done_at=NOW)
        )
        db.session.commit()
        assert backup.is_empty(db.session.connection())
