from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests import factories as make
from tests.factories import TODAY
from tests.services.acts import BY, changes_of
from tracker.errors import RuleViolationError, StaleError
from tracker.lib.recurrence import Anchor, Frequency, Shift
from tracker.models import Milestone, Occurrence, Task, TaskStatus
from tracker.services import history, settings, tasks, trash
from tracker.services import recurrences as do

MONTHLY = {"frequency": Frequency.MONTHLY, "day": 28, "lead_days": 7}


@pytest.fixture
def stream(db_session, cast):
    return make.stream_of(db_session, cast)


@pytest.fixture
def monthly(stream):
    return do.create(
        stream,
        "Báo cáo tháng {kỳ}",
        description="- [ ] Số liệu\n- [ ] Trình",
        result="Báo cáo",
        by=BY,
        **MONTHLY,
    )


def on(day):
    """Somebody acting at nine in the morning of that day."""
    return replace(BY, at=BY.at + timedelta(days=(day - TODAY).days))


def made(session):
    rows = session.query(Occurrence).order_by(Occurrence.day).all()
    return [(row.day, row.due, session.get(Task, row.task_id).title) for row in rows]


def test_what_recurs_is_recorded_with_its_rule(db_session, monthly):
    (change,) = changes_of(monthly)

    assert change.field == "created"
    assert (change.new["frequency"], change.new["day"]) == ("monthly", 28)
    assert (monthly.starts_on, monthly.counts_from) == (TODAY, TODAY)


def test_an_instance_is_made_so_many_days_before_it_is_due(db_session, monthly):
    due = date(2026, 11, 30)  # the 28th is a Saturday

    before = do.make_due(by=on(due - timedelta(days=8)))
    then = do.make_due(by=on(due - timedelta(days=7)))

    assert (before, then) == (0, 1)
    assert made(db_session) == [(date(2026, 11, 28), due, "Báo cáo tháng 11/2026")]


def test_an_instance_is_an_ordinary_task_with_all_that_was_set(db_session, cast, stream):
    milestone = make.milestone(db_session, stream)
    owner, unit = cast["member"].person_id, cast.unit_id
    do.create(
        stream,
        "Họp quý {kỳ}",
        by=BY,
        frequency=Frequency.QUARTERLY,
        anchor=Anchor.WEEKDAY,
        nth=2,
        weekday=1,
        month=3,
        lead_days=30,
        milestone_id=milestone.id,
        owner_id=owner,
        lead_unit_id=unit,
        result="Biên bản",
        description="Chuẩn bị phòng",
    )

    do.make_due(by=BY)

    task = db_session.query(Task).filter_by(title="Họp quý IV/2026").one()
    assert (task.due, task.status) == (date(2026, 12, 8), TaskStatus.TODO)
    assert (task.owner_id, task.lead_unit_id, task.milestone_id) == (owner, unit, milestone.id)
    assert (task.result, task.description) == ("Biên bản", "Chuẩn bị phòng")
    assert [change.cause for change in changes_of(task)] == ["cli"]


def test_nights_missed_are_caught_up_with_and_nothing_is_made_twice(db_session, monthly):
    late = on(date(2027, 2, 22))

    assert do.make_due(by=late) == 4
    assert do.make_due(by=late) == 0
    assert [title for _day, _due, title in made(db_session)] == [
        "Báo cáo tháng 11/2026",
        "Báo cáo tháng 12/2026",
        "Báo cáo tháng 01/2027",
        "Báo cáo tháng 02/2027",
    ]


def test_finished_instances_stay_and_each_has_a_checklist_of_its_own(db_session, monthly):
    first = do.make_next(monthly, by=BY)
    tasks.edit(first, {"description": "- [x] Số liệu\n- [x] Trình"}, by=BY)
    tasks.change_status(first, TaskStatus.DONE, by=BY)

    second = do.make_next(monthly, by=BY)

    assert (first.status, first.description) == (
        TaskStatus.DONE,
        "- [x] Số liệu\n- [x] Trình",
    )
    assert (second.status, second.description) == (TaskStatus.TODO, "- [ ] Số liệu\n- [ ] Trình")


def test_an_instance_made_early_is_not_made_again(db_session, monthly):
    do.make_next(monthly, by=BY)

    assert do.make_due(by=on(date(2026, 11, 30))) == 0


