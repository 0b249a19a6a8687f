from datetime import date, timedelta

import pytest

from tests import factories as make
from tests.factories import TODAY
from tracker.lib.health import Health
from tracker.lib.timeline import Zoom
from tracker.models import Dependency, Group, Strand, TaskStatus
from tracker.queries import accounts, timeline
from tracker.queries.timeline import ROWS, Asked, Kind, Link, Place

DAY = timedelta(days=1)
SOON = TODAY + 10 * DAY


@pytest.fixture
def stream(db_session, cast):
    return make.stream_of(db_session, cast)


@pytest.fixture
def place(db_session, cast):
    def made(role="head", *, key="HAL", workstream=None):
        account = accounts.find(cast[role].account_id)
        group = db_session.get(Group, cast.groups[key]) if key else None
        return Place(accounts.actor_for(account, TODAY), group, workstream, TODAY)

    return made


def shown(chart):
    return [
        (section.key, section.strand.value, [row.code for row in section.rows])
        for section in chart.sections
    ]


def codes(chart):
    return [row.code for row in chart.rows]


def test_tasks_stand_above_the_milestone_they_lead_to_by_strand(db_session, cast, place, stream):
    standards = make.stream_of(db_session, cast, strand=Strand.STANDARDS)
    second = make.milestone(db_session, stream, baseline=SOON, position=2)
    first = make.milestone(db_session, stream, baseline=SOON, position=1)
    loose = make.task(db_session, stream, due=SOON)
    task = make.task(db_session, stream, due=SOON, milestone=first, position=2)
    other = make.task(db_session, stream, due=SOON, milestone=first, position=1)
    norm = make.task(db_session, standards, due=SOON)

    chart = timeline.timeline_of(place(), Asked())

    assert shown(chart) == [
        ("HAL", "standards", [norm.code]),
        ("HAL", "metrology", [other.code, task.code, first.code, second.code, loose.code]),
    ]
    assert (chart.total, chart.page, chart.pages) == (6, 1, 1)


def test_over_all_groups_it_shows_milestones_unless_asked(db_session, cast, place, stream):
    milestone = make.milestone(db_session, stream, baseline=SOON)
    task = make.task(db_session, stream, due=SOON)

    assert codes(timeline.timeline_of(place(key=None), Asked())) == [milestone.code]
    assert codes(timeline.timeline_of(place(key=None), Asked(kind=Kind.TASKS))) == [task.code]
    assert codes(timeline.timeline_of(place(key=None), Asked(kind=Kind.ALL))) == [
        milestone.code,
        task.code,
    ]


def test_a_restricted_group_is_shown_to_its_people_only(db_session, cast, place, stream):
    ours = make.milestone(db_session, stream, baseline=SOON)
    secret = make.stream_of(db_session, cast, "SOL")
    theirs = make.milestone(db_session, secret, baseline=SOON)

    assert codes(timeline.timeline_of(place(key=None), Asked())) == [ours.code]
    assert codes(timeline.timeline_of(place("sol_head", key=None), Asked())) == [
        ours.code,
        theirs.code,
    ]
    assert timeline.timeline_of(place(key=None), Asked(group="SOL")).total == 0


def test_what_the_window_does_not_touch_is_counted_apart(db_session, place, stream):
    make.task(db_session, stream, start=date(2025, 1, 1), due=date(2026, 6, 30))
    make.task(db_session, stream, due=date(2027, 7, 1))
    make.task(db_session, stream)
    make.milestone(db_session, stream)
    long = make.task(db_session, stream, start=date(2020, 1, 1), due=date(2030, 1, 1))
    slipped = make.milestone(
        db_session, stream, baseline=date(2026, 1, 1), forecast=date(2027, 12, 1)
    )

    chart = timeline.timeline_of(place(), Asked())

    assert sorted(codes(chart)) == sorted([long.code, slipped.code])
    assert (chart.total, chart.before, chart.after, chart.undated) == (2, 1, 1, 2)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (Asked(first=date(2026, 1, 1), zoom=Zoom.QUARTER), 3),
        (Asked(zoom=Zoom.WEEK), 2),
        (Asked(first=date(2030, 1, 1)), 0),
    ],
)
def test_a_window_can_be_wide_narrow_or_elsewhere(db_session, place, stream, asked, found):
    make.task(db_session, stream, due=SOON)
    make.milestone(db_session, stream, baseline=SOON)
    make.task(db_session, stream, due=SOON + 200 * DAY)

    assert timeline.timeline_of(place(), asked).total == found


