"""Accounts, and the actor an account stands for."""

from collections import defaultdict
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from tracker.extensions import db
from tracker.models import Account, Invitation, Membership, Participant, Strand
from tracker.policies.actor import Actor, Post


def find(account_id: int) -> Account | None:
    """The account with its person."""
    return db.session.scalar(
        select(Account).options(joinedload(Account.person)).where(Account.id == account_id)
    )


def by_email(email: str) -> Account | None:
    """The account that signs in with that address."""
    return db.session.scalar(
        select(Account)
        .options(joinedload(Account.person))
        .where(Account.email == email.strip().casefold())
    )


def invitation(token_hash: str, at: datetime) -> Invitation | None:
    """The invitation of that secret, with its account, while it can be used."""
    return db.session.scalar(
        select(Invitation)
        .options(joinedload(Invitation.account).joinedload(Account.person))
        .where(
            Invitation.token_hash == token_hash,
            Invitation.used_at.is_(None),
            Invitation.expires_at > at,
        )
    )


def exist() -> bool:
    """Whether there is any account: a blank installation has none."""
    return db.session.scalar(select(Account.id).limit(1)) is not None


def actor_for(account: Account, today: date) -> Actor:
    """The account's person with the posts they hold today."""
    posts: dict[int, tuple[Post, ...]] = defaultdict(tuple)
    for group_id, role, strands in db.session.execute(
        select(Membership.group_id, Membership.role, Membership.strands).where(
            Membership.person_id == account.person_id,
            Membership.starts_on <= today,
            or_(Membership.ends_on.is_(None), Membership.ends_on >= today),
        )
    ):
        posts[group_id] += (Post(role, frozenset(Strand(strand) for strand in strands)),)
    shared = db.session.scalars(
        select(Participant.task_id).where(Participant.person_id == account.person_id)
    )
    return Actor(
        person_id=account.person_id,
        person_name=account.person.full_name,
        is_administrator=account.is_administrator,
        is_director=account.is_director,
        posts=dict(posts),
        shared_task_ids=frozenset(shared),
    )
