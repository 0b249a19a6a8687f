"""What can be done with calendar feeds: make one, renew its secret, revoke it, note a reading."""

import secrets
import uuid
from datetime import date

from tracker.errors import RuleViolationError
from tracker.extensions import db
from tracker.models import Account, CalendarFeed, FeedScope, Group
from tracker.queries import feeds as read
from tracker.queries import settings as read_settings
from tracker.services import accounts, history, settings
from tracker.services.act import Act

MOST = 20


def create(
    account: Account,
    scope: FeedScope,
    *,
    by: Act,
    group: Group | None = None,
    with_tasks: bool = True,
    language: str = "vi",
) -> tuple[CalendarFeed, str]:
    """Make a feed; returns it and its secret, which is shown once and never kept."""
    if len(read.listing(account)) >= MOST:
        raise RuleViolationError("too_many_feeds", most=MOST)
    if scope is FeedScope.GROUP and group is None:
        raise RuleViolationError("group_needed")
    _name_installation(by=by)
    secret = _secret()
    feed = CalendarFeed(
        account_id=account.id,
        scope=scope,
        group=group if scope is FeedScope.GROUP else None,
        with_tasks=with_tasks,
        language=language,
        token_hash=accounts.hashed(secret),
        created_at=by.at,
    )
    db.session.add(feed)
    history.record(account, "feed_made", None, scope, by=by)
    return feed, secret


def renew(feed: CalendarFeed, account: Account, *, by: Act) -> str:
    """Give the feed another secret; the address known until now stops working."""
    secret = _secret()
    feed.token_hash = accounts.hashed(secret)
    feed.last_read_on = None
    history.record(account, "feed_renewed", None, feed.scope, by=by)
    return secret


def revoke(feed: CalendarFeed, account: Account, *, by: Act) -> None:
    """The feed's address stops working for good."""
    feed.revoked_at = by.at
    history.record(account, "feed_revoked", feed.scope, None, by=by)


def note_read(feed: CalendarFeed, today: date) -> None:
    """Remember that a program read it today: its owner sees which addresses are in use."""
    feed.last_read_on = today


def _secret() -> str:
    return secrets.token_urlsafe(24)


def _name_installation(*, by: Act) -> None:
    """The events of all feeds are told by a name of this installation that never changes."""
    if not read_settings.installation_name():
        settings.put(read_settings.INSTALLATION, str(uuid.uuid4()), by=by)