def test_what_was_thrown_away_is_not_made_again_even_when_it_is_gone_for_good(db_session, monthly):
    do.make_due(by=BY)
    trash.throw_away(db_session.query(Task).filter_by(title="Báo cáo tháng 11/2026").one(), by=BY)

    assert do.make_due(by=BY) == 0
    trash.purge(by=on(TODAY + timedelta(days=31)))
    assert db_session.query(Occurrence).first().task_id is None
    assert do.make_due(by=BY) == 0


def test_nothing_is_made_in_a_pause_nor_afterwards_for_it(db_session, monthly):
    do.pause(monthly, by=BY)
    assert do.make_due(by=on(date(2027, 1, 28))) == 0

    do.resume(monthly, by=on(date(2027, 1, 29)))
    do.resume(monthly, by=on(date(2027, 2, 1)))

    assert do.make_due(by=on(date(2027, 2, 22))) == 1
    assert made(db_session)[0][2] == "Báo cáo tháng 02/2027"


def test_nothing_comes_after_the_end(db_session, monthly):
    do.make_due(by=BY)
    do.end(monthly, by=on(date(2026, 12, 1)))

    assert do.make_due(by=on(date(2027, 3, 1))) == 0
    with pytest.raises(RuleViolationError, match="nothing_recurs"):
        do.make_next(monthly, by=BY)


def test_another_rule_counts_from_today_and_leaves_what_was_made(db_session, monthly):
    do.make_due(by=BY)
    day = date(2026, 12, 20)

    do.edit(monthly, {"day": 10, "title": "Báo cáo {kỳ}"}, by=on(day))
    do.make_due(by=on(date(2027, 1, 5)))

    assert [title for _day, _due, title in made(db_session)] == [
        "Báo cáo tháng 11/2026",
        "Báo cáo 01/2027",
    ]


def test_the_second_of_two_editors_chooses(db_session, monthly):
    seen = monthly.version
    do.edit(monthly, {"title": "Của tôi {kỳ}"}, by=BY, seen=seen)
    db_session.commit()

    with pytest.raises(StaleError):
        do.edit(monthly, {"title": "Của anh {kỳ}"}, by=BY, seen=seen)


def test_a_closed_or_deleted_milestone_takes_no_more_instances(db_session, stream, monthly):
    milestone = make.milestone(db_session, stream)
    do.edit(monthly, {"milestone_id": milestone.id}, by=BY)
    milestone.closed_on = TODAY

    assert do.make_next(monthly, by=BY).milestone_id is None

    milestone.closed_on = None
    trash.throw_away(db_session.get(Milestone, milestone.id), by=BY)
    assert do.make_next(monthly, by=BY).milestone_id is None
    trash.purge(by=on(TODAY + timedelta(days=31)))
    assert monthly.milestone_id is None


@pytest.mark.parametrize(
    ("details", "code"),
    [
        ({"frequency": Frequency.MONTHLY}, "recurrence_rule_incomplete"),
        ({"frequency": Frequency.WEEKLY, "day": 3}, "recurrence_rule_incomplete"),
        (MONTHLY | {"ends_on": TODAY - timedelta(days=1)}, "recurrence_ends_before_start"),
        (MONTHLY | {"starts_on": date(1999, 1, 1)}, "outside_years"),
        (MONTHLY | {"ends_on": date(2101, 1, 1)}, "outside_years"),
    ],
)
def test_rules_that_make_no_sense_are_refused(stream, details, code):
    with pytest.raises(RuleViolationError) as error:
        do.create(stream, "Việc {kỳ}", by=BY, **details)

    assert error.value.code == code


def test_an_unknown_word_in_the_title_is_refused(stream):
    with pytest.raises(RuleViolationError) as error:
        do.create(stream, "Việc {tháng}", by=BY, **MONTHLY)

    assert (error.value.code, error.value.values) == ("period_word_unknown", {"places": "tháng"})


def test_due_dates_follow_the_working_calendar(db_session, stream):
    settings.put_day(date(2026, 11, 24), is_working=False, name="Văn hóa", by=BY)
    do.create(
        stream, "Họp tuần {kỳ}", by=BY, frequency=Frequency.WEEKLY, weekday=1, shift=Shift.PREVIOUS
    )

    do.make_due(by=BY)

    assert made(db_session) == [(date(2026, 11, 24), TODAY, "Họp tuần 48/2026")]


def test_what_recurs_is_told_in_the_history_by_its_kind(monthly):
    assert history.KINDS[type(monthly)] == "recurrence"
