import threading
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests.conftest import NOW
from tests.services.acts import BY
from tracker.extensions import db
from tracker.jobs import drafts
from tracker.lib.periods import PeriodBasis, PeriodKind
from tracker.models import Report
from tracker.services import regimes, reports

MONTHLY = {"period_kind": PeriodKind.MONTH, "basis": PeriodBasis.DECREE}


@pytest.fixture
def owed(set_up, cast):
    """Two groups owe the reports of October and November."""

    with set_up():
        for key in ("HAL", "SOL"):
            regimes.create(
                "Tháng",
                group_id=cast.groups[key],
                starts_on=date(2026, 10, 1),
                by=BY,
                **MONTHLY,
            )


def periods(session):
    return sorted(session.scalars(select(Report.period)))


def test_the_worker_makes_the_drafts_of_what_is_closed_once(db_session, cast):
    regimes.create(
        "Tháng", group_id=cast.groups["HAL"], starts_on=date(2026, 11, 1), by=BY, **MONTHLY
    )
    db_session.commit()
    cut_off = NOW - timedelta(days=9)  # the 14th, still a day of the period

    assert drafts.begin(at=cut_off) == 0
    assert drafts.begin(at=cut_off + timedelta(days=1)) == 1
    assert drafts.begin(at=NOW) == 0
    assert periods(db_session) == ["2026-11"]


def test_two_workers_never_make_two_drafts(app, owed):
    start = threading.Barrier(2)
    begun, failures = [], []

    def work():
        start.wait()
        try:
            with app.app_context():
                begun.append(drafts.begin(at=NOW))
                db.session.remove()
        except Exception as error:  # noqa: BLE001 - told below
            failures.append(error)

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert failures == []
    assert sum(begun) == 4
    with app.app_context():
        assert periods(db.session) == ["2026-10", "2026-10", "2026-11", "2026-11"]


def test_a_draft_that_fails_holds_no_other_up(app, owed, monkeypatch):
    begin = reports.begin

    def broken(group, period, **details):
        if group.key == "HAL" and period.word == "2026-10":
            message = "disk full"
            raise OSError(message)
        return begin(group, period, **details)

    monkeypatch.setattr(reports, "begin", broken)
    with app.app_context():
        assert drafts.begin(at=NOW) == 3
        monkeypatch.undo()
        assert drafts.begin(at=NOW) == 1
