"""Who reads what was issued is kept once, and by the first look."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from tests.exports.reports import make_facts
from tracker.extensions import db
from tracker.lib.periods import parse
from tracker.models import Group, ReportRead
from tracker.services import report_reads as do
from tracker.services import reports
from tracker.services.act import Act

AT = datetime(2026, 11, 16, 3, tzinfo=UTC)


@pytest.fixture
def record(db_session, cast):
    act = Act(person_id=None, at=AT, cause="test")
    report = reports.begin(db_session.get(Group, cast.groups["HAL"]), parse("2026-11"), by=act)
    db_session.flush()
    return reports.submit(report, reports.freeze(report, make_facts(4)), by=act)


def kept():
    found = db.session.scalars(select(ReportRead).order_by(ReportRead.person_id))
    return [(read.person_id, read.read_at) for read in found]


def test_only_the_first_look_of_each_counts(record, cast):
    for minutes, role in enumerate(("member", "director", "member")):
        moment = AT + timedelta(minutes=minutes)
        act = Act(person_id=cast[role].person_id, at=moment, cause="test")
        do.remember(record.id, by=act)

    seen = {cast["member"].person_id: AT, cast["director"].person_id: AT + timedelta(minutes=1)}
    assert dict(kept()) == seen


def test_a_machine_reads_nothing(record):
    do.remember(record.id, by=Act(person_id=None, at=AT, cause="test"))

    assert kept() == []
