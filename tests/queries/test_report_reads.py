"""Everybody who has read a report, the latest first, and which revision."""

from datetime import UTC, datetime, timedelta

from tests import factories as make
from tests.exports.reports import make_facts
from tracker.lib.periods import parse
from tracker.models import Group
from tracker.queries import report_reads as read
from tracker.services import report_reads as do
from tracker.services import reports
from tracker.services.act import Act

AT = datetime(2026, 11, 16, 3, tzinfo=UTC)
ACT = Act(person_id=None, at=AT, cause="test")


def test_readings_name_the_person_the_revision_and_the_moment(db_session, cast):
    report = reports.begin(db_session.get(Group, cast.groups["HAL"]), parse("2026-11"), by=ACT)
    db_session.flush()
    record = reports.submit(report, reports.freeze(report, make_facts(4)), by=ACT)
    unit = make.unit(db_session, "Ban Đo lường")
    people = [make.person(db_session, name, unit=unit) for name in ("Lê Văn An", "Vũ Thị Bình")]
    for minutes, person in enumerate(people):
        act = Act(person_id=person.id, at=AT + timedelta(minutes=minutes), cause="test")
        do.remember(record.id, by=act)

    found = read.readings(report)

    assert [(one.person.full_name, one.person.unit.name, one.revision) for one in found] == [
        ("Vũ Thị Bình", "Ban Đo lường", "1.0"),
        ("Lê Văn An", "Ban Đo lường", "1.0"),
    ]
    assert read.has_read(record.id, people[0].id)
    assert not read.has_read(record.id, cast["member"].person_id)
