from datetime import timedelta

import pytest
from sqlalchemy import select

from tests import factories as make
from tests.services.acts import BY, changes_of
from tracker.errors import RuleViolationError
from tracker.models import Account, OutboxItem, SignInAttempt, TaskStatus
from tracker.queries import accounts as read
from tracker.services import accounts as do
from tracker.services.act import Act

PASSWORD = "một câu đủ dài"


def later(**by):
    return Act(person_id=None, at=BY.at + timedelta(**by), cause="cli")


def refused(code):
    return pytest.raises(RuleViolationError, match=code)


@pytest.fixture
def person(db_session):
    return make.person(db_session, "Đinh Thị Một")


@pytest.fixture
def account(db_session, person):
    return do.create(person, "Mot@Example.test ", by=BY)


def administrator(session, cast):
    return session.get_one(Account, cast["administrator"].account_id)


def test_an_account_keeps_the_address_in_small_letters(account):
    assert (account.email, account.created_at) == ("mot@example.test", BY.at)


def test_an_address_and_a_person_have_one_account(db_session, account, person):
    with refused("email_taken"):
        do.create(make.person(db_session, "Ai Khác"), "MOT@example.test", by=BY)
    with refused("person_has_account"):
        do.create(person, "khac@example.test", by=BY)


def test_the_secret_is_never_in_the_history(account):
    do.set_password(account, PASSWORD, by=BY)

    recorded = [(change.field, change.old, change.new) for change in changes_of(account)[1:]]
    assert recorded == [("password", None, None), ("epoch", 0, 1)]


def test_the_last_administrator_stays_one(db_session, cast):
    only = administrator(db_session, cast)

    with refused("last_administrator"):
        do.edit(only, {"is_administrator": False}, by=BY)
    with refused("last_administrator"):
        do.deactivate(only, by=BY)

    make.account(db_session, "Thứ Hai", email="hai@example.test", is_administrator=True)
    do.edit(only, {"is_administrator": False}, by=BY)
    assert only.is_administrator is False


def test_a_locked_administrator_does_not_count(db_session, cast):
    make.account(
        db_session, "Thứ Hai", email="h@example.test", is_administrator=True, is_active=False
    )

    with refused("last_administrator"):
        do.edit(administrator(db_session, cast), {"is_active": False}, by=BY)


@pytest.mark.parametrize(
    ("password", "code"),
    [("ngắn", "password_too_short"), ("dinh.thi.mot@example.test", "password_is_email")],
)
def test_weak_passwords_are_refused(db_session, person, password, code):
    account = do.create(person, "dinh.thi.mot@example.test", by=BY)

    with refused(code):
        do.set_password(account, password, by=BY)


def test_a_password_fits_only_an_account_in_use(db_session, account):
    do.set_password(account, PASSWORD, by=BY)

    assert do.password_fits(account, PASSWORD)
    assert not do.password_fits(account, "khác")
    assert not do.password_fits(None, PASSWORD)
    do.deactivate(account, by=BY)
    assert not do.password_fits(account, PASSWORD)


# ------------------------------------------------------------------ links


def test_a_link_works_once_and_only_the_newest(db_session, account):
    first = do.invite(account, by=BY)
    second = do.invite(account, by=later(minutes=1))
    db_session.flush()
    at = later(minutes=2)

    assert read.invitation(do.hashed(first), at.at) is None
    invitation = read.invitation(do.hashed(second), at.at)
    do.accept(invitation, PASSWORD, by=at)
    db_session.flush()

    assert do.password_fits(account, PASSWORD)
    assert read.invitation(do.hashed(second), at.at) is None
    with refused("invitation_over"):
        do.accept(invitation, PASSWORD, by=at)


@pytest.mark.parametrize(("purpose", "lasts"), [("invite", 7 * 24), ("reset", 24)])
def test_a_link_ends_by_itself(db_session, account, purpose, lasts):
    secret = do.invite(account, by=BY, purpose=purpose)
    db_session.flush()

    assert read.invitation(do.hashed(secret), later(hours=lasts - 1).at) is not None
    assert read.invitation(do.hashed(secret), later(hours=lasts).at) is None


def test_a_locked_account_gets_no_link_and_loses_the_one_it_has(db_session, account):
    secret = do.invite(account, by=BY)
    do.deactivate(account, by=later(minutes=1))
    db_session.flush()

    assert read.invitation(do.hashed(secret), later(minutes=2).at) is None
    with refused("account_inactive"):
        do.invite(account, by=later(minutes=2))

    do.activate(account, by=later(minutes=3))
    assert do.invite(account, by=later(minutes=4))


