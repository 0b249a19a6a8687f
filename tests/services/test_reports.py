"""Reports are begun, submitted, returned or approved, issued, and kept as files."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from tests.exports.reports import make_facts
from tests.services.races import at_once
from tracker.errors import RuleViolationError
from tracker.extensions import db
from tracker.lib.periods import parse
from tracker.models import Group, Report, ReportFile, ReportState, Snapshot, Unit
from tracker.queries import reports as read
from tracker.queries.report_facts import Replaced, Stamp
from tracker.queries.reports import records
from tracker.services import reports as do
from tracker.services.act import Act
from tracker.services.report_text import write

ACT = Act(person_id=None, at=datetime(2026, 11, 16, 3, tzinfo=UTC), cause="test")
LATER = replace(ACT, at=datetime(2026, 11, 18, 3, tzinfo=UTC))
TODAY = date(2026, 11, 16)
NOVEMBER = parse("2026-11")
FACTS = make_facts(12, identifier="", narrative={})


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
    assert read.of_period(read.Scope(), "2026-11").id == report.id


def test_the_name_of_a_file_begins_with_whose_report_it_is():
    group = Report(group=Group(key="HAL"))
    unit = Report(unit_id=1, unit=Unit(name="Viện Đo lường"))
    short = Report(unit_id=2, unit=Unit(name="Ban Đánh giá", abbreviation="Ban ĐG"))

    assert [do.subject_of(one) for one in (group, Report(), unit, short)] == [
        "HAL",
        "TONG-HOP",
        "VIEN-DO-LUONG",
        "BAN-DG",
    ]


def test_facts_carry_the_narrative_and_a_mark_that_follows_from_them(db_session, report):
    write(report, {"results": "Tốt"}, by=ACT)
    plain = make_facts(identifier="", narrative={})

    told = do.with_identity(report, plain)

    assert told.narrative == {"results": "Tốt"}
    assert told.identifier.startswith(f"NQI-{report.id}-")
    assert told == do.with_identity(report, plain)
    assert told.identifier != do.with_identity(report, make_facts(6)).identifier


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


# ---------------------------------------------------------------- its life


def submitted(report, facts=FACTS, by=ACT):
    return do.submit(report, do.freeze(report, facts), by=by)


def approve(report):
    do.approve(report, by=LATER, seen=records.current(report).id)


def test_what_was_submitted_comes_back_as_it_was(db_session, report):
    write(report, {"results": "Tốt"}, by=ACT)
    told = do.with_identity(report, FACTS)

    record = submitted(report)
    db_session.flush()
    db_session.expire_all()

    assert records.facts_of(record) == told
    assert (record.name, record.submission, record.submitted_at) == ("1.0", 1, ACT.at)
    assert record.sha256.startswith(told.identifier.rpartition("-")[2])
    assert (report.state, told.stamp.is_draft) == (ReportState.SUBMITTED, True)


def test_what_was_typed_after_it_was_frozen_is_not_submitted(db_session, report):
    frozen = do.freeze(report, FACTS)
    write(report, {"results": "Thêm"}, by=ACT)
    db_session.flush()

    assert refused(do.submit, report, frozen) == "report_changed"


def test_a_report_on_days_to_come_is_not_submitted(db_session, report):
    december = do.begin(None, parse("2026-12"), by=ACT)

    with pytest.raises(RuleViolationError) as caught:
        do.freeze(december, replace(FACTS, cut_off=date(2026, 11, 14)))

    assert (caught.value.code, caught.value.values) == (
        "report_period_ahead",
        {"day": "15/11/2026"},
    )
    assert do.freeze(december, replace(FACTS, cut_off=date(2026, 11, 15))).version


def test_a_returned_report_is_written_again_and_submitted_once_more(db_session, report):
    first = submitted(report)
    assert refused(write, report, {"results": "Thêm"}) == "report_closed"
    assert refused(do.return_, report, "  ", seen=first.id) == "report_remarks_needed"

    do.return_(report, "Thiếu số liệu ", by=LATER, seen=first.id)

    assert (report.state, report.remarks) == (ReportState.RETURNED, "Thiếu số liệu")
    assert records.current(report) is None
    write(report, {"results": "Đủ"}, by=LATER)
    second = submitted(report, by=LATER)
    assert (second.name, second.submission, report.remarks) == ("1.0", 2, "Thiếu số liệu")
    for judged in ((do.approve, report), (do.return_, report, "Thiếu")):
        assert refused(*judged, seen=first.id) == "report_submitted_again"
        assert refused(*judged, seen=None) == "report_not_looked_at"
    assert records.facts_of(first).narrative == {}
    assert records.of(report) == [second, first]
    do.approve(report, by=ACT, seen=second.id)
    assert report.remarks == ""


def test_an_approved_report_is_issued_with_number_and_date(db_session, report):
    assert refused(do.approve, report, seen=None) == "report_not_submitted"
    record = submitted(report)
    assert refused(do.issue, report, "15/BC-TĐC", TODAY) == "report_not_approved"
    do.approve(report, by=ACT, seen=record.id)
    frozen = records.facts_of(record)
    assert (frozen.stamp, frozen.identifier) == (
        Stamp(is_draft=False),
        do.with_identity(report, FACTS).identifier,
    )

    assert refused(do.issue, report, " ", TODAY) == "report_number_needed"
    for day in (date(2026, 11, 13), date(2026, 11, 17)):
        assert refused(do.issue, report, "15/BC-TĐC", day) == "report_day_wrong"
    do.issue(report, " 15/BC-TĐC ", TODAY, by=ACT)

    assert report.state is ReportState.ISSUED
    assert records.facts_of(record) == replace(frozen, stamp=Stamp("15/BC-TĐC", TODAY))
    assert db_session.scalars(select(Snapshot.cause)).all() == [f"report:{report.id}"]
    assert refused(do.return_, report, "x", seen=record.id) == "report_not_submitted"
    assert refused(do.issue, report, "16/BC-TĐC", TODAY) == "report_not_approved"


def test_a_correction_is_a_revision_beside_the_first(db_session, report):
    first = submitted(report)
    approve(report)
    assert refused(do.reopen, report, "Sai số") == "report_not_issued"
    do.issue(report, "15/BC-TĐC", TODAY, by=ACT)
    assert refused(do.reopen, report, "") == "report_reason_needed"

    do.reopen(report, "Sai số liệu mục I", by=LATER)

    assert (report.state, report.revision_name) == (ReportState.DRAFT, "1.1")
    second = submitted(report, make_facts(6), by=LATER)
    told = records.facts_of(second)
    assert (second.name, second.submission, second.reason) == ("1.1", 1, "Sai số liệu mục I")
    assert told.revision == "1.1"
    assert told.replaced == Replaced("1.0", "15/BC-TĐC", TODAY, "Sai số liệu mục I")
    assert records.facts_of(first).replaced is None
    assert records.last_issued(report) is first


def test_a_revision_is_dated_no_earlier_than_the_one_it_replaces(db_session, report):
    for day in (TODAY, date(2026, 11, 18)):
        submitted(report, by=LATER)
        approve(report)
        if report.revision:
            assert refused(do.issue, report, "16/BC", date(2026, 11, 15), by=LATER) == (
                "report_day_wrong"
            )
        do.issue(report, "15/BC", day, by=LATER)
        if not report.revision:
            do.reopen(report, "Sai số", by=LATER)


def test_no_two_reports_of_a_year_bear_one_number(db_session, report):
    others = [do.begin(None, parse(word), by=ACT) for word in ("2026-10", "2025-10")]
    for one in (report, *others):
        submitted(one)
        approve(one)
    do.issue(report, "15/BC-TĐC", TODAY, by=ACT)

    assert refused(do.issue, others[0], "15/bc-tđc ", TODAY) == "report_number_taken"
    do.issue(others[0], "15/BC-TTTĐC", TODAY, by=ACT)
    next_year = replace(ACT, at=datetime(2027, 1, 5, 3, tzinfo=UTC))
    do.issue(others[1], "15/BC-TĐC", date(2027, 1, 4), by=next_year)
    do.reopen(report, "Sai số", by=LATER)
    submitted(report, by=LATER)
    approve(report)
    assert do.issue(report, "15/BC-TĐC", LATER.today, by=LATER).name == "1.1"


def test_two_clerks_never_give_one_number(app, cast):
    with app.app_context():
        reports = [do.begin(None, parse(word), by=ACT) for word in ("2026-10", "2026-11")]
        for one in reports:
            submitted(one)
            approve(one)
        db.session.commit()
        ids = [one.id for one in reports]

    def issue(report_id):
        report = db.session.get_one(Report, report_id)
        do.issue(report, "15/BC-TĐC", TODAY, by=ACT)

    assert at_once(app, issue, ids) == [None, "report_number_taken"]


def test_two_reports_are_issued_in_the_same_moment(db_session, report):
    other = do.begin(None, NOVEMBER, by=ACT)
    for number, one in enumerate((report, other), 15):
        submitted(one)
        approve(one)
        do.issue(one, f"{number}/BC-TĐC", TODAY, by=ACT)

    kept = db_session.scalars(select(Snapshot.cause).order_by(Snapshot.at)).all()
    assert kept == [f"report:{report.id}", f"report:{other.id}"]


def test_the_paper_of_what_was_approved_and_then_returned_is_a_draft_again(db_session, report):
    first = submitted(report)
    approve(report)
    assert not records.facts_of(first).stamp.is_draft

    do.return_(report, "Sai số", by=ACT, seen=first.id)

    assert records.facts_of(first).stamp.is_draft
    submitted(report, by=LATER)
    approve(report)
    assert [records.facts_of(one).stamp.is_draft for one in records.of(report)] == [False, True]


def test_a_draft_that_was_issued_is_no_draft(db_session, report, cast):
    group = db_session.get_one(Group, cast.groups["HAL"])
    assert read.of_period(read.Scope(group_id=group.id), "2026-11").id == report.id

    submitted(report)

    assert not read.of_period(read.Scope(group_id=group.id), "2026-11").state.is_open


def refused(verb, *args, by=ACT, **more):
    with pytest.raises(RuleViolationError) as caught:
        verb(*args, by=by, **more)
    return caught.value.code
