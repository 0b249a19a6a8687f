"""Accounts, and the actor an account stands for."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Date,
    Select,
    bindparam,
    func,
    inspect,
    null,
    or_,
    select,
)
from sqlalchemy.orm import joinedload

from tracker.extensions import db
from tracker.lib.paging import Page, cut
from tracker.lib.text import exact_mark_rank, fold
from tracker.models import Account, Invitation, Membership, Participant, Person, Strand, Unit
from tracker.policies.actor import Actor, Post
from tracker.queries import people
from tracker.queries.shapes import Query


def find(account_id: int) -> Account | None:
    """The account with its person."""
    return db.session.scalar(_account(), {"id": account_id})


@cache
def _account() -> Select[Account]:
    by_id = Account.id == bindparam("id")
    return select(Account).options(joinedload(Account.person)).where(by_id)


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


@dataclass(frozen=True)
class AccountRow:
    """An account in a list. `link_until` is set while an unused link can be opened."""

    id: int
    person_id: int
    name: str
    email: str
    unit: str
    is_administrator: bool
    is_director: bool
    is_active: bool
    has_password: bool
    open_tasks: int
    link_until: datetime | None

    @property
    def state(self) -> str:
        """active, invited (a link is out), waiting (no link and no password) or locked."""
        if not self.is_active:
            return "locked"
        if self.has_password:
            return "active"
        return "invited" if self.link_until else "waiting"


@dataclass(frozen=True, kw_only=True)
class AccountSearch:
    """What of the accounts is asked for. `role`: administrator, director or nothing."""

    words: str = ""
    role: str = ""
    state: str = ""


def listing(search: AccountSearch, at: datetime, number: int = 1) -> Page[AccountRow]:
    """Accounts by given name; of those found by words, exact marks come first."""
    rows = [AccountRow(*row) for row in db.session.execute(_rows(search, at))]
    if search.state:
        rows = [row for row in rows if row.state == search.state]
    if search.words:
        rows.sort(key=lambda row: exact_mark_rank(row.name, search.words))
    return cut(rows, number)


def _rows(search: AccountSearch, at: datetime) -> Query:
    link = (
        select(func.max(Invitation.expires_at))
        .where(
            Invitation.account_id == Account.id,
            Invitation.used_at.is_(None),
            Invitation.expires_at > at,
        )
        .scalar_subquery()
    )
    query = (
        select(
            Account.id,
            Account.person_id,
            Person.full_name,
            Account.email,
            func.coalesce(Unit.abbreviation, Unit.name, ""),
            Account.is_administrator,
            Account.is_director,
            Account.is_active,
            Account.password_hash.is_not(None),
            people.open_tasks_of(Account.person_id),
            link,
        )
        .join(Person, Person.id == Account.person_id)
        .outerjoin(Unit, Unit.id == Person.unit_id)
        .order_by(Person.sort_key, Account.id)
    )
    return query.where(*_conditions(search))


def _conditions(search: AccountSearch) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [
        or_(
            Person.folded.contains(word, autoescape=True),
            Account.email.contains(word, autoescape=True),
        )
        for word in fold(search.words).split()
    ]
    if search.role == "administrator":
        found.append(Account.is_administrator.is_(True))
    if search.role == "director":
        found.append(Account.is_director.is_(True))
    return found


def link_of(account: Account, at: datetime) -> Invitation | None:
    """The link that is out for the account, while it can be used."""
    return db.session.scalar(
        select(Invitation)
        .where(
            Invitation.account_id == account.id,
            Invitation.used_at.is_(None),
            Invitation.expires_at > at,
        )
        .order_by(Invitation.id.desc())
        .limit(1)
    )


def of_person(person_id: int) -> Account | None:
    """The account of a person."""
    return db.session.scalar(select(Account).where(Account.person_id == person_id))


def are_all_demo() -> bool:
    """Whether only the demo's accounts are there, or none, or not even the tables."""
    if "accounts" not in inspect(db.engine).get_table_names():
        return True
    return db.session.scalar(select(Account.id).where(Account.is_demo.is_(False)).limit(1)) is None


def exist() -> bool:
    """Whether there is any account: a blank installation has none."""
    return db.session.scalar(select(Account.id).limit(1)) is not None


def actor_of(person_id: int, today: date) -> Actor | None:
    """Who acts when something is done for a person later; None if they may not sign in."""
    account = db.session.scalar(
        select(Account)
        .options(joinedload(Account.person))
        .where(Account.person_id == person_id, Account.is_active)
    )
    return actor_for(account, today) if account else None


def actor_for(account: Account, today: date) -> Actor:
    """The account's person with the posts they hold today."""
    posts: dict[int, tuple[Post, ...]] = defaultdict(tuple)
    shared = set()
    for row in db.session.execute(_held(), {"person_id": account.person_id, "today": today}):
        if row.task_id is not None:
            shared.add(row.task_id)
        else:
            strands = frozenset(Strand(strand) for strand in row.strands)
            posts[row.group_id] += (Post(row.role, strands),)
    return Actor(
        person_id=account.person_id,
        person_name=account.person.full_name,
        is_administrator=account.is_administrator,
        is_director=account.is_director,
        posts=dict(posts),
        shared_task_ids=frozenset(shared),
    )


@cache
def _held() -> CompoundSelect[*tuple[Any, ...]]:
    """The person's posts of the day, and the tasks they share: every request asks for both."""
    today = bindparam("today", type_=Date)
    posts = select(
        Membership.group_id, Membership.role, Membership.strands, null().label("task_id")
    ).where(
        Membership.person_id == bindparam("person_id"),
        Membership.starts_on <= today,
        or_(Membership.ends_on.is_(None), Membership.ends_on >= today),
    )
    shared = select(null(), null(), null(), Participant.task_id).where(
        Participant.person_id == bindparam("person_id")
    )
    return posts.union_all(shared)
