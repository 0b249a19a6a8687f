"""Whose turn it is with a report."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.conftest import NOW
from tests.exports.reports import make_facts
from tracker.lib.periods import parse
from tracker.models import Group
from tracker.models.enums import ExportState
from tracker.queries import accounts
from tracker.queries import report_exports as read_exports
from tracker.queries.reports import records
from tracker.queries.reports.waiting import Waiting, waiting
from tracker.services import report_exports as exports
from tracker.services import reports as do
from tracker.services.act import Act


@pytest.fixture
def report(db_session, cast):
    by = Act(person_id=cast["secretary"].person_id, at=NOW, cause="test")
    made = do.begin(db_session.get_one(Group, cast.groups["HAL"]), parse("2026-11"), by=by)
    db_session.flush()
    do.submit(made, do.freeze(made, make_facts(1)), by=by)
    return made


def test_each_step_waits_for_its_own_people(db_session, cast, report):
    roles = ("head", "deputy", "secretary", "sol_head", "member", "director", "administrator")

    def whose():
        db_session.flush()
        actors = {role: accounts.actor_of(cast[role].person_id, NOW.date()) for role in roles}
        return [role for role, actor in actors.items() if waiting(actor).reports == [report]]

    later = Act(person_id=None, at=NOW + timedelta(hours=1), cause="test")
    assert whose() == ["head", "deputy", "director"]
    do.return_(report, "Thiếu", by=later, seen=records.current(report).id)
    assert whose() == ["secretary"]
    record = do.submit(report, do.freeze(report, make_facts(1)), by=later)
    do.approve(report, by=later, seen=record.id)
    assert whose() == ["head", "deputy", "secretary"]
    do.issue(report, "15/BC", NOW.date(), by=later)
    assert whose() == []


def test_files_wait_for_who_asked_for_them_but_not_the_paper_of_what_was_issued(
    db_session, cast, report
):
    secretary = accounts.actor_of(cast["secretary"].person_id, NOW.date())
    by = Act(person_id=secretary.person_id, at=NOW, cause="test")
    record = records.current(report)
    do.approve(report, by=by, seen=record.id)
    do.issue(report, "15/BC", NOW.date(), by=by)
    exports.ask_paper(report, record, by=replace(by, at=NOW + timedelta(seconds=1)))
    for export in read_exports.going_on(secretary.person_id):
        export.state = ExportState.DONE
    assert waiting(secretary) == Waiting([], made=0, failed=0)

    for name in ("xlsx", "html", "csv"):
        exports.ask(report, name, "vi", by=replace(by, at=NOW + timedelta(hours=1)))
    asked = read_exports.going_on(secretary.person_id)
    for export, state in zip(asked, (ExportState.DONE, ExportState.FAILED), strict=False):
        export.state = state
    db_session.flush()  # read below

    assert waiting(secretary) == Waiting([], made=1, failed=1)
    head = accounts.actor_of(cast["head"].person_id, NOW.date())
    assert waiting(head) == Waiting([], made=0, failed=0)
