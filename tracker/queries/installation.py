"""What the installation itself is like: for the one who starts it or looks after it."""

from collections.abc import Sequence

from sqlalchemy import extract, func, select

from tracker.extensions import db
from tracker.models import Account, CalendarDay


def demo_addresses() -> list[str]:
    """What the demo accounts sign in with; empty where no demo was loaded."""
    return list(
        db.session.scalars(
            select(Account.email)
            .where(Account.is_demo, Account.is_active)
            .order_by(Account.is_administrator.desc(), Account.is_director.desc(), Account.id)
        )
    )


def years_without_holidays(years: Sequence[int]) -> list[int]:
    """Those years of which no holiday is known."""
    year = extract("year", CalendarDay.day)
    found = select(year).where(CalendarDay.is_working.is_(False), year.in_(list(years))).distinct()
    known = {int(value) for value in db.session.scalars(found)}
    return [wanted for wanted in years if wanted not in known]


def has_administrator() -> bool:
    """Whether anybody can look after the tracker by the browser."""
    return bool(
        db.session.scalar(
            select(func.count())
            .select_from(Account)
            .where(Account.is_administrator, Account.is_active)
        )
    )
