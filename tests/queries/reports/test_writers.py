"""Who writes in a report, and since when what it tells is no longer so."""

from datetime import UTC, datetime, timedelta

import pytest

from tracker.lib.periods import parse
from tracker.models import Group
from tracker.queries.reports.writers import WRITING, revision, rewritten, writing
from tracker.services import groups
from tracker.services import reports as do
from tracker.services.act import Act
from tracker.services.report_text import write

AT = datetime(2026, 11, 16, 3, tzinfo=UTC)


@pytest.fixture
def report(db_session, cast):
    act = Act(person_id=None, at=AT, cause="test")
    made = do.begin(db_session.get_one(Group, cast.groups["HAL"]), parse("2026-11"), by=act)
    db_session.flush()
    return made


@pytest.fixture
def types(db_session, report, cast):
    def stores(role, minutes, **texts):
        at = AT + timedelta(minutes=minutes)
        write(report, texts, by=Act(person_id=cast[role].person_id, at=at, cause="test"))
        db_session.flush()

    return stores


def test_who_stored_a_text_lately_writes_where_they_were_last(report, types):
    types("administrator", 0, results="Một")
    types("head", 5, results="Hai")
    types("secretary", 5, next="Họp")
    types("head", 6, difficulties="Ba")

    def now(minutes):
        at = AT + timedelta(minutes=minutes)
        return [(one.name, one.text) for one in writing(report, at)]

    both = [("Nguyễn Thị Đào", "difficulties"), ("Lê Thị Ánh", "next")]
    assert now(6) == both
    assert now(7) == both[:1]
    assert now(6 + WRITING.seconds // 60) == []


def test_what_was_written_since_a_version_is_told_with_who_was_last(report, types):
    types("head", 0, results="Một")
    seen = report.version
    types("head", 1, next="Họp")
    types("secretary", 2, next="Họp tổ")

    found = rewritten(report, seen)
    assert {text: one.name for text, one in found.items()} == {"next": "Lê Thị Ánh"}
    assert rewritten(report, report.version) == {}


def test_a_text_changes_nothing_of_what_is_told_and_all_else_does(db_session, types):
    before = revision()
    types("head", 0, results="Một")
    assert revision() == before

    groups.create(key="NEW", name="Mới", by=Act(person_id=None, at=AT, cause="test"))
    db_session.flush()
    assert revision() != before
