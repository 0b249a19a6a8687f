import pytest
from sqlalchemy.exc import IntegrityError

from tests import factories as make
from tracker.lib.risk import RiskBand
from tracker.models import Blocking, Risk, RiskKind, Strand


@pytest.fixture
def stream(db_session):
    return make.whole_group(db_session)[1][Strand.STANDARDS]


def test_a_risk_has_a_level_and_a_difficulty_only_where_it_was_one():
    risk = Risk(kind=RiskKind.RISK, likelihood=3, impact=5)
    was_one = Risk(kind=RiskKind.DIFFICULTY, likelihood=2, impact=2)

    assert (risk.level, risk.band) == (15, RiskBand.CRITICAL)
    assert (was_one.level, was_one.band) == (4, RiskBand.LOW)
    assert (Risk().level, Risk().band) == (None, None)


@pytest.mark.parametrize(
    "values",
    [
        {"likelihood": 6},
        {"impact": 0},
        {"likelihood": None},
    ],
)
def test_the_database_refuses_what_cannot_be_judged(db_session, stream, values):
    with pytest.raises(IntegrityError):
        make.risk(db_session, stream, **values)


@pytest.mark.parametrize("number", [0, 2])
def test_an_entry_blocks_one_item_at_a_time(db_session, stream, number):
    risk = make.risk(db_session, stream)
    ends = {
        "task_id": make.task(db_session, stream).id,
        "milestone_id": make.milestone(db_session, stream).id,
    }
    db_session.add(Blocking(risk_id=risk.id, **(ends if number else {})))

    with pytest.raises(IntegrityError):
        db_session.flush()
