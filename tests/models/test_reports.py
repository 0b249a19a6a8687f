from datetime import date

from tracker.lib.periods import PeriodBasis, PeriodKind, parse
from tracker.models import Report, ReportRecord, ReportRegime


def test_revisions_are_counted_from_one_point_nought():
    assert [Report(revision=0).revision_name, ReportRecord(revision=2).name] == ["1.0", "1.2"]


def test_a_regime_says_which_days_a_report_covers():
    regime = ReportRegime(
        period_kind=PeriodKind.MONTH,
        basis=PeriodBasis.DECREE,
        closing_months=[],
        working_days=1,
    )

    assert regime.rule.containing(date(2026, 11, 14)) == parse("2026-11")
