from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests import factories as make
from tests.factories import TODAY
from tests.services.acts import BY
from tracker.lib.recurrence import Frequency, Rule
from tracker.models import Group, Strand, Task, TaskStatus
from tracker.policies.actor import Actor
from tracker.queries import recurrences as read
from tracker.services import recurrences as do
from tracker.services import tasks, trash

STRANGER = Actor(person_id=10**6, person_name="Người lạ")
RULE = {"frequency": Frequency.MONTHLY, "day": 15, "lead_days": 0}


@pytest.fixture
def stream(db_session, cast):
    return make.stream_of(db_session, cast)


@pytest.fixture
def monthly(db_session, stream):
    """Instances of September, October and November; that of October was not finished."""
    early = replace(BY, at=BY.at - timedelta(days=80))
    made = do.create(stream, "Báo cáo {kỳ}", by=early, **RULE)
    done, _missed, now = (do.make_next(made, by=BY) for _ in range(3))
    tasks.change_status(done, TaskStatus.DONE, by=BY)
    tasks.change_status(now, TaskStatus.DOING, by=BY)
    db_session.commit()
    return made


@pytest.fixture
def hal(db_session, cast):
    return db_session.get(Group, cast.groups["HAL"])


def states(line):
    return [(one.period, one.status.value, one.is_missed) for one in line.instances]


def test_an_instance_is_missed_when_the_next_is_due_and_it_is_not_done(monthly):
    line = read.line(monthly, TODAY)

    assert states(line) == [
        ("11/2026", "doing", False),
        ("10/2026", "todo", True),
        ("09/2026", "done", False),
    ]
    assert (line.done, line.missed) == (1, 1)


def test_none_is_missed_before_the_next_is_due(monthly):
    assert read.line(monthly, date(2026, 11, 15)).missed == 0  # the 15th is a Sunday
    assert read.line(monthly, date(2026, 11, 16)).missed == 1


@pytest.mark.parametrize("status", [TaskStatus.DONE, TaskStatus.REVIEW, TaskStatus.DROPPED])
def test_what_was_handed_in_or_dropped_is_not_missed(db_session, monthly, status):
    tasks.change_status(of_october(db_session, monthly), status, by=BY)
    db_session.commit()

    assert read.line(monthly, TODAY).missed == 0


def of_october(session, monthly):
    code = read.line(monthly, TODAY).instances[1].code
    return session.query(Task).filter_by(code=code).one()


def test_an_instance_in_the_trash_has_no_task(db_session, monthly):
    trash.throw_away(of_october(db_session, monthly), by=BY)
    db_session.commit()

    gone = read.line(monthly, TODAY).instances[1]

    assert (gone.code, gone.status, gone.is_missed) == ("", None, False)


def test_what_comes_next_skips_what_was_made(monthly):
    line = read.line(monthly, TODAY)

    assert (line.next.day, line.next.due) == (date(2026, 12, 15), date(2026, 12, 15))
    assert [one.title for one in read.ahead(monthly, line.instances)] == [
        f"Báo cáo {period}"
        for period in ("12/2026", "01/2027", "02/2027", "03/2027", "04/2027", "05/2027")
    ]


def test_nothing_comes_in_a_pause_or_after_the_end(db_session, monthly):
    do.pause(monthly, by=BY)
    assert read.line(monthly, TODAY).next is None

    do.resume(monthly, by=BY)
    do.end(monthly, by=BY)
    assert read.line(monthly, TODAY).next is None


def test_a_preview_tells_what_would_come(db_session):
    rule = Rule(frequency=Frequency.YEARLY, month=12, day=1)

    found = read.preview(rule, "Kế hoạch năm {kỳ sau}", TODAY, date(2028, 1, 1))

    assert [(one.due, one.title) for one in found] == [
        (date(2026, 12, 1), "Kế hoạch năm 2027"),
        (date(2027, 12, 1), "Kế hoạch năm 2028"),
    ]
    assert read.preview(Rule(frequency=Frequency.YEARLY), "x", TODAY, None) == []


def test_a_task_knows_what_it_is_an_instance_of_and_its_neighbours(db_session, monthly, stream):
    found = read.of_task(of_october(db_session, monthly), TODAY)

    assert found.recurrence is monthly
    assert (found.instance.period, found.instance.is_missed) == ("10/2026", True)
    assert (found.earlier.period, found.later.period) == ("09/2026", "11/2026")
    assert read.of_task(make.task(db_session, stream), TODAY) is None


def test_neighbours_that_are_gone_are_passed_over(db_session, monthly):
    now = db_session.query(Task).filter_by(title="Báo cáo 11/2026").one()
    trash.throw_away(of_october(db_session, monthly), by=BY)
    db_session.commit()

    found = read.of_task(now, TODAY)

    assert (found.earlier.period, found.later) == ("09/2026", None)


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_the_same_queries_for_few_and_many(db_session, hal, stream, queries, number):
    for _ in range(number):
        do.make_next(do.create(stream, "Báo cáo {kỳ}", by=BY, **RULE), by=BY)
    db_session.commit()

    with queries() as statements:
        lines = read.listing(hal, TODAY)

    assert len(lines) == number
    assert len(statements) == 3


def test_one_is_found_by_who_sees_the_group(db_session, cast, monthly):
    secret = make.stream_of(db_session, cast, "SOL", Strand.STANDARDS)
    hidden = do.create(secret, "Mật {kỳ}", by=BY, **RULE)
    db_session.commit()

    assert read.find(STRANGER, "hal", monthly.id) is monthly
    assert read.find(STRANGER, "SOL", hidden.id) is None
    assert read.find(STRANGER, "HAL", hidden.id) is None
