from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests import factories as make
from tests.factories import TODAY
from tests.services.acts import BY
from tracker.models import (
    FeedScope,
    Group,
    MoveReason,
    Participant,
    Strand,
    TaskStatus,
)
from tracker.queries import accounts, feeds
from tracker.queries.feeds import CANCELLED_FOR
from tracker.services import feeds as do
from tracker.services import milestones, tasks, trash
from tracker.services.act import Why

SOON = TODAY + timedelta(days=10)


@pytest.fixture
def stream(db_session, cast):
    return make.stream_of(db_session, cast)


@pytest.fixture
def read(db_session, cast):
    """`read("member")` is what stands in such a person's feed today, by code."""

    def entries(role="member", scope=FeedScope.MINE, today=TODAY, **details):
        account = accounts.find(cast[role].account_id)
        feed, _secret = do.create(account, scope, by=BY, **details)
        db_session.commit()
        content = feeds.content(feed, accounts.actor_for(account, today), today)
        return {entry.code: entry for entry in content.entries}

    return entries


@pytest.fixture
def mine(db_session, cast, stream):
    return make.task(db_session, stream, due=SOON, owner_id=cast["member"].person_id)


def test_mine_are_my_tasks_those_shared_with_me_and_the_milestones_they_lead_to(
    db_session, cast, stream, read, mine
):
    who = cast["member"].person_id
    there = make.milestone(db_session, stream, baseline=SOON, forecast=SOON)
    leading = make.task(db_session, stream, milestone=there, forecast=SOON, owner_id=who)
    shared = make.task(db_session, stream, due=SOON)
    make.add(db_session, Participant(task_id=shared.id, person_id=who))
    make.task(db_session, stream, due=SOON)
    make.milestone(db_session, stream, forecast=SOON)

    assert set(read()) == {mine.code, there.code, leading.code, shared.code}
    assert set(read(with_tasks=False)) == {there.code}


def test_a_groups_feed_has_all_of_it_and_that_of_all_groups_what_one_sees(
    db_session, cast, stream, read, mine
):
    secret = make.stream_of(db_session, cast, "SOL", Strand.STANDARDS)
    hidden = make.task(db_session, secret, due=SOON)
    hal = db_session.get(Group, cast.groups["HAL"])

    assert set(read("observer", FeedScope.GROUP, group=hal)) == {mine.code}
    assert set(read("observer", FeedScope.ALL)) == {mine.code}
    assert set(read("director", FeedScope.ALL)) == {mine.code, hidden.code}


def test_an_entry_tells_dates_slip_and_owner(db_session, cast, stream, read):
    made = milestones.create(
        stream, "Công nhận", baseline=date(2026, 12, 1), forecast=date(2026, 12, 8), by=BY
    )

    entry = read("head")[made.code]

    assert (entry.kind, entry.day, entry.strand) == ("milestone", date(2026, 12, 8), "metrology")
    assert (entry.slip, entry.slip_working, entry.group) == (7, 5, "Tổ công tác Hal")
    assert (entry.is_done, entry.is_cancelled, entry.changed_at) == (False, False, BY.at)


def test_the_sequence_rises_with_each_move_and_the_moment_is_that_of_the_move(
    db_session, stream, read
):
    made = milestones.create(stream, "Công nhận", baseline=SOON, by=BY)
    before = read("head")[made.code]
    later = replace(BY, at=BY.at + timedelta(hours=1))

    milestones.move_forecast(
        made, SOON + timedelta(days=3), why=Why(reason=MoveReason.BUDGET), by=later
    )
    after = read("head")[made.code]

    assert after.sequence > before.sequence
    assert (after.day, after.changed_at) == (SOON + timedelta(days=3), later.at)


def test_what_is_thrown_away_is_cancelled_for_a_month(db_session, cast, stream, read):
    task = tasks.create(stream, "Việc", owner_id=cast["member"].person_id, due=SOON, by=BY)
    before = read()[task.code]

    trash.throw_away(task, by=BY)
    after = read()[task.code]

    assert (before.is_cancelled, after.is_cancelled) == (False, True)
    assert after.sequence > before.sequence
    assert read(today=TODAY + CANCELLED_FOR + timedelta(days=2)) == {}


def test_what_was_given_to_another_is_cancelled_for_a_month_and_theirs_at_once(
    db_session, cast, read, mine
):
    tasks.edit(mine, {"owner_id": cast["observer"].person_id}, by=BY)

    assert read()[mine.code].is_cancelled
    assert not read("observer")[mine.code].is_cancelled
    assert read(today=TODAY + CANCELLED_FOR + timedelta(days=2)) == {}


def test_a_dropped_task_is_cancelled_and_a_finished_one_is_not(
    db_session, cast, stream, read, mine
):
    done = make.task(db_session, stream, due=SOON, owner_id=cast["member"].person_id)
    tasks.change_status(mine, TaskStatus.DROPPED, by=BY)
    tasks.change_status(done, TaskStatus.DONE, by=BY)

    found = read()

    assert (found[mine.code].is_cancelled, found[done.code].is_cancelled) == (True, False)
    assert found[done.code].is_done


def test_what_has_no_date_or_one_far_away_is_left_out(db_session, cast, stream, read):
    who = cast["member"].person_id
    for due in (None, TODAY - timedelta(days=91), TODAY + timedelta(days=401)):
        make.task(db_session, stream, due=due, owner_id=who)

    assert read() == {}


def test_what_has_no_room_is_left_out_and_said(db_session, cast, stream, monkeypatch):
    monkeypatch.setattr(feeds, "MOST", 2)
    account = accounts.find(cast["director"].account_id)
    feed, _secret = do.create(account, FeedScope.ALL, by=BY)
    for _ in range(3):
        make.task(db_session, stream, due=SOON)
    kept = make.milestone(db_session, stream, forecast=SOON)
    db_session.commit()

    content = feeds.content(feed, accounts.actor_for(account, TODAY), TODAY)

    assert (len(content.entries), content.is_cut) == (2, True)
    assert content.entries[0].code == kept.code


@pytest.mark.parametrize("number", [1, 3])
def test_a_feed_takes_the_same_queries_however_long(db_session, cast, stream, queries, number):
    account = accounts.find(cast["director"].account_id)
    feed, _secret = do.create(account, FeedScope.ALL, by=BY)
    for _ in range(number):
        make.task(db_session, stream, due=SOON)
        make.milestone(db_session, stream, forecast=SOON)
    actor = accounts.actor_for(account, TODAY)
    db_session.commit()

    with queries() as statements:
        feeds.content(feed, actor, TODAY)

    assert len(statements) == 3


def test_the_state_of_everything_rises_with_each_change(db_session, stream):
    before = feeds.version()
    tasks.create(stream, "Việc", by=BY)
    db_session.commit()

    assert feeds.version().change_id > before.change_id
    assert feeds.version().at == BY.at
