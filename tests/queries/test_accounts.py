from datetime import timedelta

import pytest

from tests import factories as make
from tests.conftest import NOW
from tests.factories import TODAY
from tracker.models import Invitation, Participant, Role, Strand
from tracker.policies.actor import Post
from tracker.queries import accounts as read
from tracker.queries.accounts import AccountSearch


def names(**search):
    return [row.name for row in read.listing(AccountSearch(**search), NOW).rows]


def invite(session, account, **values):
    values = {
        "token_hash": f"of a link until {values.get('expires_at')}",
        "purpose": "invite",
        "created_at": NOW,
        "expires_at": NOW + timedelta(days=1),
    } | values
    return make.add(session, Invitation(account_id=account.id, **values))


@pytest.fixture
def account(db_session):
    return make.account(db_session, "Khúc Thị Đào", email="dao@x.test")


def test_an_account_is_found_by_id_person_and_address(db_session, account):
    assert read.find(account.id) is account
    assert read.of_person(account.person_id) is account
    assert read.by_email(" DAO@x.test ") is account
    assert read.exist()


@pytest.mark.blank
def test_a_blank_installation_has_no_account(db_session):
    assert not read.exist()


def test_accounts_are_found_by_name_without_marks_and_by_address(db_session, account):
    make.account(db_session, "Khúc Văn Dao", email="van@x.test")

    assert names(words="khuc") == ["Khúc Văn Dao", "Khúc Thị Đào"]
    assert names(words="khúc đào") == ["Khúc Thị Đào", "Khúc Văn Dao"]
    assert names(words="van@x") == ["Khúc Văn Dao"]


def test_accounts_are_found_by_role(db_session):
    assert names(role="administrator") == ["Đỗ Quang Ấn"]
    assert names(role="director") == ["Vũ Đình Đức"]


def test_the_state_of_an_account_follows_from_password_link_and_lock(db_session, account):
    def state():
        (row,) = read.listing(AccountSearch(words="Khúc Thị Đào"), NOW).rows
        assert names(state=row.state).count("Khúc Thị Đào") == 1
        return row.state

    assert state() == "waiting"
    invite(db_session, account, expires_at=NOW)
    assert (state(), read.link_of(account, NOW)) == ("waiting", None)
    link = invite(db_session, account)
    assert (state(), read.link_of(account, NOW)) == ("invited", link)
    account.password_hash = "x"
    db_session.flush()
    assert state() == "active"
    account.is_active = False
    db_session.flush()
    assert state() == "locked"


@pytest.mark.parametrize("rows", [1, 3])
def test_accounts_are_one_query(db_session, queries, rows):
    for number in range(rows):
        make.account(db_session, email=f"{number}@x.test")

    with queries() as statements:
        read.listing(AccountSearch(), NOW)

    assert len(statements) == 1


def test_an_actor_holds_the_posts_of_today_and_what_is_shared(db_session, account):
    group, streams = make.whole_group(db_session)
    day = timedelta(days=1)
    person = account.person
    make.membership(db_session, group, person, Role.MEMBER, strands=["metrology"])
    make.membership(db_session, group, person, Role.HEAD, ends_on=TODAY - day)
    make.membership(db_session, group, person, Role.SECRETARY, starts_on=TODAY + day)
    task = make.task(db_session, next(iter(streams.values())))
    make.add(db_session, Participant(task_id=task.id, person_id=person.id))

    actor = read.actor_for(account, TODAY)

    assert actor.posts == {group.id: (Post(Role.MEMBER, frozenset({Strand.METROLOGY})),)}
    assert (actor.person_name, actor.shared_task_ids) == ("Khúc Thị Đào", {task.id})
    assert not actor.is_administrator


def test_an_invitation_is_found_while_it_can_be_used(db_session, account):
    invitation = invite(db_session, account, token_hash="secret")

    assert read.invitation("secret", NOW) is invitation
    assert read.invitation("secret", NOW + timedelta(days=1)) is None
    invitation.used_at = NOW
    db_session.flush()
    assert read.invitation("secret", NOW) is None
