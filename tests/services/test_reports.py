"""Reports are written by several people, kept as files and closed."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from tests.exports.reports import make_facts
from tracker.errors import RuleViolationError
from tracker.lib.periods import parse
from tracker.models import Group, ReportFile, Snapshot
from tracker.queries import reports as read
from tracker.queries.report_facts import ReportFacts
from tracker.services import reports as do
from tracker.services.act import Act
from tracker.services.report_text import write

ACT = Act(person_id=None, at=datetime(2026, 11, 16, 3, tzinfo=UTC), cause="test")
NOVEMBER = parse("2026-11")


@pytest.fixture
def report(db_session, cast):
    made = do.begin(db_session.get_one(Group, cast.groups["HAL"]), NOVEMBER, by=ACT)
    db_session.flush()
    return made


def test_a_report_begins_as_a_draft_of_its_period(report, cast):
    assert (report.state, report.period, report.group_id) == (
        "draft",
        "2026-11",
        cast.groups["HAL"],
    )
    assert (report.first_day, report.last_day) == (date(2026, 10, 15), date(2026, 11, 14))


def test_the_one_on_all_groups_belongs_to_none(db_session):
    report = do.begin(None, NOVEMBER, by=ACT)

    assert report.group_id is None
    assert read.draft_of(None, "2026-11").id == report.id


def test_facts_carry_the_narrative_and_a_mark_that_follows_from_them(db_session, report):
    write(report, {"results": "Tốt"}, by=ACT)
    plain = make_facts(identifier="", narrative={})

    told = do.with_identity(report, plain)

    assert told.narrative == {"results": "Tốt"}
    assert told.identifier.startswith(f"NQI-{report.id}-")
    assert told == do.with_identity(report, plain)
    assert told.identifier != do.with_identity(report, make_facts(6)).identifier


def test_frozen_facts_come_back_as_they_were(db_session, report):
    told = do.with_identity(report, make_facts())
    do.freeze(report, told, by=ACT)
    db_session.flush()
    db_session.refresh(report)

    assert ReportFacts.from_json(report.facts) == told
    assert report.facts_sha256 == do.digest(told)


def test_the_same_content_is_kept_once_and_other_content_is_the_next_version(db_session, report):
    def keep(content, language="vi"):
        return do.keep(report, do.Made("docx", language, "docx", content), "HAL", by=ACT)

    first, again, other, english = keep(b"a"), keep(b"a"), keep(b"b"), keep(b"a", "en")

    assert first is again
    assert [f.file_name for f in (first, other, english)] == [
        "HAL_2026-11_v1.docx",
        "HAL_2026-11_v2.docx",
        "HAL_2026-11_en_v1.docx",
    ]
    assert db_session.query(ReportFile).count() == 3
    assert first.sha256 == "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"


def test_an_issued_report_does_not_change_any_more(db_session, report):
    told = do.with_identity(report, make_facts())
    do.issue(report, told, by=ACT)

    assert (report.state, report.facts_sha256) == ("issued", do.digest(told))
    assert db_session.scalars(select(Snapshot.cause)).all() == [f"report:{report.id}"]
    with pytest.raises(RuleViolationError):
        write(report, {"results": "Thêm"}, by=ACT)
    with pytest.raises(RuleViolationError):
        do.issue(report, told, by=ACT)


def test_a_draft_that_was_issued_is_no_draft(db_session, report, cast):
    group = db_session.get_one(Group, cast.groups["HAL"])
    assert read.draft_of(group, "2026-11").id == report.id

    do.issue(report, make_facts(), by=ACT)
    db_session.flush()

    assert read.draft_of(group, "2026-11") is None
