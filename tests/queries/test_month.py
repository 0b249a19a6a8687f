from datetime import date, timedelta

import pytest

from tests import factories as make
from tests.factories import TODAY
from tracker.models import CalendarDay, Group, Participant, Strand, TaskStatus, Workstream
from tracker.policies.actor import Actor
from tracker.queries import accounts
from tracker.queries import month as read
from tracker.queries.month import Asked, Kind, Place, Sign

NOVEMBER = Asked(month=date(2026, 11, 1))
STRANGER = Actor(person_id=10**6, person_name="Người lạ")


@pytest.fixture
def hal(db_session, cast):
    return db_session.get(Group, cast.groups["HAL"])


@pytest.fixture
def stream(db_session, cast):
    return make.stream_of(db_session, cast)


def place(group=None, stream=None, actor=STRANGER):
    return Place(actor, group, stream, TODAY)


def on(month, day):
    return next(square for week in month.weeks for square in week if square.day == day)


def signs(square):
    return [(mark.sign, mark.code) for mark in square.marks]


def test_weeks_begin_on_monday_and_fill_up_with_the_neighbours_days(db_session, hal):
    month = read.month(place(hal), NOVEMBER)

    assert [week[0].day for week in month.weeks][:2] == [date(2026, 10, 26), date(2026, 11, 2)]
    assert {week[0].day.weekday() for week in month.weeks} == {0}
    assert month.weeks[-1][-1].day == date(2026, 12, 6)
    assert [day.day for day in month.inside] == [date(2026, 11, n) for n in range(1, 31)]


def test_days_off_and_working_saturdays_say_why(db_session, hal):
    make.add(db_session, CalendarDay(day=date(2026, 11, 24), is_working=False, name="Văn hóa"))
    make.add(db_session, CalendarDay(day=date(2026, 11, 28), is_working=True, name="Làm bù"))

    month = read.month(place(hal), NOVEMBER)

    off, swapped = on(month, date(2026, 11, 24)), on(month, date(2026, 11, 28))
    assert (off.is_working, off.row.name) == (False, "Văn hóa")
    assert (swapped.is_working, swapped.row.name) == (True, "Làm bù")
    assert month.working_days == 21


def test_a_milestone_stands_on_its_forecast_and_where_it_was_planned(db_session, hal, stream):
    moved = make.milestone(
        db_session, stream, baseline=date(2026, 11, 10), forecast=date(2026, 11, 20)
    )
    make.milestone(db_session, stream, baseline=date(2026, 11, 12), forecast=date(2026, 11, 12))

    month = read.month(place(hal), NOVEMBER)

    assert signs(on(month, date(2026, 11, 10))) == [(Sign.BASELINE, moved.code)]
    (mark,) = on(month, date(2026, 11, 20)).marks
    assert (mark.sign, mark.slip, mark.is_late, mark.tone) == (Sign.FORECAST, 10, True, "late")
    assert [mark.sign for mark in on(month, date(2026, 11, 12)).marks] == [Sign.FORECAST]


def test_a_closed_milestone_stands_on_the_day_it_was_reached(db_session, hal, stream):
    make.milestone(db_session, stream, baseline=date(2026, 11, 10), closed_on=date(2026, 11, 10))

    (mark,) = on(read.month(place(hal), NOVEMBER), date(2026, 11, 10)).marks

    assert (mark.is_done, mark.is_late, mark.tone) == (True, False, "done")


def test_a_task_stands_on_its_due_date_and_on_another_one_expected(db_session, hal, stream):
    due, expected = date(2026, 11, 18), date(2026, 11, 27)
    late = make.task(db_session, stream, due=due, forecast=expected)
    done = make.task(
        db_session, stream, due=due, forecast=expected, status=TaskStatus.DONE, finished_on=due
    )
    make.task(db_session, stream, due=due, status=TaskStatus.DROPPED)

    month = read.month(place(hal), NOVEMBER)

    assert signs(on(month, due)) == [(Sign.DUE, late.code), (Sign.DUE, done.code)]
    assert [mark.tone for mark in on(month, due).marks] == ["late", "done"]
    assert signs(on(month, expected)) == [(Sign.EXPECTED, late.code)]


def test_what_lies_in_the_trash_stands_nowhere(db_session, hal, stream):
    gone = {"deleted_at": make.AGES_AGO}
    make.task(db_session, stream, due=TODAY, **gone)
    make.milestone(db_session, stream, forecast=TODAY, **gone)

    assert read.month(place(hal), NOVEMBER).total == 0


