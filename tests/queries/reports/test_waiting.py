"""Whose turn it is with a report."""

from datetime import timedelta

import pytest

from tests.conftest import NOW
from tests.exports.reports import make_facts
from tracker.lib.periods import parse
from tracker.models import Group
from tracker.queries import accounts
from tracker.queries.reports import records
from tracker.queries.reports.waiting import waiting
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
        return [role for role, actor in actors.items() if waiting(actor) == [report]]

    later = Act(person_id=None, at=NOW + timedelta(hours=1), cause="test")
    assert whose() == ["head", "deputy", "director"]
    do.return_(report, "Thiếu", by=later, seen=records.current(report).id)
    assert whose() == ["secretary"]
    record = do.submit(report, do.freeze(report, make_facts(1)), by=later)
    do.approve(report, by=later, seen=record.id)
    assert whose() == ["head", "deputy", "secretary"]
    do.issue(report, "15/BC", NOW.date(), by=later)
    assert whose() == []