# ------------------------------------------------------------------ leaving


def test_open_tasks_go_to_the_successor_who_hears_of_it(db_session, account, person):
    _, streams = make.whole_group(db_session)
    stream = next(iter(streams.values()))
    successor = make.account(db_session, "Kế Nhiệm", email="ke@example.test").person
    open_, done, thrown = (
        make.task(db_session, stream, owner=person),
        make.task(db_session, stream, owner=person, status=TaskStatus.DONE),
        make.task(db_session, stream, owner=person, deleted_at=BY.at),
    )
    standing, over = (
        make.risk(db_session, stream, owner=person, closed_on=day) for day in (None, BY.today)
    )

    assert do.deactivate(account, by=BY, successor=successor) == 1

    assert [task.owner_id for task in (open_, done, thrown)] == [
        successor.id,
        person.id,
        person.id,
    ]
    assert (standing.owner_id, over.owner_id) == (successor.id, person.id)
    assert (account.is_active, account.epoch) == (False, 1)
    db_session.flush()
    (promise,) = db_session.scalars(select(OutboxItem).where(OutboxItem.kind == "mail.assigned"))
    assert (promise.payload["task_id"], promise.payload["person_id"]) == (open_.id, successor.id)


def test_without_a_successor_the_tasks_stay(db_session, account, person):
    _, streams = make.whole_group(db_session)
    task = make.task(db_session, next(iter(streams.values())), owner=person)

    assert do.deactivate(account, by=BY) == 0
    assert task.owner_id == person.id


def test_nobody_succeeds_themselves(account, person):
    with refused("successor_is_self"):
        do.deactivate(account, by=BY, successor=person)


# ------------------------------------------------------------------ guessing


@pytest.fixture
def fail(db_session):
    def failed(email, address, times):
        for _ in range(times):
            do.note_attempt(email, address, BY.at, succeeded=False)
        db_session.flush()

    return failed


def test_guessing_is_stopped_where_it_happens_and_locks_nobody_out_elsewhere(fail):
    fail("a@example.test", "10.0.0.1", do.TRIES_PER_PAIR)

    assert not do.may_try("A@example.test", "10.0.0.1", BY.at)
    assert do.may_try("a@example.test", "10.0.0.9", BY.at)
    assert do.may_try("b@example.test", "10.0.0.1", BY.at)
    assert do.may_try("a@example.test", "10.0.0.1", BY.at + do.WINDOW)


def test_an_address_that_guesses_at_many_accounts_is_stopped(fail):
    fail("c@example.test", "10.0.0.1", do.TRIES_PER_ADDRESS)

    assert not do.may_try("b@example.test", "10.0.0.1", BY.at)
    assert do.may_try("c@example.test", "10.0.0.9", BY.at)


def test_an_account_guessed_at_from_very_many_addresses_waits(fail):
    for number in range(do.TRIES_PER_ACCOUNT):
        fail("a@example.test", f"10.0.1.{number}", 1)

    assert not do.may_try("a@example.test", "10.0.0.9", BY.at)
    assert do.may_try("b@example.test", "10.0.0.9", BY.at)


def test_a_success_forgives_where_it_happens(db_session, fail):
    fail("a@example.test", "10.0.0.1", do.TRIES_PER_PAIR - 1)
    fail("a@example.test", "10.0.0.9", do.TRIES_PER_PAIR)
    do.note_attempt("A@example.test", "10.0.0.1", BY.at, succeeded=True)
    fail("a@example.test", "10.0.0.1", do.TRIES_PER_PAIR - 1)

    assert do.may_try("a@example.test", "10.0.0.1", BY.at)
    assert not do.may_try("a@example.test", "10.0.0.9", BY.at)


def test_old_tries_are_forgotten(db_session):
    do.note_attempt("a@example.test", "10.0.0.1", BY.at, succeeded=False)
    db_session.flush()

    assert do.forget_attempts(at=BY.at + do.ATTEMPTS_KEPT) == 0
    assert do.forget_attempts(at=BY.at + do.ATTEMPTS_KEPT + timedelta(days=1)) == 1
    assert list(db_session.scalars(select(SignInAttempt))) == []
