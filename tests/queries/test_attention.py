from datetime import timedelta

import pytest

from tests import factories as make
from tests.factories import TODAY
from tracker.lib.paging import SIZE
from tracker.models import Role, Strand, TaskStatus
from tracker.policies.actor import Actor, Post
from tracker.queries import attention as read
from tracker.queries import board, standings
from tracker.queries.attention import Heap

STRANGER = Actor(person_id=0, person_name="Người lạ")
DIRECTOR = Actor(person_id=1, person_name="Lãnh đạo", is_director=True)


def days(number):
    return TODAY + timedelta(days=number)


@pytest.fixture
def plan(db_session, cast):
    """In HAL, which everybody sees, and in SOL, which is restricted."""
    for key in ("HAL", "SOL"):
        stream = make.stream_of(db_session, cast, key=key, strand=Strand.METROLOGY)
        owner = {"owner_id": cast["member"].person_id}
        first = make.task(db_session, stream, "Quá hạn lâu", due=days(-9), **owner)
        make.task(db_session, stream, "Quá hạn", due=days(-1))
        make.task(db_session, stream, "Việc con", due=days(-5), parent=first)
        make.task(db_session, stream, "Xong muộn", due=days(-5), status=TaskStatus.DONE)
        make.task(db_session, stream, "Đến hạn", due=TODAY)
        make.task(
            db_session, stream, "Vướng", status=TaskStatus.BLOCKED, status_since=days(-3), **owner
        )
        make.task(db_session, stream, "Nộp", status=TaskStatus.REVIEW, submitted_on=days(-2))
        make.milestone(db_session, stream, "Sau", baseline=days(2), forecast=days(30))
        make.milestone(db_session, stream, "Trước", baseline=days(0))
        make.milestone(db_session, stream, "Xa", forecast=days(31))
        make.milestone(db_session, stream, "Đã qua", forecast=days(-1))
        make.milestone(db_session, stream, "Đóng", forecast=days(5), closed_on=TODAY)
    db_session.commit()


def shown(actor, heap, number=1):
    screen = read.page(actor, heap, number, TODAY)
    assert screen.total >= len(screen.rows)
    return [(item.title, item.key) for item in screen.rows]


def test_the_longest_waiting_comes_first_and_the_soonest_milestone(plan):
    assert shown(STRANGER, Heap.OVERDUE) == [("Quá hạn lâu", "HAL"), ("Quá hạn", "HAL")]
    assert shown(STRANGER, Heap.BLOCKED) == [("Vướng", "HAL")]
    assert shown(STRANGER, Heap.MILESTONES) == [("Trước", "HAL"), ("Sau", "HAL")]


def test_an_item_says_whose_it_is_where_and_since_when(plan, cast):
    (blocked,) = read.page(STRANGER, Heap.BLOCKED, 1, TODAY).rows
    soon, later = read.page(STRANGER, Heap.MILESTONES, 1, TODAY).rows

    assert (blocked.owner, blocked.strand, blocked.day) == (
        cast["member"].name,
        Strand.METROLOGY,
        days(-3),
    )
    assert (soon.slip, later.slip) == (0, 28)


def test_what_waits_for_approval_is_shown_to_who_may_approve(plan, cast):
    head = Actor(person_id=2, person_name="x", posts={cast.groups["HAL"]: (Post(Role.HEAD),)})

    assert shown(STRANGER, Heap.REVIEW) == []
    assert shown(head, Heap.REVIEW) == [("Nộp", "HAL")]
    assert shown(DIRECTOR, Heap.REVIEW) == [("Nộp", "HAL"), ("Nộp", "SOL")]
    first = read.page(DIRECTOR, Heap.REVIEW, 1, TODAY).rows
    assert read.longest(DIRECTOR, Heap.REVIEW, TODAY) == first


@pytest.mark.parametrize("actor", [STRANGER, DIRECTOR])
def test_the_lists_hold_what_the_figures_of_the_board_count(plan, actor):
    figures = board.board(actor, TODAY, board.Filters(), standings.now(TODAY, {})).totals

    totals = [read.page(actor, heap, 1, TODAY).total for heap in Heap]

    assert [figures.overdue, figures.blocked, totals[2], figures.milestones_soon] == totals


def test_a_screen_takes_the_same_queries_for_few_and_many(db_session, cast, queries):
    stream = make.stream_of(db_session, cast)
    for number in (1, SIZE + 5):
        for _ in range(number):
            make.task(db_session, stream, due=days(-1))
        db_session.flush()  # so that what is counted are the statements of the page
        with queries() as statements:
            screen = read.page(STRANGER, Heap.OVERDUE, 2, TODAY)
        assert len(statements) == 2

    assert (screen.number, screen.pages, len(screen.rows)) == (2, 2, 6)
