from datetime import date

import pytest
from sqlalchemy import select

from tests import factories as make
from tests.services.acts import BY
from tracker.models import DateMove, MoveReason
from tracker.services import milestones, moves, tasks
from tracker.services.act import Why

DUE, LATER = date(2026, 12, 1), date(2026, 12, 15)
WHY = Why(reason=MoveReason.BUDGET)


@pytest.fixture
def stream(db_session, cast):
    return make.stream_of(db_session, cast)


def kept(session):
    session.flush()
    rows = session.scalars(select(DateMove).order_by(DateMove.change_id))
    return [(row.field, row.from_day, row.to_day, row.days, row.reason) for row in rows]


def test_a_moved_date_is_kept_with_its_days_place_unit_and_reason(db_session, cast, stream):
    task = make.task(db_session, stream, due=DUE, lead_unit_id=cast.unit_id)

    tasks.move_due(task, LATER, why=WHY, by=BY)

    assert kept(db_session) == [("due", DUE, LATER, 14, MoveReason.BUDGET)]
    (row,) = db_session.scalars(select(DateMove))
    assert (row.kind, row.subject_id, row.code, row.unit_id, row.moved_on) == (
        "task",
        task.id,
        task.code,
        cast.unit_id,
        BY.today,
    )
    assert (row.group_id, row.workstream_id) == (stream.group_id, stream.id)


def test_a_first_forecast_moves_away_from_the_plan(db_session, stream):
    task = make.task(db_session, stream, due=DUE)
    milestone = make.milestone(db_session, stream, baseline=DUE)

    tasks.move_forecast(task, LATER, why=WHY, by=BY)
    milestones.move_forecast(milestone, LATER, why=WHY, by=BY)

    assert kept(db_session) == [("forecast", DUE, LATER, 14, MoveReason.BUDGET)] * 2


def test_a_forecast_taken_back_returns_to_the_plan(db_session, stream):
    task = make.task(db_session, stream, due=DUE, forecast=LATER)

    tasks.move_forecast(task, None, why=WHY, by=BY)

    assert kept(db_session) == [("forecast", LATER, DUE, -14, MoveReason.BUDGET)]


def test_a_first_date_and_a_date_that_only_says_the_plan_are_no_moves(db_session, stream):
    task = make.task(db_session, stream)

    tasks.move_due(task, DUE, why=None, by=BY)
    tasks.move_forecast(task, DUE, why=None, by=BY)
    tasks.edit(task, {"start": date(2026, 11, 1)}, by=BY)

    assert kept(db_session) == []


def test_a_row_of_a_bulk_says_what_one_by_one_would():
    row = moves.row_of("task", "forecast", {"due": DUE}, None, LATER)

    assert row == {
        "kind": "task",
        "field": "forecast",
        "from_day": DUE,
        "to_day": LATER,
        "days": 14,
    }
    assert moves.row_of("task", "start", {}, DUE, LATER) is None