def test_people_and_units_narrow_it_to_their_tasks_and_the_milestones_those_lead_to(
    db_session, cast, place, stream
):
    unit = make.unit(db_session, "QUATEST 1")
    mine = cast["member"].person_id
    milestone = make.milestone(db_session, stream, baseline=SOON)
    make.milestone(db_session, stream, baseline=SOON)
    task = make.task(db_session, stream, due=SOON, milestone=milestone, owner_id=mine)
    part = make.task(db_session, stream, due=SOON, parent=task, lead_unit_id=unit.id)
    free = make.task(db_session, stream, due=SOON, lead_unit_id=unit.id)

    def found(**asked):
        return codes(timeline.timeline_of(place(), Asked(**asked)))

    assert found(owner=mine) == [task.code, milestone.code]
    assert found(unit=unit.id) == [part.code, free.code]
    assert found(unit=unit.id, owner=mine) == []
    assert found(owner=timeline.NOBODY) == [part.code, free.code]
    assert found(name="phạm VĂN") == [task.code, milestone.code]
    assert found(name="không có ai") == []
    assert part.code not in found()


def test_dropped_and_thrown_away_items_are_left_out(db_session, place, stream):
    make.task(db_session, stream, due=SOON, status=TaskStatus.DROPPED)
    make.task(db_session, stream, due=SOON, deleted_at=make.AGES_AGO)
    make.milestone(db_session, stream, baseline=SOON, deleted_at=make.AGES_AGO)

    assert timeline.timeline_of(place(), Asked()).total == 0


def test_a_screen_has_sixty_rows_and_pages_beyond_the_last_show_the_last(db_session, place, stream):
    for _ in range(ROWS + 1):
        make.task(db_session, stream, due=SOON)

    first = timeline.timeline_of(place(), Asked())
    last = timeline.timeline_of(place(), Asked(page=99))

    assert (len(first.rows), first.pages, first.total) == (ROWS, 2, ROWS + 1)
    assert (len(last.rows), last.page) == (1, 2)


def test_a_row_says_how_the_item_stands_and_what_it_slipped(db_session, cast, place, stream):
    late = make.task(
        db_session,
        stream,
        due=date(2026, 11, 20),
        forecast=date(2026, 11, 30),
        progress=40,
        owner_id=cast["member"].person_id,
    )
    closed = make.milestone(
        db_session, stream, baseline=date(2026, 11, 2), closed_on=date(2026, 10, 30)
    )

    rows = {row.code: row for row in timeline.timeline_of(place(), Asked()).rows}

    task, milestone = rows[late.code], rows[closed.code]
    assert (task.health, task.slip, task.working_days) == (Health.LATE, 10, 6)
    assert (task.progress, task.days_overdue, task.owner) == (
        40,
        3,
        cast["member"].name,
    )
    assert (milestone.health, milestone.slip, milestone.working_days) == (Health.DONE, -3, -1)
    assert (milestone.is_done, milestone.may_move) == (True, False)


def test_those_who_may_move_a_milestone_find_it_movable(db_session, place, stream):
    make.milestone(db_session, stream, baseline=SOON)

    def movable(role):
        return [row.may_move for row in timeline.timeline_of(place(role), Asked()).rows]

    assert movable("head") == [True]
    assert movable("member") == [False]


def test_links_among_the_rows_on_the_screen_are_told(db_session, cast, place, stream):
    first = make.task(db_session, stream, due=SOON)
    then = make.milestone(db_session, stream, baseline=SOON)
    far = make.milestone(db_session, stream, baseline=date(2040, 1, 1))
    for milestone in (then, far):
        make.add(
            db_session,
            Dependency(
                predecessor_task_id=first.id,
                successor_milestone_id=milestone.id,
                created_at=make.AGES_AGO,
            ),
        )

    chart = timeline.timeline_of(place(), Asked())

    assert chart.links == (Link(first.code, then.code),)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("key", ["HAL", None])
def test_the_number_of_statements_does_not_depend_on_that_of_the_rows(
    db_session, queries, place, stream, count, key
):
    for _ in range(count):
        make.task(db_session, stream, due=SOON)
        make.milestone(db_session, stream, baseline=SOON)
    where = place(key=key)

    with queries() as statements:
        timeline.timeline_of(where, Asked(kind=Kind.ALL))

    assert len(statements) == 6