def test_a_full_day_shows_the_open_ones_first_and_counts_the_rest(db_session, hal, stream):
    for _ in range(4):
        make.task(db_session, stream, due=TODAY, status=TaskStatus.DONE, finished_on=TODAY)
    open_ones = [make.task(db_session, stream, due=TODAY) for _ in range(2)]
    first = make.milestone(db_session, stream, forecast=TODAY)

    square = on(read.month(place(hal), NOVEMBER), TODAY)

    codes = [first.code, *(task.code for task in open_ones)]
    assert [mark.code for mark in square.marks][:3] == codes
    assert (len(square.marks), square.total, square.more) == (4, 7, 3)
    assert len(read.day(place(hal), NOVEMBER, TODAY).marks) == 7


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ({}, {"Mốc", "Của tôi", "Của người khác", "Ở cấu phần khác"}),
        ({"kind": Kind.MILESTONE}, {"Mốc"}),
        ({"kind": Kind.TASK}, {"Của tôi", "Của người khác", "Ở cấu phần khác"}),
        ({"strand": Strand.METROLOGY}, {"Mốc", "Của tôi", "Của người khác"}),
        ({"owner": "member"}, {"Mốc", "Của tôi"}),
        ({"owner": "observer"}, {"Của người khác"}),
        ({"owner": 0}, {"Ở cấu phần khác"}),
    ],
)
def test_filters(db_session, cast, hal, stream, asked, titles):
    milestone = make.milestone(db_session, stream, title="Mốc", forecast=TODAY)
    other = make.stream_of(db_session, cast, strand=Strand.INSPECTION)
    mine, theirs = cast["member"].person_id, cast["observer"].person_id
    make.task(db_session, stream, title="Của tôi", due=TODAY, owner_id=mine, milestone=milestone)
    make.task(db_session, stream, title="Của người khác", due=TODAY, owner_id=theirs)
    make.task(db_session, other, title="Ở cấu phần khác", due=TODAY)
    if isinstance(asked.get("owner"), str):
        asked = {"owner": cast[asked["owner"]].person_id}

    square = on(read.month(place(hal), Asked(month=NOVEMBER.month, **asked)), TODAY)

    assert {mark.title for mark in square.marks} == titles


def test_mine_are_also_tasks_shared_with_me_and_milestones_of_a_plan_i_keep(
    db_session, cast, hal, stream
):
    make.milestone(db_session, stream, title="Mốc", forecast=TODAY)
    shared = make.task(db_session, stream, title="Cùng làm", due=TODAY)
    for role in ("member", "secretary"):
        make.add(db_session, Participant(task_id=shared.id, person_id=cast[role].person_id))
    found = {}
    for role in ("member", "secretary"):
        account = accounts.find(cast[role].account_id)
        actor = accounts.actor_for(account, TODAY)
        asked = Asked(month=NOVEMBER.month, owner=actor.person_id)
        square = on(read.month(place(hal, actor=actor), asked), TODAY)
        found[role] = [mark.title for mark in square.marks]

    assert found == {"member": ["Cùng làm"], "secretary": ["Mốc", "Cùng làm"]}


def test_over_all_groups_only_those_one_sees_each_with_its_key(db_session, cast, stream):
    secret = db_session.get(Workstream, cast.workstreams["SOL", Strand.STANDARDS])
    secret.group = db_session.get(Group, cast.groups["SOL"])
    make.task(db_session, stream, due=TODAY)
    make.task(db_session, secret, due=TODAY)
    make.milestone(db_session, secret, forecast=TODAY)
    director = Actor(person_id=2, person_name="x", is_director=True)

    mine = on(read.month(place(), NOVEMBER), TODAY)
    theirs = on(read.month(place(actor=director), NOVEMBER), TODAY)

    assert [mark.place for mark in mine.marks] == ["HAL"]
    assert [mark.place for mark in theirs.marks] == ["SOL", "HAL", "SOL"]


@pytest.mark.parametrize("number", [1, 30])
def test_a_month_takes_the_same_queries_however_full_it_is(
    db_session, hal, stream, queries, number
):
    for n in range(number):
        make.task(db_session, stream, due=TODAY + timedelta(days=n % 7))
        make.milestone(db_session, stream, forecast=TODAY)
    db_session.commit()

    with queries() as statements:
        read.month(place(hal), NOVEMBER)

    assert len(statements) == 5


def test_the_months_round_one(db_session):
    assert (NOVEMBER.previous, NOVEMBER.next) == (date(2026, 10, 1), date(2026, 12, 1))
