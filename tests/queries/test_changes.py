from datetime import UTC, date, datetime, timedelta

import pytest

from tests import factories as make
from tests.factories import TODAY
from tracker.models import Milestone, MoveReason, Strand, TaskStatus
from tracker.policies.actor import Actor
from tracker.queries import changes
from tracker.services import milestones, tasks
from tracker.services.act import Act, Why

STRANGER = Actor(person_id=0, person_name="Người lạ")
SINCE = TODAY - timedelta(days=14)


def act(days_ago):
    at = datetime(2026, 11, 23, 2, tzinfo=UTC) - timedelta(days=days_ago)
    return Act(person_id=None, at=at, cause="web")


@pytest.fixture
def stream(db_session):
    return make.whole_group(db_session, "ZET")[1][Strand.INSPECTION]


def test_several_moves_of_a_milestone_are_told_as_one(db_session, stream):
    why = Why(reason=MoveReason.BUDGET, sentence="chờ kinh phí")
    milestone = milestones.create(stream, "Kiểm tra", by=act(100), baseline=date(2026, 12, 1))
    milestones.move_forecast(milestone, date(2026, 12, 8), why=why, by=act(10))
    milestones.move_forecast(milestone, date(2026, 12, 20), why=why, by=act(2))
    db_session.commit()

    (moved,) = changes.since(STRANGER, SINCE).moved

    assert (moved.old, moved.new, moved.days) == (date(2026, 12, 1), date(2026, 12, 20), 19)
    assert (moved.times, moved.reason, moved.sentence) == (2, MoveReason.BUDGET, "chờ kinh phí")


def test_a_move_taken_back_or_made_before_is_no_change(db_session, stream):
    why = Why(reason=MoveReason.OTHER)
    back = milestones.create(stream, "Trở lại", by=act(100), baseline=date(2026, 12, 1))
    milestones.move_forecast(back, date(2026, 12, 8), why=why, by=act(10))
    milestones.move_forecast(back, date(2026, 12, 1), why=why, by=act(2))
    early = milestones.create(stream, "Từ trước", by=act(100), baseline=date(2026, 12, 1))
    milestones.move_forecast(early, date(2026, 12, 30), why=why, by=act(40))
    db_session.commit()

    assert changes.since(STRANGER, SINCE).moved == []


def test_closed_milestones_and_numbers_of_tasks_are_told(db_session, stream):
    milestone = milestones.create(stream, "Ban hành", by=act(100), baseline=date(2026, 11, 20))
    milestones.close(milestone, "12/QĐ-TĐC", by=act(3))
    old = tasks.create(stream, "Cũ", by=act(100))
    tasks.change_status(old, TaskStatus.DONE, by=act(1))
    tasks.create(stream, "Mới", by=act(1))
    db_session.commit()

    found = changes.since(STRANGER, SINCE)

    assert [(row.title, row.evidence) for row in found.closed] == [("Ban hành", "12/QĐ-TĐC")]
    assert [(row.key, row.strand) for row in found.counts] == [("ZET", Strand.INSPECTION)]
    assert (found.finished, found.added) == (1, 1)


def test_what_happens_in_a_restricted_group_stays_there(db_session, cast):
    secret = db_session.get_one(Milestone, cast.secret_milestone_id)
    milestones.close(secret, "1/QĐ-MẬT", by=act(1))
    db_session.commit()

    assert changes.since(STRANGER, SINCE).is_empty
    director = Actor(person_id=0, person_name="x", is_director=True)
    assert [row.evidence for row in changes.since(director, SINCE).closed] == ["1/QĐ-MẬT"]


def test_nothing_is_nothing(db_session):
    assert changes.since(STRANGER, TODAY).is_empty
