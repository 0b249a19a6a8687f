"""Files that take long: promised once, taken by one worker, given up at last, forgotten in time."""

from datetime import timedelta

import pytest

from tests import factories as make
from tests.conftest import NOW
from tests.exports.reports import make_facts
from tracker.errors import RuleViolationError
from tracker.lib.periods import parse
from tracker.models import Group, ReportExport, ReportFile
from tracker.models.enums import ExportState
from tracker.queries import report_exports as read
from tracker.services import report_exports as do
from tracker.services import reports
from tracker.services.act import Act

BY = Act(person_id=None, at=NOW, cause="test")


@pytest.fixture
def report(db_session, cast):
    make.stream_of(db_session, cast)
    made = reports.begin(db_session.get(Group, cast.groups["HAL"]), parse("2026-11"), by=BY)
    db_session.flush()
    return made


@pytest.fixture
def by(cast):
    return Act(person_id=cast["secretary"].person_id, at=NOW, cause="web")


def test_asked_again_before_it_is_made_it_is_the_same(db_session, report, by):
    first = do.ask(report, "xlsx", "vi", by=by)

    assert do.ask(report, "xlsx", "vi", by=by) is first
    assert do.ask(report, "xlsx", "en", by=by) is not first
    do.fail(first, do.FAILED, at=NOW)
    assert do.ask(report, "xlsx", "vi", by=by) is not first


def test_a_person_waits_for_a_few_files_at_a_time(db_session, report, by):
    for name in ("docx", "pdf", "xlsx"):
        for lang in ("vi", "en"):
            do.ask(report, name, lang, by=by)

    with pytest.raises(RuleViolationError, match="exports_too_many"):
        do.ask(report, "csv", "vi", by=by)


def test_of_what_is_issued_the_paper_is_made_unless_too_much_waits(db_session, report, by):
    record = reports.submit(report, reports.freeze(report, make_facts(2)), by=BY)

    do.ask_paper(report, record, by=by)
    asked = [(one.format, one.language, one.record_id) for one in read.going_on(by.person_id)]
    assert sorted(asked) == [("docx", "vi", record.id), ("pdf", "vi", record.id)]

    for lang in ("vi", "en"):
        for name in ("xlsx", "html"):
            do.ask(report, name, lang, by=by)
    reports.return_(report, "Thiếu", by=BY, seen=record.id)
    later = reports.submit(report, reports.freeze(report, make_facts(2)), by=BY)
    do.ask_paper(report, later, by=by)
    assert len(read.going_on(by.person_id)) == do.AT_ONCE


def test_one_worker_takes_it_and_says_that_it_lives(db_session, report, by):
    export = do.ask(report, "pdf", "vi", by=by)
    item = read.next_item(NOW)

    assert do.claim(item, at=NOW) is export
    assert (export.state, export.started_at) == (ExportState.RUNNING, NOW)
    db_session.flush()
    assert read.next_item(NOW + timedelta(seconds=59)) is None
    do.go_on(item, at=NOW + timedelta(seconds=50))
    assert read.next_item(NOW + timedelta(seconds=100)) is None
    assert read.next_item(NOW + timedelta(seconds=110)) is item


def test_a_worker_that_stops_leaves_it_to_the_next_at_once(db_session, report, by):
    export = do.ask(report, "pdf", "vi", by=by)
    item = read.next_item(NOW)
    do.claim(item, at=NOW)

    do.put_back(item, at=NOW + timedelta(seconds=5))

    assert export.state == ExportState.WAITING
    assert read.next_item(NOW + timedelta(seconds=5)) is item
    assert item.attempts == 0


def test_what_fails_is_tried_thrice_and_then_said_to_have_failed(db_session, report, by):
    export = do.ask(report, "pdf", "vi", by=by)
    item, at = read.next_item(NOW), NOW
    states = []
    for _ in range(do.TRIES):
        assert do.claim(item, at=at) is export
        do.settle(item, do.DIED, at=at)
        states.append(export.state.value)
        at += timedelta(minutes=30)

    assert states == ["waiting", "waiting", "failed"]
    assert export.error == do.DIED
    assert read.next_item(at) is None


def test_workers_that_died_one_after_another_make_it_fail_too(db_session, report, by):
    export = do.ask(report, "pdf", "vi", by=by)
    item = read.next_item(NOW)
    for minute in range(do.TRIES):
        do.claim(item, at=NOW + timedelta(minutes=2 * minute))

    assert do.claim(item, at=NOW + timedelta(minutes=20)) is None
    assert (export.state, export.error) == (ExportState.FAILED, do.DIED)


def test_progress_is_kept_only_while_it_is_made(db_session, report, by):
    export = do.ask(report, "xlsx", "vi", by=by)
    db_session.flush()
    do.advance(export.id, "writing", 10, 20)
    db_session.refresh(export)
    assert (export.step, export.done) == ("", 0)

    do.claim(read.next_item(NOW), at=NOW)
    db_session.flush()
    do.advance(export.id, "writing", 10, 20)
    db_session.refresh(export)
    assert (export.step, export.done, export.total) == ("writing", 10, 20)


def test_a_week_later_it_is_forgotten_but_not_the_digest_of_its_file(db_session, report, by):
    export = do.ask(report, "xlsx", "vi", by=by)
    do.claim(read.next_item(NOW), at=NOW)
    file = a_file(report)
    db_session.add(file)
    db_session.flush()
    do.finish(export, file, at=NOW)
    db_session.flush()
    assert read.content(export).content == b"x"

    assert do.forget_old(at=NOW + timedelta(days=6)) == 0
    assert do.forget_old(at=NOW + timedelta(days=8)) == 1

    db_session.expire_all()
    assert db_session.query(ReportExport).count() == 0
    kept = db_session.get(ReportFile, file.id)
    assert (kept.content, kept.sha256) == (None, "0" * 64)


def a_file(report):
    return ReportFile(
        report_id=report.id,
        format="xlsx",
        language="vi",
        file_name="HAL_2026-11.xlsx",
        sha256="0" * 64,
        content=b"x",
        size=1,
        created_at=NOW,
    )
