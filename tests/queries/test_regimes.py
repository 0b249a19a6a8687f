from datetime import date

import pytest

from tests.factories import TODAY
from tests.services.acts import BY
from tracker.lib.periods import PeriodBasis, PeriodKind, parse
from tracker.queries import regimes as read
from tracker.services import regimes as do

MONTHLY = {"period_kind": PeriodKind.MONTH, "basis": PeriodBasis.DECREE}


@pytest.fixture
def monthly(db_session, cast):
    return do.create(
        "Tháng", group_id=cast.groups["HAL"], starts_on=date(2026, 10, 1), by=BY, **MONTHLY
    )


def test_a_report_that_is_begun_by_hand_finds_its_regime(db_session, monthly, cast):
    hal = cast.groups["HAL"]

    assert read.owing("2026-11", group_id=hal) is monthly
    assert read.owing("2026-W47", group_id=hal) is None
    assert read.owing("2026-11", group_id=None) is None
    do.begin(monthly, parse("2026-11"), by=BY)
    assert read.owing("2026-11", group_id=hal) is None


def test_an_ended_regime_has_nothing_to_come(monthly):
    assert [one.period.word for one in read.coming(monthly, TODAY)][:2] == ["2026-12", "2027-01"]

    do.edit(monthly, {"ended_on": date(2026, 11, 20)}, by=BY)

    assert read.coming(monthly, TODAY) == []


def test_of_a_new_regime_all_that_is_closed_is_begun_at_once(monthly):
    assert read.begun_at_once(monthly, TODAY) == 2
