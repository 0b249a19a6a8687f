from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.lib.health import Health, Thresholds
from tracker.lib.timeline import UNITS, Span, Window, Work, Zoom, of_milestone, of_task

TODAY = date(2026, 11, 23)
LIMITS = Thresholds()

days = st.dates(date(2000, 1, 1), date(2100, 12, 31))
zooms = st.sampled_from(Zoom)
windows = st.builds(Window.beginning, days, zooms)


@pytest.mark.parametrize(
    ("zoom", "first", "end"),
    [
        (Zoom.WEEK, date(2026, 10, 26), date(2027, 1, 18)),
        (Zoom.MONTH, date(2026, 7, 1), date(2027, 7, 1)),
        (Zoom.QUARTER, date(2025, 10, 1), date(2028, 10, 1)),
    ],
)
def test_a_third_of_the_time_lies_behind_the_day_asked_for(zoom, first, end):
    window = Window.around(TODAY, zoom)

    assert (window.first, window.end) == (first, end)


@given(days, zooms)
def test_the_day_asked_for_is_in_the_window(day, zoom):
    assert Window.around(day, zoom).holds(day)
    assert Window.beginning(day, zoom).holds(day)


@given(windows)
def test_the_units_cut_the_window_into_twelve_from_its_left_edge(window):
    ticks = list(window.ticks)

    assert len(ticks) == UNITS
    assert ticks[0] == (window.first, 0)
    assert [tick.x for tick in ticks] == sorted(tick.x for tick in ticks)
    assert all(window.holds(tick.day) for tick in ticks)
    assert all(window.zoom.start(tick.day) == tick.day for tick in ticks)


@given(windows, days, days)
def test_a_later_day_never_stands_further_left(window, one, other):
    early, late = sorted((one, other))

    assert window.x(early) <= window.middle(early) <= window.x(late + timedelta(1)) + 0.001
    assert window.holds(one) == (0 <= window.middle(one) <= 100)


@given(windows, days, days)
def test_a_bar_ends_at_the_edges_of_the_window(window, one, other):
    start, last = sorted((one, other))

    span = window.span(start, last)

    if span is None:
        assert last < window.first or start > window.last
    else:
        assert 0 <= span.x < 100
        assert 0 < span.width <= 100.001 - span.x


def test_both_days_of_a_bar_are_filled():
    window = Window.beginning(date(2026, 7, 1), Zoom.MONTH)

    assert window.span(date(2026, 7, 1), date(2027, 6, 30)) == Span(0, 100)
    assert window.span(date(2026, 7, 1), date(2026, 7, 1)).width == pytest.approx(
        100 / 365, abs=1e-3
    )
    assert window.span(date(2026, 8, 2), date(2026, 8, 1)) is None


@given(windows, st.integers(-UNITS, UNITS).filter(bool))
def test_a_window_moves_by_whole_units_within_the_years_that_are_kept(window, units):
    there = window.moved(units)

    if there is not None:
        assert (there.first > window.first) == (units > 0)
        assert there.zoom is window.zoom
        assert window.zoom.start(there.first) == there.first
    assert there != window


def test_no_window_begins_before_the_first_year_or_ends_after_the_last():
    first = Window.around(date(2000, 1, 15), Zoom.QUARTER)
    last = Window.around(date(2100, 12, 31), Zoom.QUARTER)

    assert (first.first, first.moved(-6)) == (date(2000, 1, 1), None)
    assert (last.last, last.moved(6)) == (date(2100, 12, 31), None)


@pytest.mark.parametrize(
    ("planned", "expected", "is_closed", "health"),
    [
        (TODAY, TODAY + timedelta(99), True, Health.DONE),
        (TODAY, TODAY - timedelta(1), False, Health.LATE),
        (TODAY, TODAY + timedelta(31), False, Health.LATE),
        (TODAY, TODAY + timedelta(30), False, Health.AT_RISK),
        (TODAY, TODAY + timedelta(7), False, Health.ON_TRACK),
        (None, None, False, Health.ON_TRACK),
    ],
)
def test_a_milestone_has_the_colour_of_its_slip(planned, expected, is_closed, health):
    found = of_milestone(planned, expected, is_closed=is_closed, today=TODAY, limits=LIMITS)

    assert found is health


SOON = TODAY + timedelta(10)


@pytest.mark.parametrize(
    ("work", "health"),
    [
        (Work(None, SOON, None, is_done=True), Health.DONE),
        (Work(None, TODAY - timedelta(1), SOON, is_blocked=True), Health.LATE),
        (Work(None, SOON, None, is_blocked=True), Health.AT_RISK),
        (Work(None, SOON, SOON + timedelta(1)), Health.AT_RISK),
        (Work(None, SOON, SOON, progress=10), Health.ON_TRACK),
        (Work(None, TODAY, None, is_begun=True), Health.ON_TRACK),
        (Work(TODAY, None, None), Health.NOT_STARTED),
    ],
)
def test_a_task_has_the_colour_of_its_lateness(work, health):
    assert of_task(work, TODAY) is health
