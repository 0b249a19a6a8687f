from datetime import UTC, date, datetime, timedelta

import pytest

from tests import factories as make
from tests.factories import TODAY
from tracker.models import Group, Strand, TaskStatus
from tracker.queries.burn_up import Item, burn_up

SUNDAY = date(2026, 11, 22)  # the day before TODAY, a Monday


def weeks_ago(number):
    return TODAY - timedelta(weeks=number)


def moment(day):
    return datetime(day.year, day.month, day.day, 2, tzinfo=UTC)


@pytest.fixture
def stream(db_session, cast):
    return make.stream_of(db_session, cast)


@pytest.fixture
def hal(db_session, cast):
    return db_session.get(Group, cast.groups["HAL"])


def task(session, stream, entered, finished=None, **values):
    if finished:
        values |= {"status": TaskStatus.DONE, "finished_on": finished}
    return make.task(session, stream, created_at=moment(entered), **values)


def test_each_week_counts_what_was_finished_and_all_there_was(db_session, hal, stream):
    task(db_session, stream, weeks_ago(3), finished=weeks_ago(2))
    task(db_session, stream, weeks_ago(2))
    task(db_session, stream, weeks_ago(1), finished=TODAY)
    dropped = {"status": TaskStatus.DROPPED, "status_since": weeks_ago(1)}
    task(db_session, stream, weeks_ago(3), **dropped)
    task(db_session, stream, weeks_ago(3), deleted_at=moment(weeks_ago(2)))
    parent = task(db_session, stream, weeks_ago(3))
    task(db_session, stream, weeks_ago(3), parent=parent)

    found = burn_up(hal, None, TODAY)

    assert found.ends == (*(SUNDAY - timedelta(weeks=back) for back in (3, 2, 1, 0)), TODAY)
    assert found.finished == (0, 0, 1, 1, 2)
    assert found.scope == (0, 4, 4, 4, 4)
    assert found.remaining == 2


def test_what_was_finished_before_it_was_entered_was_work_before(db_session, hal, stream):
    task(db_session, stream, TODAY, finished=weeks_ago(2))

    found = burn_up(hal, None, TODAY)

    assert found.scope == found.finished == (0, 1, 1, 1)


@pytest.mark.parametrize(("finished", "is_said"), [(7, False), (8, True)])
def test_fewer_than_eight_finished_tasks_say_nothing(db_session, hal, stream, finished, is_said):
    for number in range(finished):
        task(db_session, stream, weeks_ago(10), finished=weeks_ago(9 - number))
    task(db_session, stream, weeks_ago(10))

    found = burn_up(hal, None, TODAY)

    assert found.has_too_few is not is_said
    assert (found.likely is not None) is is_said
    if is_said:
        assert TODAY < found.likely <= found.safe


def test_it_looks_back_for_half_a_year(db_session, hal, stream):
    for _ in range(8):
        task(db_session, stream, weeks_ago(60), finished=weeks_ago(50))
    task(db_session, stream, weeks_ago(60))

    found = burn_up(hal, None, TODAY)

    assert len(found.ends) == 28
    assert (found.likely, found.safe) == (None, None)


def test_what_is_left_is_named_soonest_first(db_session, cast, hal, stream):
    later = task(db_session, stream, TODAY, title="Sau", due=TODAY + timedelta(9))
    undated = task(db_session, stream, TODAY, title="Chưa rõ")
    soon = task(db_session, stream, TODAY, title="Trước", due=TODAY, forecast=TODAY)
    other = make.stream_of(db_session, cast, strand=Strand.STANDARDS)
    task(db_session, other, TODAY)

    found = burn_up(hal, stream, TODAY)

    assert found.items == (
        Item(soon.code, "Trước", TODAY),
        Item(later.code, "Sau", TODAY + timedelta(9)),
        Item(undated.code, "Chưa rõ", None),
    )
    assert burn_up(hal, None, TODAY).remaining == 4


def test_nothing_is_nothing(db_session, hal):
    found = burn_up(hal, None, TODAY)

    assert (found.scope[-1], found.remaining, found.items) == (0, 0, ())


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_statements_does_not_depend_on_that_of_the_tasks(
    db_session, queries, hal, stream, count
):
    for _ in range(count):
        task(db_session, stream, weeks_ago(2))
    db_session.flush()

    with queries() as statements:
        burn_up(hal, None, TODAY)

    assert len(statements) == 2
