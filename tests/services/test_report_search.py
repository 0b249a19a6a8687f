"""A report is found by its names in both languages and by what was written, from the beginning."""

from datetime import UTC, datetime

from tests import factories as make
from tracker.lib.periods import parse
from tracker.models import Group, ReportKind
from tracker.services import report_text
from tracker.services import reports as do
from tracker.services.act import Act

ACT = Act(person_id=None, at=datetime(2026, 11, 16, 3, tzinfo=UTC), cause="test")


def test_a_new_report_is_found_by_period_kind_and_group(db_session, cast):
    report = do.begin(db_session.get(Group, cast.groups["HAL"]), parse("2026-Q4"), by=ACT)

    for words in ("bao cao dinh ky quy iv nam 2026", "hal to cong tac hal"):
        assert words in report.folded


def test_what_is_written_is_found_and_what_was_deleted_is_not(db_session, cast):
    report = do.begin(db_session.get(Group, cast.groups["HAL"]), parse("2026-11"), by=ACT)
    db_session.flush()

    report_text.write(report, {"results": "Doanh nghiệp phàn nàn"}, by=ACT)
    assert "doanh nghiep phan nan" in report.folded

    report_text.write(report, {"results": "Đã họp"}, by=ACT)
    assert "phan nan" not in report.folded
    assert "da hop" in report.folded


def test_those_on_a_unit_and_on_all_are_found_by_that(db_session):
    unit = make.unit(db_session, "Viện Đo lường Việt Nam")
    of_unit = do.begin(None, parse("2026-11"), by=ACT, unit_id=unit.id)
    of_all = do.begin(None, parse("2026"), by=ACT, kind=ReportKind.ANNUAL)

    assert "vien do luong viet nam" in of_unit.folded
    assert "tong ket nam nam 2026 tat ca cac to" in of_all.folded
