"""What an administrator sees first: how much there is, and what wants a hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, exists, func, or_, select

from tracker.extensions import db
from tracker.models import (
    Account,
    CalendarDay,
    Group,
    Invitation,
    Membership,
    Milestone,
    Person,
    Role,
    Task,
    Unit,
)
from tracker.queries.people import OPEN


@dataclass(frozen=True)
class Overview:
    """Counts, and lists of what is amiss. Names are (id or key, words)."""

    groups: int
    people: int
    units: int
    accounts: int
    administrators: int
    headless_groups: Sequence[tuple[str, str]]
    planless_groups: Sequence[tuple[str, str]]
    uninvited_accounts: Sequence[tuple[int, str]]
    gone_owners: Sequence[tuple[int, str, int]]
    years_without_calendar: Sequence[int]

    @property
    def is_quiet(self) -> bool:
        """Whether nothing wants a hand."""
        return not (
            self.headless_groups
            or self.planless_groups
            or self.uninvited_accounts
            or self.gone_owners
            or self.years_without_calendar
            or self.administrators < 2
        )


@dataclass(frozen=True)
class Beginning:
    """How far a new installation has come."""

    first_group: Group | None
    has_plan: bool
    accounts: int

    @property
    def is_done(self) -> bool:
        """Whether every first step is taken."""
        return self.first_group is not None and self.has_plan and self.accounts > 1


def overview(today: date, at: datetime) -> Overview:
    """All of it, in a constant number of queries."""
    here = or_(Person.valid_to.is_(None), Person.valid_to >= today)
    return Overview(
        groups=_count(select(func.count(Group.id))),
        people=_count(select(func.count(Person.id)).where(here)),
        units=_count(
            select(func.count(Unit.id)).where(or_(Unit.valid_to.is_(None), Unit.valid_to >= today))
        ),
        accounts=_count(select(func.count(Account.id)).where(Account.is_active)),
        administrators=_count(
            select(func.count(Account.id)).where(Account.is_active, Account.is_administrator)
        ),
        headless_groups=_headless(today),
        planless_groups=_planless(),
        uninvited_accounts=_uninvited(at),
        gone_owners=_gone_owners(today),
        years_without_calendar=_years_without_calendar(today),
    )


def beginning() -> Beginning:
    """The first steps of a blank installation."""
    return Beginning(
        first_group=db.session.scalar(select(Group).order_by(Group.id).limit(1)),
        has_plan=db.session.scalar(select(Task.id).limit(1)) is not None
        or db.session.scalar(select(Milestone.id).limit(1)) is not None,
        accounts=_count(select(func.count(Account.id))),
    )


def _count(query: Select[int]) -> int:
    return db.session.scalar(query) or 0


def _headless(today: date) -> list[tuple[str, str]]:
    head = exists().where(
        Membership.group_id == Group.id,
        Membership.role == Role.HEAD,
        Membership.starts_on <= today,
        or_(Membership.ends_on.is_(None), Membership.ends_on >= today),
    )
    rows = db.session.execute(
        select(Group.key, Group.name).where(~head).order_by(Group.position, Group.id)
    )
    return [(key, name) for key, name in rows]


def _planless() -> list[tuple[str, str]]:
    task = exists().where(Task.group_id == Group.id, Task.deleted_at.is_(None))
    milestone = exists().where(Milestone.group_id == Group.id, Milestone.deleted_at.is_(None))
    rows = db.session.execute(
        select(Group.key, Group.name).where(~task, ~milestone).order_by(Group.position, Group.id)
    )
    return [(key, name) for key, name in rows]


def _uninvited(at: datetime) -> list[tuple[int, str]]:
    """Accounts nobody can get into: no password yet, and no link that still works."""
    link = exists().where(
        Invitation.account_id == Account.id,
        Invitation.used_at.is_(None),
        Invitation.expires_at > at,
    )
    rows = db.session.execute(
        select(Account.id, Person.full_name)
        .join(Person, Person.id == Account.person_id)
        .where(Account.is_active, Account.password_hash.is_(None), ~link)
        .order_by(Person.sort_key)
    )
    return [(id_, name) for id_, name in rows]


def _gone_owners(today: date) -> list[tuple[int, str, int]]:
    """Persons who left, or whose account is locked, and still own open tasks."""
    rows = db.session.execute(
        select(Person.id, Person.full_name, func.count(Task.id))
        .join(Task, Task.owner_id == Person.id)
        .outerjoin(Account, Account.person_id == Person.id)
        .where(
            Task.deleted_at.is_(None),
            Task.status.in_(OPEN),
            or_(Person.valid_to < today, Account.is_active.is_(False)),
        )
        .group_by(Person.id, Person.full_name, Person.sort_key)
        .order_by(Person.sort_key)
    )
    return [(id_, name, number) for id_, name, number in rows]


def _years_without_calendar(today: date) -> list[int]:
    """This year, and the next one from October on, when nothing is known of them."""
    wanted = [today.year, *([today.year + 1] if today.month >= 10 else [])]
    return [
        year
        for year in wanted
        if not db.session.scalar(
            select(func.count(CalendarDay.id)).where(
                CalendarDay.day.between(date(year, 1, 1), date(year, 12, 31))
            )
        )
    ]
