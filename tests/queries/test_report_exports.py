"""Which reports are large, and who sees what was asked for."""

from dataclasses import replace

import pytest

from tests import factories as make
from tests.conftest import NOW
from tracker.lib.periods import parse
from tracker.models import Group
from tracker.policies.actor import Actor
from tracker.queries import report_exports as read
from tracker.services import report_exports as do
from tracker.services import reports
from tracker.services.act import Act


@pytest.fixture
def report(db_session, cast):
    stream = make.stream_of(db_session, cast)
    make.task(db_session, stream)
    by = Act(person_id=None, at=NOW, cause="test")
    made = reports.begin(db_session.get(Group, cast.groups["HAL"]), parse("2026-11"), by=by)
    db_session.flush()
    return made


def test_a_report_is_large_by_the_tasks_that_are_read_for_it(db_session, report, monkeypatch):
    assert not read.is_large(report)
    monkeypatch.setattr(read, "LARGE", 0)
    assert read.is_large(report)


def test_only_who_asked_and_still_sees_the_report_finds_it(db_session, cast, report):
    person_id = cast["secretary"].person_id
    export = do.ask(report, "pdf", "vi", by=Act(person_id=person_id, at=NOW, cause="web"))
    db_session.flush()
    asker = Actor(person_id=person_id, person_name="")

    assert read.find(asker, export.id) is export
    assert list(read.of(asker)) == [export]
    assert read.find(replace(asker, person_id=person_id + 1), export.id) is None
    db_session.get(Group, cast.groups["HAL"]).is_restricted = True
    db_session.flush()
    assert read.find(asker, export.id) is None
    assert list(read.of(asker)) == []
