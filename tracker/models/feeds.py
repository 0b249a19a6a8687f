"""Calendar feeds: addresses that calendar programs read, each with a secret of its own."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.extensions import Base
from tracker.models.enums import FeedScope
from tracker.models.groups import Group
from tracker.models.people import Account
from tracker.models.types import Moment, code_of


class CalendarFeed(Base):
    """What an account lets its calendar program read. Only the hash of the secret is kept.

    `last_read_on` is the day of the last reading, written at most once a day.
    """

    __tablename__ = "calendar_feeds"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    scope: Mapped[FeedScope] = mapped_column(code_of(FeedScope))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("working_groups.id"))
    with_tasks: Mapped[bool]
    language: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)
    last_read_on: Mapped[date | None]

    account: Mapped[Account] = relationship(lazy="raise_on_sql")
    group: Mapped[Group | None] = relationship(lazy="raise_on_sql")

    __table_args__ = (CheckConstraint("(scope = 'group') = (group_id IS NOT NULL)", name="scope"),)
