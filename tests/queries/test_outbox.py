from datetime import date, timedelta

from tests import factories as make
from tests.conftest import NOW
from tracker.models import Strand
from tracker.queries import outbox as read
from tracker.services import outbox as do


def test_due_items_come_oldest_first_and_kinds_can_be_left_out(db_session):
    for key, kind, wait in (("b", "night", 1), ("a", "mail.assigned", 2), ("c", "night", 0)):
        do.put(kind, key, {}, at=NOW, due_at=NOW + timedelta(seconds=wait))
    later = NOW + timedelta(minutes=1)

    assert [item.key for item in read.due(later)] == ["c", "b", "a"]
    assert [item.key for item in read.due(later, without=["mail.assigned"])] == ["c", "b"]
    assert [item.key for item in read.due(later, limit=1)] == ["c"]


def test_an_empty_backlog(db_session):
    assert read.backlog() == read.Backlog(0, None, 0, None)


def test_mail_goes_only_to_people_who_can_sign_in(db_session, cast):
    stranger = make.person(db_session, "Người Ngoài")
    member = read.account(cast["member"].account_id)
    found = [read.reader(cast["member"].person_id), read.reader(stranger.id)]
    member.is_demo = True
    found.append(read.reader(member.person_id))
    member.is_demo, member.is_active = False, False
    found.append(read.reader(member.person_id))

    assert [account and account.email for account in found] == [
        cast["member"].email,
        None,
        None,
        None,
    ]


def test_tasks_come_with_their_group_and_strand_by_due_date(db_session, cast):
    stream = make.stream_of(db_session, cast)
    dates = (None, date(2026, 12, 2), date(2026, 12, 1))
    made = [make.task(db_session, stream, due=due) for due in dates]
    gone = make.task(db_session, stream, deleted_at=NOW)
    db_session.expunge_all()

    tasks = read.tasks([task.id for task in [*made, gone]])

    assert [task.due for task in tasks] == [dates[2], dates[1], None]
    assert {(task.group.key, task.workstream.strand) for task in tasks} == {
        ("HAL", Strand.METROLOGY)
    }


def test_the_number_of_statements_does_not_grow_with_the_tasks(db_session, cast, queries):
    stream = make.stream_of(db_session, cast)
    ids = [make.task(db_session, stream).id for _ in range(3)]
    db_session.expunge_all()
    counts = []
    for some in (ids[:1], ids):
        with queries() as statements:
            [task.group.name for task in read.tasks(some)]
        counts.append(len(statements))
        db_session.expunge_all()

    assert counts == [1, 1]


def test_names_by_person(db_session, cast):
    head = cast["head"]

    assert read.names([head.person_id, 0]) == {head.person_id: head.name}
