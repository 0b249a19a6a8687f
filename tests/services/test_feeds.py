import pytest

from tests.factories import TODAY
from tests.services.acts import BY, changes_of
from tracker.errors import RuleViolationError
from tracker.models import Account, FeedScope, Group
from tracker.queries import feeds as read
from tracker.queries import settings
from tracker.services import accounts
from tracker.services import feeds as do


@pytest.fixture
def account(db_session, cast):
    return db_session.get(Account, cast["member"].account_id)


def test_a_feed_keeps_the_hash_of_its_secret_and_is_told_in_the_history(db_session, account):
    feed, secret = do.create(account, FeedScope.MINE, by=BY)

    db_session.commit()
    assert (feed.token_hash, len(secret)) == (accounts.hashed(secret), 32)
    assert read.by_secret(accounts.hashed(secret)) is feed
    assert read.listing(account) == [feed]
    assert [(change.field, change.new) for change in changes_of(account)] == [("feed_made", "mine")]


def test_the_first_feed_names_the_installation_for_ever(db_session, account):
    assert settings.installation_name() == ""

    do.create(account, FeedScope.MINE, by=BY)
    name = settings.installation_name()
    do.create(account, FeedScope.ALL, by=BY)

    assert len(name) == 36
    assert settings.installation_name() == name


def test_a_feed_of_a_group_needs_one_and_others_have_none(db_session, cast, account):
    hal = db_session.get(Group, cast.groups["HAL"])
    with pytest.raises(RuleViolationError) as error:
        do.create(account, FeedScope.GROUP, by=BY)
    assert error.value.code == "group_needed"

    of_group, _ = do.create(account, FeedScope.GROUP, group=hal, by=BY)
    of_all, _ = do.create(account, FeedScope.ALL, group=hal, by=BY)

    assert (of_group.group, of_all.group) == (hal, None)


def test_there_is_an_end_to_them(db_session, account):
    for _ in range(do.MOST):
        feed, _secret = do.create(account, FeedScope.MINE, by=BY)
    with pytest.raises(RuleViolationError):
        do.create(account, FeedScope.MINE, by=BY)

    do.revoke(feed, account, by=BY)

    assert do.create(account, FeedScope.MINE, by=BY)


def test_a_renewed_feed_has_another_secret_and_was_never_read(db_session, account):
    feed, old = do.create(account, FeedScope.MINE, by=BY)
    do.note_read(feed, TODAY)

    new = do.renew(feed, account, by=BY)

    assert read.by_secret(accounts.hashed(old)) is None
    assert read.by_secret(accounts.hashed(new)) is feed
    assert feed.last_read_on is None


def test_a_revoked_feed_is_no_more_among_the_accounts_own(db_session, account):
    feed, _secret = do.create(account, FeedScope.MINE, by=BY)

    do.revoke(feed, account, by=BY)

    assert feed.revoked_at == BY.at
    assert read.listing(account) == []
    assert read.find(account, feed.id) is None
