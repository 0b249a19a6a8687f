from datetime import UTC, date, datetime

import pytest

from tests import factories as make
from tests.factories import TODAY
from tracker.lib.health import Health
from tracker.models import Group, MoveReason, Strand
from tracker.queries import trend
from tracker.services import milestones, trash
from tracker.services.act import Act, Why

BASELINE, LATER = date(2026, 12, 1), date(2027, 2, 1)
WHY = Why(reason=MoveReason.BUDGET)


def on(day, hour=2):
    return Act(
        person_id=None, at=datetime(day.year, day.month, day.day, hour, tzinfo=UTC), cause="web"
    )


@pytest.fixture
def stream(db_session, cast):
    return make.stream_of(db_session, cast)


@pytest.fixture
def hal(db_session, cast):
    return db_session.get(Group, cast.groups["HAL"])


def entered(stream, day, title="Công bố", **values):
    return milestones.create(stream, title, by=on(day), **{"baseline": BASELINE} | values)


def test_each_period_tells_what_was_expected_at_its_end(db_session, hal, stream):
    milestone = entered(stream, date(2026, 8, 1))
    milestones.move_forecast(milestone, LATER, why=WHY, by=on(date(2026, 10, 14)))

    found = trend.trend(hal, None, TODAY)

    assert [period.last for period in found.periods] == [
        date(2026, month, 14) for month in range(4, 12)
    ]
    assert found.ends[-1] == TODAY
    (line,) = found.lines
    assert line.expected == (None,) * 4 + (BASELINE,) * 2 + (LATER,) * 3
    assert (line.moved, line.health, line.planned) == (62, Health.LATE, BASELINE)


def test_a_move_late_in_the_evening_belongs_to_the_day_of_viet_nam(db_session, hal, stream):
    milestone = entered(stream, date(2026, 8, 1))
    milestones.move_forecast(milestone, LATER, why=WHY, by=on(date(2026, 10, 14), hour=18))

    (line,) = trend.trend(hal, None, TODAY).lines

    assert line.expected[6:] == (BASELINE, LATER, LATER)


def test_a_line_ends_where_its_milestone_was_closed(db_session, hal, stream):
    milestone = entered(stream, date(2026, 8, 1))
    closed = date(2026, 9, 20)
    milestones.close(milestone, "12/BC", by=on(closed), on=closed)

    (line,) = trend.trend(hal, stream, TODAY).lines

    assert line.expected[4:] == (BASELINE, BASELINE, closed, None, None)


def test_those_that_moved_most_come_first_and_those_of_other_places_not_at_all(
    db_session, cast, hal, stream
):
    still = entered(stream, date(2026, 8, 1), "Đứng yên")
    moved = entered(stream, date(2026, 8, 1), "Dời")
    milestones.move_forecast(moved, LATER, why=WHY, by=on(date(2026, 9, 1)))
    gone = entered(stream, date(2026, 8, 1), "Bỏ")
    trash.throw_away(gone, by=on(date(2026, 9, 1)))
    other = entered(make.stream_of(db_session, cast, strand=Strand.STANDARDS), date(2026, 8, 1))
    entered(make.stream_of(db_session, cast, "SOL"), date(2026, 8, 1), "Mật")

    codes = [line.code for line in trend.trend(hal, None, TODAY).lines]

    assert codes[0] == moved.code
    assert sorted(codes) == sorted([moved.code, still.code, other.code])
    assert [line.code for line in trend.trend(hal, stream, TODAY).lines] == [
        moved.code,
        still.code,
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_statements_does_not_depend_on_that_of_the_milestones(
    db_session, queries, hal, stream, count
):
    for _ in range(count):
        milestone = entered(stream, date(2026, 8, 1))
        milestones.move_forecast(milestone, LATER, why=WHY, by=on(date(2026, 9, 1)))
    db_session.flush()

    with queries() as statements:
        trend.trend(hal, None, TODAY)

    assert len(statements) == 3


def test_without_milestones_there_are_no_lines(db_session, hal):
    assert trend.trend(hal, None, TODAY).lines == ()
