from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from tests import factories as make
from tracker.errors import RuleViolationError, StaleError
from tracker.models import MoveReason, SearchEntry, Strand
from tracker.queries import history
from tracker.services import milestones as do
from tracker.services.act import Act, Why

ACT = Act(person_id=None, at=datetime(2026, 11, 23, 2, tzinfo=UTC), cause="web")
TODAY = date(2026, 11, 23)
WHY = Why(reason=MoveReason.NO_CONSENSUS, sentence="còn ý kiến khác nhau")


@pytest.fixture
def stream(db_session):
    made = make.whole_group(db_session, "ZET")[1][Strand.STANDARDS]
    db_session.commit()
    return made


@pytest.fixture
def milestone(db_session, stream):
    made = do.create(stream, "Công bố TCVN", by=ACT, baseline=date(2026, 12, 1))
    db_session.commit()
    return made


def told(milestone):
    rows = history.of("milestone", milestone.id)
    return [(row.field, row.old, row.new) for row in rows if row.field != "created"]


def refused(code):
    return pytest.raises(RuleViolationError, match=code)


def test_a_new_milestone_is_forecast_as_planned_and_can_be_found(db_session, milestone):
    assert (milestone.code, milestone.forecast, milestone.slip) == ("ZET-M1", date(2026, 12, 1), 0)
    entry = db_session.scalar(select(SearchEntry).where(SearchEntry.code == "ZET-M1"))
    assert entry.folded.startswith("zet m1 cong bo tcvn")


def test_a_forecast_moves_with_a_reason(db_session, milestone):
    with refused("reason_needed"):
        do.move_forecast(milestone, date(2026, 12, 20), why=None, by=ACT)

    do.move_forecast(milestone, date(2026, 12, 20), why=WHY, by=ACT)
    db_session.commit()

    assert milestone.slip == 19
    assert told(milestone) == [("forecast", "2026-12-01", "2026-12-20")]


def test_closing_takes_a_document_and_a_day_that_has_come(db_session, milestone):
    with refused("evidence_needed"):
        do.close(milestone, "  ", by=ACT)
    with refused("closed_in_future"):
        do.close(milestone, "QĐ 1", by=ACT, on=TODAY + timedelta(days=1))

    do.close(milestone, "QĐ 321/QĐ-BKHCN", by=ACT, evidence_date=date(2026, 11, 20))
    db_session.commit()

    assert (milestone.closed_on, milestone.slip) == (TODAY, -8)
    assert told(milestone) == [
        ("closed_on", None, "2026-11-23"),
        ("evidence", None, "QĐ 321/QĐ-BKHCN"),
        ("evidence_date", None, "2026-11-20"),
    ]
    entry = db_session.scalar(select(SearchEntry).where(SearchEntry.code == "ZET-M1"))
    assert "321 qd bkhcn" in entry.folded


def test_a_closed_milestone_moves_no_more_until_it_is_reopened(db_session, milestone):
    with refused("milestone_not_closed"):
        do.reopen(milestone, by=ACT)
    do.close(milestone, "QĐ 1", by=ACT)

    with refused("milestone_closed"):
        do.move_forecast(milestone, TODAY, why=WHY, by=ACT)
    with refused("milestone_closed"):
        do.close(milestone, "QĐ 2", by=ACT)

    do.reopen(milestone, by=ACT)
    assert (milestone.closed_on, milestone.evidence) == (None, None)


@pytest.mark.parametrize("day", [date(1999, 12, 31), date(2101, 1, 1)])
def test_years_that_nobody_means_are_refused(stream, milestone, day):
    with refused("outside_years"):
        do.create(stream, "x", by=ACT, baseline=day)
    with refused("outside_years"):
        do.move_forecast(milestone, day, why=WHY, by=ACT)


def test_two_who_move_it_differently_are_asked(db_session, milestone):
    seen = milestone.version
    do.move_forecast(milestone, date(2026, 12, 20), why=WHY, by=ACT)
    db_session.commit()

    with pytest.raises(StaleError) as caught:
        do.move_forecast(milestone, date(2027, 1, 5), why=WHY, by=ACT, seen=seen)

    assert caught.value.conflicts == {"forecast": (date(2026, 12, 20), date(2027, 1, 5))}


@pytest.mark.parametrize(
    ("moved", "before", "expected"), [("C", "A", "CAB"), ("A", "C", "BAC"), ("A", None, "BCA")]
)
def test_milestones_are_put_in_order(db_session, stream, moved, before, expected):
    made = {title: do.create(stream, title, by=ACT) for title in "ABC"}

    do.place(made[moved], by=ACT, before=made.get(before))

    assert "".join(sorted(made, key=lambda title: made[title].position)) == expected
