from datetime import date

import pytest

from tests import factories as make
from tests.factories import AGES_AGO
from tracker.lib.health import MilestoneFact, WorkstreamFacts
from tracker.models import Strand, TaskStatus
from tracker.queries import facts


@pytest.fixture
def stream(db_session):
    return make.whole_group(db_session, "ZET")[1][Strand.METROLOGY]


def test_what_stands_in_the_plan_is_gathered_subtasks_and_trash_left_out(db_session, stream):
    parent = make.task(db_session, stream, due=date(2026, 12, 1), start=date(2026, 9, 1))
    make.task(db_session, stream, parent_id=parent.id, due=date(2026, 10, 1))
    make.task(db_session, stream, deleted_at=AGES_AGO)
    blocked = make.task(db_session, stream, status=TaskStatus.BLOCKED)
    make.task(db_session, stream, status=TaskStatus.DONE)
    make.milestone(db_session, stream, title="Mốc", baseline=date(2027, 1, 1))
    make.milestone(db_session, stream, deleted_at=AGES_AGO)
    db_session.commit()

    assert facts.of([stream.id])[stream.id] == WorkstreamFacts(
        done=1,
        undated=1,
        open_dues=((date(2026, 12, 1), 1),),
        blocked_since=((AGES_AGO.date(), blocked.code),),
        begun=True,
        earliest_start=date(2026, 9, 1),
        milestones=(
            MilestoneFact("ZET-M1", "Mốc", date(2027, 1, 1), confirmed_on=AGES_AGO.date()),
        ),
        confirmed=((AGES_AGO.date(), 2),),
    )


@pytest.mark.parametrize("number", [1, 3])
def test_any_number_of_workstreams_takes_two_queries(db_session, queries, number):
    ids = [
        make.workstream(db_session, make.group(db_session, f"G{place}X")).id
        for place in range(number)
    ]
    db_session.commit()

    with queries() as statements:
        found = facts.of(ids)

    assert len(statements) == 2
    assert found == {id_: WorkstreamFacts() for id_ in ids}
