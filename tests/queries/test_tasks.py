from datetime import UTC, date, datetime

import pytest

from tests import factories as make
from tests.factories import TODAY
from tracker.lib.lateness import Lateness
from tracker.lib.slip import Slip
from tracker.models import MoveReason, Role, Strand, TaskStatus
from tracker.policies.actor import Actor, Post
from tracker.queries import tasks as read
from tracker.services import baselines, confirmations
from tracker.services import tasks as do
from tracker.services.act import Act, Why

STRANGER = Actor(person_id=0, person_name="Người lạ")
ACT = Act(person_id=None, at=datetime(2026, 11, 23, 2, tzinfo=UTC), cause="web")


@pytest.fixture
def stream(db_session):
    return make.whole_group(db_session, "ZET")[1][Strand.METROLOGY]


def test_a_task_is_found_by_its_code_in_any_case_but_not_in_the_trash(db_session, stream):
    task = make.task(db_session, stream)
    assert read.find(STRANGER, "zet-1") is task

    task.deleted_at = ACT.at
    assert read.find(STRANGER, "ZET-1") is None


def test_a_restricted_groups_task_is_found_by_its_people_only(db_session, cast):
    own = Actor(person_id=1, person_name="x", posts={cast.groups["SOL"]: (Post(Role.MEMBER),)})

    assert read.find(STRANGER, "SOL-1") is None
    assert read.find(own, "SOL-1").id == cast.secret_task_id


@pytest.mark.parametrize(
    ("values", "lateness", "days", "tone"),
    [
        ({"due": date(2026, 11, 20)}, Lateness.OVERDUE, 3, "late"),
        ({"due": date(2026, 11, 24)}, Lateness.DUE_SOON, 0, "risk"),
        ({"due": date(2027, 1, 1)}, Lateness.ON_TIME, 0, ""),
        ({}, Lateness.ON_TIME, 0, ""),
        (
            {"due": date(2026, 11, 1), "status": TaskStatus.DONE, "finished_on": date(2026, 11, 5)},
            Lateness.DONE_LATE,
            4,
            "",
        ),
        ({"due": date(2026, 11, 1), "status": TaskStatus.DROPPED}, None, 22, ""),
    ],
)
def test_lateness_is_judged_for_the_day(db_session, stream, values, lateness, days, tone):
    details = read.details(make.task(db_session, stream, **values), TODAY)

    assert (details.lateness, details.days_late, details.tone) == (lateness, days, tone)


def test_slip_first_due_parts_and_confirmation(db_session, cast, stream):
    task = do.create(stream, "Đo", by=ACT, due=date(2026, 11, 1), forecast=date(2026, 12, 20))
    why = Why(reason=MoveReason.BUDGET)
    for due in (date(2026, 11, 20), date(2026, 12, 1)):
        do.move_due(task, due, why=why, by=ACT)
    done = do.create(stream, "Xong", by=ACT, parent=task)
    do.create(stream, "Chưa", by=ACT, parent=task)
    do.change_status(done, TaskStatus.DONE, by=ACT)
    confirmations.confirm(task, by=Act(person_id=cast["member"].person_id, at=ACT.at, cause="web"))
    db_session.commit()

    details = read.details(task, TODAY)

    assert (details.slip, details.first_due) == (Slip(19, 13), date(2026, 11, 1))
    assert details.approved is None
    assert [part.title for part in details.parts] == ["Xong", "Chưa"]
    assert details.parts_done == 1
    assert (details.confirmed.name, details.confirmed.at) == ("Phạm Văn Ổn", ACT.at)
    assert details.missing == ["owner_id", "result", "lead_unit_id"]


def test_slip_is_counted_from_what_was_approved_last(db_session, stream):
    task = do.create(stream, "Đo", by=ACT, due=date(2026, 11, 2))
    for number in ("1/QĐ", "2/QĐ"):
        day = date(2026, 1, 2)
        baselines.approve(stream.group, document_number=number, document_date=day, by=ACT)
        do.move_due(task, date(2026, 11, 9), why=Why(reason=MoveReason.BUDGET), by=ACT)
    do.move_due(task, date(2026, 11, 16), why=Why(reason=MoveReason.BUDGET), by=ACT)
    db_session.commit()

    details = read.details(task, TODAY)

    assert (details.approved.number, details.approved.day) == (2, date(2026, 11, 9))
    assert details.slip == Slip(7, 5)


def test_a_due_date_back_where_it_was_has_no_first_one(db_session, stream):
    task = do.create(stream, "Đo", by=ACT, due=date(2026, 12, 1))
    for due in (date(2026, 12, 9), date(2026, 12, 1)):
        do.move_due(task, due, why=Why(reason=MoveReason.BUDGET), by=ACT)
    db_session.commit()

    assert read.details(task, TODAY).first_due is None
