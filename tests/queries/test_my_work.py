from datetime import date, timedelta

import pytest

from tests import factories as make
from tests.conftest import NOW
from tests.factories import TODAY
from tracker.models import Confirmation, Participant, Strand, TaskStatus
from tracker.queries import accounts
from tracker.queries import my_work as read
from tracker.queries.my_work import Counts, Show
from tracker.services import tasks as do
from tracker.services.act import Act

SUNDAY = date(2026, 11, 29)
DAY = timedelta(days=1)


@pytest.fixture
def actor(db_session, cast):
    """`actor("member")` as they would be signed in."""

    def made(role):
        return accounts.actor_for(accounts.find(cast[role].account_id), TODAY)

    return made


@pytest.fixture
def owned(db_session, cast):
    """`owned("member", due=…)` is a task of theirs in HAL."""

    def made(role="member", title="Việc", *, key="HAL", **values):
        stream = make.stream_of(db_session, cast, key)
        values = {"status": TaskStatus.DOING} | values
        task = make.task(db_session, stream, title=title, owner_id=cast[role].person_id, **values)
        db_session.flush()  # what search keeps of it
        return task

    return made


def codes(work):
    return [todo.code for todo in work.page.rows]


def test_each_heap_holds_what_its_name_says(db_session, actor, owned):
    late = owned(due=TODAY - DAY)
    today = owned(due=TODAY, status=TaskStatus.BLOCKED)
    sunday = owned(due=SUNDAY)
    later = owned(due=SUNDAY + DAY)
    undated = owned()
    handed_in = owned(due=TODAY - DAY, status=TaskStatus.REVIEW)
    owned(due=TODAY - DAY, status=TaskStatus.DONE)
    owned(due=TODAY - DAY, status=TaskStatus.DROPPED)
    owned(due=TODAY - DAY, deleted_at=NOW)
    owned("secretary", due=TODAY - DAY)

    me = actor("member")
    shown = {show: codes(read.my_work(me, show, 1, TODAY)) for show in Show}

    assert shown == {
        Show.OVERDUE: [late.code],
        Show.WEEK: [today.code, sunday.code],
        Show.BLOCKED: [today.code],
        Show.WAITING: [],
        Show.EXTENSIONS: [],
        Show.UNDATED: [undated.code],
        Show.ALL: [task.code for task in (late, handed_in, today, sunday, later, undated)],
    }
    assert read.counts(me, TODAY) == Counts(overdue=1, week=2, blocked=1, undated=1, all=6)
    assert read.urgent(me, TODAY) == 3


def test_what_was_handed_in_waits_for_those_who_may_approve_it(db_session, actor, owned):
    second = owned(status=TaskStatus.REVIEW, submitted_on=TODAY)
    first = owned(status=TaskStatus.REVIEW, submitted_on=TODAY - DAY)
    secret = owned(key="SOL", status=TaskStatus.REVIEW, submitted_on=TODAY)

    waiting = {
        role: codes(read.my_work(actor(role), Show.WAITING, 1, TODAY))
        for role in ("head", "deputy", "secretary", "member", "observer", "outsider", "director")
    }

    led = [first.code, second.code]
    assert waiting == {
        "head": led,
        "deputy": led,
        "secretary": led,
        "member": [],
        "observer": [],
        "outsider": [],
        "director": [first.code, second.code, secret.code],
    }
    assert read.urgent(actor("head"), TODAY) == 2
    assert read.urgent(actor("member"), TODAY) == 0


def test_shared_work_is_mine_too_and_says_with_whom(db_session, cast, actor, owned):
    task = owned("secretary", due=TODAY)
    db_session.add(Participant(task_id=task.id, person_id=cast["member"].person_id))
    db_session.flush()

    (todo,) = read.my_work(actor("member"), None, 1, TODAY).page.rows

    assert (todo.is_mine, todo.is_own, todo.owner) == (True, False, "Lê Thị Ánh")
    assert todo.may_update


