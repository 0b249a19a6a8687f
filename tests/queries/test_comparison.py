"""What a meeting asks first: what is different since the last one."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests import factories as make
from tests.factories import TODAY
from tracker.lib.health import Health
from tracker.models import MoveReason, Strand, TaskStatus
from tracker.policies.actor import Actor
from tracker.queries import comparison as read
from tracker.queries import snapshots, standings
from tracker.queries.comparison import What
from tracker.queries.task_changes import Window
from tracker.services import declarations, milestones, tasks, trash
from tracker.services.act import Act, Why

STRANGER = Actor(person_id=0, person_name="Người lạ")
SINCE = TODAY - timedelta(days=14)


def act(days_ago):
    at = datetime(2026, 11, 23, 2, tzinfo=UTC) - timedelta(days=days_ago)
    return Act(person_id=None, at=at, cause="web")


@pytest.fixture
def stream(db_session):
    return make.whole_group(db_session, "ZET", position=5)[1][Strand.INSPECTION]


def compared(stream, since=SINCE, until=None, actor=STRANGER):
    earlier = snapshots.at_end_of(since, {})
    later = snapshots.at_end_of(until, {}) if until else standings.now(TODAY, {})
    return read.compare(actor, {stream.group_id}, earlier, later, Window(since, until))


def test_milestones_are_told_with_dates_reasons_and_evidence(db_session, stream):
    why = Why(reason=MoveReason.BUDGET, sentence="chờ kinh phí")
    plan = {
        title: milestones.create(stream, title, by=act(100), baseline=date(2026, 12, 1))
        for title in ("Dời", "Xong", "Bỏ", "Trở lại", "Như cũ")
    }
    milestones.move_forecast(plan["Dời"], date(2026, 12, 8), why=why, by=act(10))
    milestones.move_forecast(plan["Dời"], date(2026, 12, 20), why=why, by=act(2))
    milestones.move_forecast(plan["Trở lại"], date(2026, 12, 8), why=why, by=act(10))
    milestones.move_forecast(plan["Trở lại"], date(2026, 12, 1), why=why, by=act(2))
    milestones.close(plan["Xong"], "12/QĐ-TĐC", by=act(3))
    trash.throw_away(plan["Bỏ"], by=act(1))
    milestones.create(stream, "Mới", by=act(1), baseline=date(2027, 1, 5))
    moved = milestones.create(stream, "Mới mà đã dời", by=act(5), baseline=date(2027, 1, 5))
    milestones.move_forecast(moved, date(2027, 1, 8), why=why, by=act(1))
    db_session.commit()

    told = compared(stream).milestones

    assert [(one.what, one.title, one.days, one.reason, one.evidence) for one in told] == [
        (What.MOVED, "Dời", 19, MoveReason.BUDGET, ""),
        (What.MOVED, "Mới mà đã dời", 3, MoveReason.BUDGET, ""),
        (What.CLOSED, "Xong", -11, None, "12/QĐ-TĐC"),
        (What.ADDED, "Mới", 0, None, ""),
        (What.GONE, "Bỏ", 0, None, ""),
    ]
    (early, _) = compared(stream, until=TODAY - timedelta(days=9)).milestones
    assert (early.what, early.days) == (What.MOVED, 7)


def test_tasks_are_counted_also_when_they_are_gone_for_good(db_session, stream):
    plan = {
        title: tasks.create(stream, title, by=act(100))
        for title in ("Xong", "Bỏ", "Dừng", "Xóa hẳn", "Làm lại", "Như cũ")
    }
    tasks.change_status(plan["Xong"], TaskStatus.DONE, by=act(50))
    tasks.change_status(plan["Dừng"], TaskStatus.DROPPED, by=act(50))
    tasks.change_status(plan["Làm lại"], TaskStatus.DONE, by=act(50))
    tasks.change_status(plan["Làm lại"], TaskStatus.DOING, by=act(49))
    trash.throw_away(plan["Bỏ"], by=act(20))
    trash.throw_away(plan["Xóa hẳn"], by=act(50))
    tasks.create(stream, "Mới", by=act(40))
    db_session.commit()
    trash.purge(by=act(1))
    db_session.commit()

    found = compared(stream, since=TODAY - timedelta(days=60)).tasks
    then = compared(stream, TODAY - timedelta(days=60), TODAY - timedelta(days=30)).tasks

    assert found == [("ZET", Strand.INSPECTION, 1, 1, 3)]
    assert then == [("ZET", Strand.INSPECTION, 1, 1, 2)]


@pytest.mark.parametrize(
    "changes",
    [
        [("at_risk", "late"), ("on_track", "at_risk")],
        [("on_track", "late"), ("at_risk", "late")],
        [("late", "late"), ("on_track", "at_risk")],
        [("on_track", "at_risk"), ("late", "at_risk")],
    ],
)
def test_what_is_late_now_is_told_before_what_may_be_and_what_got_better(changes):
    """Of two equal colours the lead's own word changed."""
    place = 1, Strand.METROLOGY
    told = [read.Recoloured(place, Health(a), Health(b), None) for a, b in reversed(changes)]

    told.sort(key=lambda one: one.rank)

    assert [(one.old, one.new) for one in told] == changes


def test_a_workstream_whose_colour_changed_is_told_with_both_colours(db_session, stream):
    by = act(100)
    late = tasks.create(stream, "Quá hạn", by=by, due=TODAY - timedelta(days=2))
    tasks.create(stream, "Cũng vậy", by=by, due=TODAY - timedelta(days=2))
    declarations.declare(stream, Health.ON_TRACK, sentence="Ổn", by=act(30))
    declarations.declare(stream, Health.AT_RISK, sentence="Chậm mẫu", by=act(3))
    db_session.commit()

    (told,) = compared(stream).recoloured

    assert late.workstream_id == stream.id
    assert told.place == (stream.group_id, Strand.INSPECTION)
    assert (told.old, told.new) == (Health.NOT_STARTED, Health.LATE)
    assert (told.declared_old, told.declared_new) == (Health.ON_TRACK, Health.AT_RISK)


def test_what_the_actor_does_not_see_is_not_told(db_session, stream):
    tasks.create(stream, "Mới", by=act(1))
    db_session.commit()
    stream.group.is_restricted = True
    db_session.commit()

    earlier, later = snapshots.at_end_of(SINCE, {}), standings.now(TODAY, {})
    assert read.compare(STRANGER, set(), earlier, later, Window(SINCE)).is_empty
