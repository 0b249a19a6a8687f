import pytest
from sqlalchemy import select

from tests import factories as make
from tests.conftest import NOW
from tracker.models import Account, Group, OutboxItem, Task, TaskStatus
from tracker.services import notifications as do
from tracker.services import tasks
from tracker.services.act import Act


@pytest.fixture
def stream(db_session, cast):
    return make.stream_of(db_session, cast)


def by(player, cause="web"):
    return Act(person_id=player.person_id, at=NOW, cause=cause)


def promised(session):
    """(kind, person) of every promise."""
    rows = session.scalars(select(OutboxItem).order_by(OutboxItem.id))
    return [(row.kind, row.payload.get("person_id")) for row in rows]


def test_a_new_owner_hears_of_it_once(db_session, cast, stream):
    task = make.task(db_session, stream)
    act = by(cast["head"])
    tasks.edit(task, {"owner_id": cast["member"].person_id}, by=act)
    tasks.edit(task, {"owner_id": cast["member"].person_id, "title": "Khác"}, by=act)

    assert promised(db_session) == [(do.ASSIGNED, cast["member"].person_id)]


def test_a_task_made_for_somebody_is_announced(db_session, cast, stream):
    tasks.create(stream, "Soạn dự thảo", by=by(cast["head"]), owner_id=cast["member"].person_id)

    assert promised(db_session) == [(do.ASSIGNED, cast["member"].person_id)]


@pytest.mark.parametrize("cause", ["demo", "undo:7"])
def test_a_demo_and_an_undo_are_no_news(db_session, cast, stream, cause):
    act = by(cast["head"], cause)
    task = tasks.create(stream, "Soạn", by=act, owner_id=cast["member"].person_id)
    db_session.get(Group, task.group_id).needs_approval = True
    tasks.change_status(task, TaskStatus.DONE, by=act)

    assert promised(db_session) == []


def test_nobody_is_told_what_they_did_themselves(db_session, cast, stream):
    head = cast["head"]
    tasks.create(stream, "Soạn", by=by(head), owner_id=head.person_id)

    assert promised(db_session) == []


def test_a_person_who_cannot_sign_in_is_not_written_to(db_session, cast, stream):
    nobody = make.person(db_session, "Người Ngoài")
    tasks.create(stream, "Soạn", by=by(cast["head"]), owner_id=nobody.id)

    assert promised(db_session) == []


def test_those_who_may_approve_hear_that_a_task_waits(db_session, cast, stream):
    task = make.task(db_session, stream, owner_id=cast["member"].person_id)
    db_session.get(Group, task.group_id).needs_approval = True
    tasks.change_status(task, TaskStatus.DONE, by=by(cast["member"]))
    tasks.change_status(task, TaskStatus.DONE, by=by(cast["member"]))

    approvers = {cast[role].person_id for role in ("head", "deputy", "secretary")}
    assert sorted(promised(db_session)) == sorted((do.APPROVAL, who) for who in approvers)


def test_an_approver_who_submits_is_not_told(db_session, cast, stream):
    task = make.task(db_session, stream, owner_id=cast["head"].person_id)
    do.announce_approval_wanted(task, by=by(cast["head"]))

    told = {person for _, person in promised(db_session)}
    assert told == {cast["deputy"].person_id, cast["secretary"].person_id}


def test_a_promise_goes_with_its_change(db_session, cast, stream):
    task = tasks.create(stream, "Soạn", by=by(cast["head"]), owner_id=cast["member"].person_id)
    code = task.code
    db_session.rollback()

    assert db_session.scalar(select(Task).where(Task.code == code)) is None
    assert promised(db_session) == []


def test_an_invitation_keeps_no_secret(db_session, cast):
    account = db_session.get(Account, cast["member"].account_id)
    do.announce_invitation(account, by=by(cast["administrator"]), purpose="reset")

    (item,) = db_session.scalars(select(OutboxItem))
    assert item.payload == {
        "account_id": account.id,
        "purpose": "reset",
        "by": cast["administrator"].person_id,
    }