def test_the_first_heap_that_is_not_empty_opens(db_session, actor, owned):
    me = actor("member")
    assert read.my_work(me, None, 1, TODAY).show is Show.ALL

    owned(due=SUNDAY)
    assert read.my_work(me, None, 1, TODAY).show is Show.WEEK

    owned(due=TODAY - DAY)
    assert read.my_work(me, None, 1, TODAY).show is Show.OVERDUE


def test_who_has_nothing_to_do_hears_what_comes_next(db_session, actor, owned):
    owned(due=SUNDAY + 9 * DAY)
    soonest = owned(due=SUNDAY + DAY)

    assert read.my_work(actor("member"), Show.WEEK, 1, TODAY).next.code == soonest.code
    assert read.my_work(actor("member"), Show.ALL, 1, TODAY).next is None


def test_work_of_a_group_one_no_longer_sees_is_gone(db_session, actor, owned):
    owned(key="SOL", due=TODAY)

    assert read.my_work(actor("member"), Show.ALL, 1, TODAY).counts == Counts()
    assert read.urgent(actor("member"), TODAY) == 0


def test_whose_work_it_is_may_answer_also_without_a_post(db_session, actor, owned):
    owned("outsider", due=TODAY)

    (todo,) = read.my_work(actor("outsider"), None, 1, TODAY).page.rows

    assert todo.may_update


def test_what_was_ended_today_stands_below_and_may_be_taken_back_by_whoever_said_so(
    db_session, cast, actor, owned
):
    mine, theirs = owned(due=TODAY), owned(due=TODAY)
    yesterday = owned(due=TODAY, status=TaskStatus.DONE, status_since=TODAY - DAY)
    for task, role in ((mine, "member"), (theirs, "head")):
        by = Act(person_id=cast[role].person_id, at=NOW, cause="web")
        do.change_status(task, TaskStatus.DONE, by=by)
    db_session.flush()

    finished = read.my_work(actor("member"), None, 1, TODAY).finished

    assert [(todo.code, todo.may_take_back) for todo in finished] == [
        (theirs.code, False),
        (mine.code, True),
    ]
    assert not read.todo(actor("member"), yesterday.code, TODAY).may_take_back


def test_what_was_handed_in_today_is_told_once(db_session, actor, owned):
    task = owned(due=TODAY, status=TaskStatus.REVIEW, status_since=TODAY)

    work = read.my_work(actor("member"), Show.ALL, 1, TODAY)

    assert (codes(work), [todo.code for todo in work.finished]) == ([], [task.code])
    assert work.counts.all == 0


@pytest.mark.parametrize(("by", "name"), [("member", None), ("head", "Nguyễn Thị Đào")])
def test_the_last_confirmation_is_told(db_session, cast, actor, owned, by, name):
    task = owned(due=TODAY)
    for who, at in (("secretary", NOW - 5 * DAY), (by, NOW)):
        person_id = cast[who].person_id
        db_session.add(Confirmation(task_id=task.id, person_id=person_id, at=at))
    db_session.flush()

    todo = read.todo(actor("member"), task.code, TODAY)

    assert (todo.confirmed_at, todo.confirmed_by, todo.is_confirmed_today) == (NOW, name, True)
    assert not read.todo(actor("member"), task.code, TODAY + DAY).is_confirmed_today


@pytest.mark.parametrize(
    ("due", "forecast", "moves"),
    [
        # as in the picture: from the due date that is still to come
        (date(2026, 12, 5), None, ["2026-12-12", "2026-12-19", "2026-12-31"]),
        (date(2026, 12, 5), date(2026, 12, 20), ["2026-12-27", "2027-01-03", "2026-12-31"]),
        # never from the past
        (date(2026, 9, 1), None, ["2026-11-30", "2026-12-07"]),
        (None, None, ["2026-11-30", "2026-12-07"]),
        # at the end of a month the end of the next is meant
        (date(2026, 12, 31), None, ["2027-01-07", "2027-01-14", "2027-01-31"]),
    ],
)
def test_the_usual_new_dates_lie_after_the_last_one_given(
    db_session, actor, owned, due, forecast, moves
):
    task = owned(due=due, forecast=forecast)

    todo = read.todo(actor("member"), task.code, TODAY)

    assert [day.isoformat() for day, _ in todo.moves] == moves


