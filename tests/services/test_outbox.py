from datetime import timedelta

from tests.conftest import NOW
from tracker.queries import outbox as read
from tracker.services import outbox as do

MINUTE = timedelta(minutes=1)


def put(key="a", **values):
    item = do.put("mail.assigned", key, {"task_id": 1}, at=NOW, **values)
    read.find(key)
    return item


def test_the_same_key_is_the_same_promise(db_session):
    first, second = put(), put()

    assert second is None
    assert read.due(NOW) == [first]


def test_nothing_is_due_before_its_time(db_session):
    item = put(due_at=NOW + MINUTE)

    assert read.due(NOW) == []
    assert read.due(NOW + MINUTE) == [item]


def test_a_claimed_item_is_nobody_elses_until_the_lease_ends(db_session):
    item = put()

    assert do.claim([item], at=NOW) == [item]
    assert read.due(NOW + MINUTE) == []
    assert read.due(NOW + do.LEASE) == [item]


def test_of_two_workers_that_read_the_same_item_one_gets_it(app, db_session):
    item = put()
    db_session.commit()
    with app.app_context():  # another worker, with a session of its own
        theirs = read.due(NOW)
        assert len(do.claim(theirs, at=NOW)) == 1
        db_session.commit()

    assert do.claim([item], at=NOW) == []


def test_a_failure_is_tried_again_after_twice_as_long(db_session):
    item = put()
    waits = []
    at = NOW
    for _ in range(12):
        do.claim([item], at=at)
        do.failed(item, "450 try later", at=at)
        waits.append((item.due_at - at) / MINUTE)
        at = item.due_at

    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360, 360]
    assert read.due(at) == []
    assert read.backlog() == read.Backlog(1, NOW, 1, "450 try later")


def test_what_was_given_up_can_be_tried_again(db_session):
    item = put()
    item.attempts = read.ATTEMPTS
    db_session.flush()  # the update below must find it

    assert do.try_again(at=NOW) == 1
    assert read.due(NOW) == [item]


def test_what_is_done_is_not_due_and_is_forgotten_after_a_while(db_session):
    item = put()
    do.done(item, at=NOW)
    do.note_tick(at=NOW)
    db_session.flush()  # both rows must be there

    assert read.due(NOW) == []
    assert do.forget_old(at=NOW + do.KEPT) == 0
    assert do.forget_old(at=NOW + do.KEPT + MINUTE) == 1
    assert read.last_tick() == NOW


def test_each_tick_moves_the_sign_of_life(db_session):
    assert read.last_tick() is None
    do.note_tick(at=NOW)
    do.note_tick(at=NOW + MINUTE)

    assert read.last_tick() == NOW + MINUTE
    assert read.backlog().waiting == 0
