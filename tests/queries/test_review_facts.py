from datetime import timedelta

import pytest

from tests import factories as make
from tests.factories import TODAY
from tests.services.acts import BY
from tracker.models import MoveReason, TaskStatus
from tracker.queries import review_facts as read
from tracker.services import milestones
from tracker.services.act import Why


@pytest.fixture
def stream(db_session, cast):
    return make.stream_of(db_session, cast)


def test_a_workstream_tells_what_is_late_stuck_moved_and_in_the_way(db_session, stream):
    late = make.task(db_session, stream, "Trễ", due=TODAY - timedelta(days=3))
    stuck = make.task(db_session, stream, "Vướng", status=TaskStatus.BLOCKED)
    make.task(db_session, stream, "Kịp", due=TODAY)
    make.task(db_session, stream, "Xong", due=TODAY - timedelta(days=3), status=TaskStatus.DONE)
    part = make.task(db_session, stream, "Việc con", due=TODAY - timedelta(days=9), parent=late)
    milestone = make.milestone(db_session, stream, baseline=TODAY)
    why = Why(reason=MoveReason.BUDGET, sentence="Chờ dự toán")
    milestones.edit(milestone, {"forecast": TODAY + timedelta(days=20)}, by=BY, why=why)
    risk = make.risk(db_session, stream)
    db_session.flush()

    found = read.of_workstream(stream.id, TODAY, TODAY - timedelta(days=14))

    assert [one.code for one in found.work] == [late.code, stuck.code]
    assert part.code not in {one.code for one in found.work}
    (moved,) = found.moved
    assert (moved.code, moved.title, moved.days, moved.reason, moved.sentence) == (
        milestone.code,
        milestone.title,
        20,
        MoveReason.BUDGET,
        "Chờ dự toán",
    )
    assert [one.code for one in found.troubles] == [risk.code]


def test_without_a_meeting_before_no_move_is_told(db_session, stream):
    assert read.of_workstream(stream.id, TODAY, None) == read.Facts([], [], [])