@pytest.mark.parametrize(
    ("values", "tone", "days_late", "is_due_soon"),
    [
        ({"due": TODAY - 3 * DAY}, "late", 3, False),
        ({"due": TODAY + DAY}, "", 0, True),
        ({"due": SUNDAY + DAY}, "", 0, False),
        ({"due": TODAY - DAY, "status": TaskStatus.DONE}, "done", 0, False),
        ({}, "", 0, False),
    ],
)
def test_a_card_is_judged_by_its_due_date(
    db_session, actor, owned, values, tone, days_late, is_due_soon
):
    todo = read.todo(actor("member"), owned(**values).code, TODAY)

    assert (todo.tone, todo.days_late, todo.is_due_soon) == (tone, days_late, is_due_soon)


def test_a_card_is_of_what_one_may_see(db_session, actor, owned):
    secret = owned("sol_head", key="SOL")
    gone = owned(deleted_at=NOW)

    assert read.todo(actor("sol_head"), secret.code.lower(), TODAY).code == secret.code
    assert read.todo(actor("member"), secret.code, TODAY) is None
    assert read.todo(actor("member"), gone.code, TODAY) is None


def test_a_blocked_card_says_for_how_long_and_is_for_its_owner(db_session, actor, owned):
    task = owned(status=TaskStatus.BLOCKED, status_since=TODAY - 11 * DAY)

    todo = read.todo(actor("head"), task.code, TODAY)

    assert (todo.days_so, todo.is_mine, todo.may_update) == (11, False, True)
    assert (todo.is_finished, todo.is_in_hand, todo.waits_for_reader) == (False, True, False)


def test_pages_hold_twenty_and_the_nearest_there_is_is_shown(db_session, actor, owned):
    for number in range(21):
        owned(due=TODAY + number * DAY, title=f"Việc {number}")

    me = actor("member")
    first = read.my_work(me, Show.ALL, 1, TODAY).page
    last = read.my_work(me, Show.ALL, 99, TODAY).page

    assert (len(first.rows), first.pages, first.total) == (20, 2, 21)
    assert ([todo.title for todo in last.rows], last.number) == (["Việc 20"], 2)


def test_the_number_of_queries_does_not_depend_on_that_of_the_tasks(
    db_session, actor, owned, queries
):
    me = actor("member")
    owned(due=TODAY)
    with queries() as one:
        read.my_work(me, None, 1, TODAY)
    for strand in (Strand.STANDARDS, Strand.METROLOGY):
        owned(due=TODAY, title=strand.value)
    with queries() as three:
        read.my_work(me, None, 1, TODAY)
    with queries() as badge:
        read.urgent(me, TODAY)

    assert len(one) == len(three) == 4
    assert len(badge) == 1


@pytest.mark.sqlite
def test_the_number_on_every_page_is_answered_by_indexes(db_session, actor, queries):
    with queries() as statements:
        read.urgent(actor("head"), TODAY)
    plan = db_session.connection().exec_driver_sql(
        f"EXPLAIN QUERY PLAN {statements[-1]}", ("0",) * statements[-1].count("?")
    )
    steps = [row[3].partition("USING INDEX ")[2] for row in plan]

    assert [step.split()[0] for step in steps if step] == [
        "ix_tasks_owner_id_status_due",
        "ix_tasks_group_id_in_review",
        "uq_extension_requests_milestone_id_open",
    ]
