"""The worker makes files in processes of their own; what ends those ends nothing else."""

import io
import threading
import time
import zipfile

import pytest
from sqlalchemy import select

from tests import factories as make
from tests.conftest import NOW
from tracker.adapters import clock as clocks
from tracker.extensions import db
from tracker.jobs import report_exports as jobs
from tracker.lib.periods import parse
from tracker.models import Account, Group, OutboxItem, ReportExport
from tracker.models.enums import ExportState
from tracker.queries import report_exports as read
from tracker.services import report_exports as do
from tracker.services import reports
from tracker.services.act import Act


@pytest.fixture
def config(app):
    return app.extensions["tracker.config"]


@pytest.fixture
def asked(set_up, cast):
    """The number of a file that the secretary of HAL asked for."""

    def made(format_name="xlsx"):
        with set_up() as session:
            make.task(session, make.stream_of(session, cast), title="Hiệu chuẩn cân")
            by = Act(person_id=cast["secretary"].person_id, at=NOW, cause="web")
            group = session.get_one(Group, cast.groups["HAL"])
            report = reports.begin(group, parse("2026-11"), by=by)
            session.flush()
            return do.ask(report, format_name, "vi", by=by).id

    return made


@pytest.fixture
def state(set_up):
    def of(export_id):
        with set_up() as session:
            export = session.get_one(ReportExport, export_id)
            item = session.scalars(select(OutboxItem).where(OutboxItem.kind == read.KIND)).one()
            return export.state, export.error, item.attempts, item.done_at is not None

    return of


def work(app, config, **more):
    with app.app_context():
        try:
            return jobs.work(config, now=clocks.now, **more)
        finally:
            db.session.remove()


def test_a_file_is_made_by_a_process_of_its_own(app, config, set_up, asked, state):
    export_id = asked()

    assert work(app, config) == 1
    assert state(export_id) == (ExportState.DONE, "", 1, True)
    with set_up() as session:
        file = read.content(session.get_one(ReportExport, export_id))
    assert file.file_name.startswith("HAL_2026-11")
    sheets = zipfile.ZipFile(io.BytesIO(file.content))
    assert "Hiệu chuẩn cân" in sheets.read("xl/worksheets/sheet2.xml").decode()
    assert work(app, config) == 0


@pytest.mark.sqlite
def test_the_facts_of_a_pdf_are_gathered_in_a_copy_of_that_process(
    app, config, set_up, asked, state
):
    export_id = asked("pdf")

    assert work(app, config) == 1
    assert state(export_id) == (ExportState.DONE, "", 1, True)
    with set_up() as session:
        file = read.content(session.get_one(ReportExport, export_id))
    assert file.content.startswith(b"%PDF-")
    assert b"NQI-" in file.content


def test_who_may_not_see_the_report_any_more_gets_no_file(app, config, set_up, asked, state, cast):
    export_id = asked("csv")
    with set_up() as session:
        session.get_one(Account, cast["secretary"].account_id).is_active = False

    with app.app_context():
        do.claim(read.next_item(NOW), at=NOW)
        db.session.commit()
        jobs.make(export_id, config, at=NOW)
        db.session.remove()

    assert state(export_id)[:2] == (ExportState.FAILED, jobs.GONE)


@pytest.mark.sqlite
def test_a_process_that_is_killed_is_tried_again_later(app, config, asked, state, monkeypatch):
    export_id = asked("csv")
    monkeypatch.setattr(jobs, "_command", lambda *_: ["sh", "-c", "kill -9 $$"])

    assert work(app, config) == 1
    assert state(export_id) == (ExportState.WAITING, "", 1, False)


@pytest.mark.sqlite
def test_a_worker_that_is_told_to_stop_ends_the_process_and_puts_it_back(
    app, config, asked, state, monkeypatch
):
    export_id, stop = asked("csv"), threading.Event()
    monkeypatch.setattr(jobs, "_command", lambda *_: ["sleep", "60"])
    threading.Timer(0.3, stop.set).start()
    began = time.monotonic()

    assert work(app, config, is_stopping=stop.is_set) == 1
    assert time.monotonic() - began < 10
    assert state(export_id) == (ExportState.WAITING, "", 0, False)


def test_two_workers_take_it_once(app, config, asked, state, monkeypatch):
    export_id = asked("csv")
    monkeypatch.setattr(jobs, "_command", lambda *_: ["true"])
    monkeypatch.setattr(jobs, "_one", threading.Semaphore(2))  # as if in two processes
    both, done = threading.Barrier(2), []

    def worker():
        both.wait()
        done.append(work(app, config))

    threads = [threading.Thread(target=worker) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(done) == [0, 1]
    assert state(export_id) == (ExportState.WAITING, "", 1, False)


def test_tasks_that_are_watched_tell_how_many_were_taken():
    told = []
    tasks = jobs.Watched(tuple(range(2001)), told.append)

    assert list(tasks) == list(range(2001))
    assert (told, len(tasks)) == ([0, 1000, 2000], 2001)
