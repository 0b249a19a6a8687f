from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.lib.lateness import CountedTask, FourCells, Lateness, count, lateness
from tracker.lib.workdays import Calendar

FRIDAY = date(2026, 11, 20)
CALENDAR = Calendar()

days = st.dates(date(2026, 1, 1), date(2026, 12, 31))
statuses = st.sampled_from(["todo", "doing", "blocked", "review", "done", "paused", "dropped"])
tasks = st.lists(
    st.builds(CountedTask, statuses, st.none() | days, st.none() | days, st.booleans())
)


def judged(*, done=False, due=None, finished_on=None, calendar=CALENDAR):
    return lateness(
        status_is_done=done, due=due, finished_on=finished_on, today=FRIDAY, calendar=calendar
    )


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        (None, Lateness.ON_TIME),
        (date(2026, 11, 19), Lateness.OVERDUE),
        (date(2026, 11, 20), Lateness.DUE_SOON),
        (date(2026, 11, 25), Lateness.DUE_SOON),
        (date(2026, 11, 26), Lateness.ON_TIME),
    ],
)
def test_an_open_task_is_judged_by_its_due_day(due, expected):
    assert judged(due=due) is expected


def test_due_soon_counts_working_days():
    culture_day = Calendar(holidays=frozenset({date(2026, 11, 24)}))

    assert judged(due=date(2026, 11, 26), calendar=culture_day) is Lateness.DUE_SOON


@pytest.mark.parametrize(
    ("due", "finished_on", "expected"),
    [
        (date(2026, 11, 10), date(2026, 11, 10), Lateness.DONE_ON_TIME),
        (date(2026, 11, 10), date(2026, 11, 11), Lateness.DONE_LATE),
        (date(2026, 11, 10), None, Lateness.DONE_ON_TIME),
        (None, date(2026, 11, 11), Lateness.DONE_ON_TIME),
        (None, None, Lateness.DONE_ON_TIME),
    ],
)
def test_a_finished_task_is_judged_by_the_day_it_was_finished(due, finished_on, expected):
    assert judged(done=True, due=due, finished_on=finished_on) is expected


@pytest.mark.parametrize(
    ("task", "cells"),
    [
        (CountedTask("todo"), FourCells(open_on_time=1)),
        (CountedTask("todo", due=FRIDAY), FourCells(open_on_time=1)),
        (CountedTask("todo", due=date(2026, 11, 19)), FourCells(open_overdue=1)),
        (CountedTask("paused", due=date(2026, 11, 19)), FourCells(open_overdue=1)),
        (CountedTask("review", due=date(2026, 11, 19)), FourCells(open_overdue=1)),
        (CountedTask("blocked"), FourCells(open_on_time=1)),
        (CountedTask("done", due=FRIDAY, finished_on=FRIDAY), FourCells(done_on_time=1)),
        (CountedTask("done", due=date(2026, 11, 19), finished_on=FRIDAY), FourCells(done_late=1)),
        (CountedTask("done"), FourCells(done_on_time=1)),
        (CountedTask("dropped", due=date(2026, 11, 1)), FourCells(dropped=1)),
        (CountedTask("todo", due=date(2026, 11, 1), is_top_level=False), FourCells()),
    ],
)
def test_count_puts_a_task_into_one_cell(task, cells):
    assert count([task], today=FRIDAY) == cells


# The figures of 2017 in domain.md §1.3: 98.62 % and 1.38 % were published.
PUBLISHED = FourCells(14_068, 1_983, 5_640, 223)


def test_shares_are_of_tasks_due():
    assert (PUBLISHED.total, PUBLISHED.done, PUBLISHED.open) == (21_914, 16_051, 5_863)
    assert PUBLISHED.due == 16_274
    assert PUBLISHED.completed_share == pytest.approx(0.9863, abs=0.0001)
    assert PUBLISHED.overdue_share == pytest.approx(0.0137, abs=0.0001)


def test_there_are_no_shares_of_nothing():
    cells = FourCells(open_on_time=3, dropped=2)

    assert (cells.completed_share, cells.overdue_share) == (None, None)


def test_cells_add_up():
    assert sum([FourCells(1, 2, 3, 4, 5), FourCells(1, 1, 1, 1, 1)], FourCells()) == FourCells(
        2, 3, 4, 5, 6
    )


@given(tasks, tasks, days)
def test_counting_parts_gives_the_whole(some, more, today):
    cells = count(some + more, today=today)

    assert cells == count(some, today=today) + count(more, today=today)
    assert cells.total + cells.dropped == sum(task.is_top_level for task in some + more)


@given(tasks, days)
def test_counting_agrees_with_judging_one_by_one(some, today):
    found = [
        lateness(
            status_is_done=task.status == "done",
            due=task.due,
            finished_on=task.finished_on,
            today=today,
            calendar=CALENDAR,
        )
        for task in some
        if task.is_top_level and task.status != "dropped"
    ]
    cells = count(some, today=today)

    assert cells.open_overdue == found.count(Lateness.OVERDUE)
    assert cells.done_late == found.count(Lateness.DONE_LATE)
    assert cells.done_on_time == found.count(Lateness.DONE_ON_TIME)
