from datetime import date, timedelta

import pytest

from tests import factories as make
from tests.factories import TODAY
from tracker.lib.health import Health
from tracker.models import Role, Strand, TaskStatus
from tracker.policies.actor import Actor, Post
from tracker.queries import board as read
from tracker.queries import standings
from tracker.queries.board import Filters

STRANGER = Actor(person_id=0, person_name="Người lạ")


def shown(actor=STRANGER, filters=None):
    return read.board(actor, TODAY, filters or Filters(), standings.now(TODAY, {}))


def test_a_row_is_a_group_and_a_cell_a_strand_in_the_order_of_the_board(db_session):
    board = shown()

    assert [row.key for row in board.rows] == ["HAL"]
    assert [cell.strand for cell in board.rows[0].cells] == list(Strand)
    assert (board.rows[0].lead, board.rows[0].people) == ("Nguyễn Thị Đào", 5)


def test_a_restricted_group_is_on_the_board_of_its_people_and_of_the_leadership(db_session, cast):
    member = Actor(person_id=1, person_name="x", posts={cast.groups["SOL"]: (Post(Role.MEMBER),)})
    director = Actor(person_id=2, person_name="x", is_director=True)

    assert [row.key for row in shown(member).rows] == ["HAL", "SOL"]
    assert [row.key for row in shown(director).rows] == ["HAL", "SOL"]


@pytest.fixture
def late_metrology(db_session, cast):
    group, streams = make.whole_group(db_session, "ZET", position=5)
    stream = streams[Strand.METROLOGY]
    make.milestone(
        db_session,
        stream,
        title="Chuẩn đầu",
        baseline=TODAY - timedelta(days=41),
        forecast=TODAY - timedelta(days=2),
    )
    for days in (3, 9):
        make.task(db_session, stream, due=TODAY - timedelta(days=days))
    make.task(db_session, stream, status=TaskStatus.DONE, finished_on=TODAY, due=TODAY)
    db_session.commit()
    return group


def test_a_cell_shows_what_its_facts_say(late_metrology):
    cell = shown().rows[-1].cells[1]

    assert cell.judgement.health is Health.LATE
    assert (cell.judgement.done, cell.judgement.total, cell.judgement.overdue) == (1, 3, 2)
    assert cell.judgement.next_milestone.title == "Chuẩn đầu"
    assert cell.judgement.slip_days == 39


def test_the_counts_are_over_all_rows_whatever_the_filter(late_metrology):
    board = shown(filters=Filters(health=Health.DONE))

    assert board.rows == ()
    assert board.totals.health[Health.LATE] == 1
    assert board.totals.overdue == 2


def test_a_filter_keeps_rows_with_a_fitting_cell_and_dims_the_others(late_metrology):
    board = shown(filters=Filters(health=Health.LATE))

    assert [row.key for row in board.rows] == ["ZET"]
    assert [cell.is_dimmed for cell in board.rows[0].cells] == [True, False, True, True]


def test_a_judgement_is_made_anew_when_facts_or_day_change_and_not_otherwise(
    late_metrology, queries
):
    judged = {}
    standings.now(TODAY, judged)
    before = dict(judged)

    standings.now(TODAY, judged)
    assert all(judged[id_] is before[id_] for id_ in before)

    standings.now(TODAY + timedelta(days=1), judged)
    assert not any(judged[id_] is before[id_] for id_ in before)


@pytest.mark.parametrize("groups", [1, 3])
def test_the_board_takes_the_same_queries_for_any_number_of_groups(db_session, queries, groups):
    for number in range(groups):
        make.whole_group(db_session, f"G{number}X")
    db_session.commit()

    with queries() as statements:
        shown()

    assert len(statements) == 5


def test_a_past_head_is_no_lead_any_more(db_session):
    group, _ = make.whole_group(db_session, "OLD")
    old = make.person(db_session, "Trần Cũ")
    make.membership(db_session, group, old, Role.HEAD, ends_on=date(2026, 3, 1))
    db_session.commit()

    assert next(row for row in shown().rows if row.key == "OLD").lead is None
