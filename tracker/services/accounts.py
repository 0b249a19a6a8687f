"""What can be done with accounts: invite, set a password, sign out everywhere, deactivate."""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, func, select

from tracker.errors import RuleViolationError
from tracker.extensions import db
from tracker.models import (
    Account,
    Deliverable,
    Invitation,
    Person,
    Risk,
    SignInAttempt,
    Task,
    TaskStatus,
)
from tracker.services import history, notifications
from tracker.services.act import Act

# OWASP's second recommendation: 19 MiB, two passes, one lane.
HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
SHORTEST_PASSWORD = 10
INVITATION_LASTS = timedelta(days=7)
RESET_LASTS = timedelta(hours=24)
WINDOW = timedelta(minutes=15)
# Failures within WINDOW. Few stop whoever guesses from where they are; only many more, and from
# several addresses, stop everybody, so that nobody is locked out of their account by a stranger.
TRIES_PER_PAIR = 8
TRIES_PER_ADDRESS = 40
TRIES_PER_ACCOUNT = 200
ATTEMPTS_KEPT = timedelta(days=90)


def create(person: Person, email: str, *, by: Act, **details: object) -> Account:
    """Let a person sign in with that address; `details` are further columns of `Account`."""
    email = email.strip().casefold()
    if db.session.scalar(select(Account.id).where(Account.email == email)) is not None:
        raise RuleViolationError("email_taken", email=email)
    if db.session.scalar(select(Account.id).where(Account.person_id == person.id)) is not None:
        raise RuleViolationError("person_has_account", person=person.full_name)
    account = Account(person_id=person.id, email=email, created_at=by.at, **details)
    history.created(account, by=by)
    return account


def edit(
    account: Account, values: Mapping[str, object], *, by: Act, seen: int | None = None
) -> None:
    """Change roles, language, theme or the active state. The last administrator stays one."""
    wanted = history.merged(account, values, seen=seen)
    loses = wanted.get("is_administrator") is False or wanted.get("is_active") is False
    if loses and account.is_administrator and account.is_active:
        others = db.session.scalar(
            select(func.count())
            .select_from(Account)
            .where(Account.is_administrator, Account.is_active, Account.id != account.id)
        )
        if not others:
            raise RuleViolationError("last_administrator")
    history.change(account, wanted, by=by)


def set_password(account: Account, password: str, *, by: Act) -> None:
    """Store a new password and end every other session of the account."""
    check_password_rules(password, account.email)
    account.password_hash = HASHER.hash(password)
    history.record(account, "password", None, None, by=by)
    sign_out_everywhere(account, by=by)


def check_password_rules(password: str, email: str) -> None:
    """Refuse passwords that are short or are the address itself."""
    if len(password) < SHORTEST_PASSWORD:
        raise RuleViolationError("password_too_short", shortest=SHORTEST_PASSWORD)
    if password.casefold() in {email, email.partition("@")[0]}:
        raise RuleViolationError("password_is_email")


def password_fits(account: Account | None, password: str) -> bool:
    """Whether the password is right. Takes as long for an address nobody has."""
    stored = account.password_hash if account and account.is_active else None
    try:
        HASHER.verify(stored or _nobodys_hash(), password)
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


def sign_out_everywhere(account: Account, *, by: Act) -> None:
    """End every session of the account."""
    history.change(account, {"epoch": account.epoch + 1}, by=by)


def deactivate(account: Account, *, by: Act, successor: Person | None = None) -> int:
    """End the right to sign in and hand the person's open tasks over; returns how many."""
    if successor is not None and successor.id == account.person_id:
        raise RuleViolationError("successor_is_self")
    edit(account, {"is_active": False}, by=by)
    sign_out_everywhere(account, by=by)
    _void_links(account, by=by)
    return hand_over(account.person_id, successor, by=by) if successor else 0


def activate(account: Account, *, by: Act) -> None:
    """Let the person sign in again, with the password they had."""
    edit(account, {"is_active": True}, by=by)


def hand_over(person_id: int, successor: Person, *, by: Act) -> int:
    """Give a person's open tasks (and deliverables, and open risks) to another one; returns how
    many tasks.
    """
    tasks = db.session.scalars(
        select(Task).where(
            Task.owner_id == person_id,
            Task.deleted_at.is_(None),
            Task.status.in_([status for status in TaskStatus if status.is_open]),
        )
    ).all()
    for task in tasks:
        history.change(task, {"owner_id": successor.id}, by=by)
        notifications.announce_assignment(task, person_id, by=by)
    for deliverable in db.session.scalars(
        select(Deliverable).where(
            Deliverable.owner_id == person_id, Deliverable.deleted_at.is_(None)
        )
    ):
        history.change(deliverable, {"owner_id": successor.id}, by=by)
    looked_after = select(Risk).where(Risk.owner_id == person_id, Risk.closed_on.is_(None))
    for risk in db.session.scalars(looked_after.order_by(Risk.id)):
        history.change(risk, {"owner_id": successor.id}, by=by)
    return len(tasks)


def invite(account: Account, *, by: Act, purpose: str = "invite") -> str:
    """Make a link's secret, to be shown or sent once; earlier ones stop working."""
    if not account.is_active:
        person = db.session.get_one(Person, account.person_id)
        raise RuleViolationError("account_inactive", person=person.full_name)
    _void_links(account, by=by)
    secret = secrets.token_urlsafe(32)
    lasts = INVITATION_LASTS if purpose == "invite" else RESET_LASTS
    db.session.add(
        Invitation(
            account_id=account.id,
            token_hash=hashed(secret),
            purpose=purpose,
            created_at=by.at,
            expires_at=by.at + lasts,
        )
    )
    history.record(account, purpose, None, None, by=by)
    return secret


def _void_links(account: Account, *, by: Act) -> None:
    for earlier in db.session.scalars(
        select(Invitation).where(Invitation.account_id == account.id, Invitation.used_at.is_(None))
    ):
        earlier.expires_at = min(earlier.expires_at, by.at)


def accept(invitation: Invitation, password: str, *, by: Act) -> None:
    """Set the password with the secret of a link; the link is used up."""
    if invitation.used_at is not None or invitation.expires_at <= by.at:
        raise RuleViolationError("invitation_over")
    account = db.session.get_one(Account, invitation.account_id)
    set_password(account, password, by=by)
    invitation.used_at = by.at


def hashed(secret: str) -> str:
    """What is kept of a link's secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def may_try(email: str, address: str, at: datetime) -> bool:
    """Whether another try to sign in is allowed there: few a pair, more an address or account."""
    failures = select(func.count()).where(
        SignInAttempt.at > at - WINDOW, SignInAttempt.succeeded.is_(False)
    )
    of_account = SignInAttempt.email == email.strip().casefold()
    from_here = SignInAttempt.address == address
    limits = (
        ((of_account, from_here), TRIES_PER_PAIR),
        ((from_here,), TRIES_PER_ADDRESS),
        ((of_account,), TRIES_PER_ACCOUNT),
    )
    return all((db.session.scalar(failures.where(*of)) or 0) < most for of, most in limits)


def note_attempt(email: str, address: str, at: datetime, *, succeeded: bool) -> None:
    """Count a try; a success forgives the account's failures there, not those of elsewhere."""
    email = email.strip().casefold()
    db.session.add(SignInAttempt(email=email, address=address, at=at, succeeded=succeeded))
    if succeeded:
        for failure in db.session.scalars(
            select(SignInAttempt).where(
                SignInAttempt.email == email,
                SignInAttempt.address == address,
                SignInAttempt.succeeded.is_(False),
            )
        ):
            db.session.delete(failure)


def forget_attempts(*, at: datetime) -> int:
    """Drop tries to sign in that no longer slow anybody down; returns how many."""
    old = delete(SignInAttempt).where(SignInAttempt.at < at - ATTEMPTS_KEPT)
    return db.session.connection().execute(old).rowcount


@cache
def _nobodys_hash() -> str:
    """A hash to compare with when there is none, so that the time tells nothing."""
    return HASHER.hash(secrets.token_urlsafe(16))
