"""Units, persons and their accounts. A person is not an account."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.extensions import Base
from tracker.models.types import Moment


class Unit(Base):
    """An organisation or a part of one. Its names are data with a validity date."""

    __tablename__ = "units"

    id: Mapped[int] = mapped_column(primary_key=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    # The name in force today, repeated here because every list shows it.
    name: Mapped[str]
    name_en: Mapped[str | None]
    abbreviation: Mapped[str | None]
    folded: Mapped[str] = mapped_column(index=True)
    sort_key: Mapped[str]
    valid_to: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    parent: Mapped["Unit | None"] = relationship(remote_side=[id], lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}


class UnitName(Base):
    """What a unit was called from a date on, and what its head was titled."""

    __tablename__ = "unit_names"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    valid_from: Mapped[date]
    name: Mapped[str]
    name_en: Mapped[str | None]
    abbreviation: Mapped[str | None]
    head_title: Mapped[str | None]
    head_title_en: Mapped[str | None]

    __table_args__ = (UniqueConstraint("unit_id", "valid_from"),)


class Person(Base):
    """Somebody who works, decides or is named; signs in only with an account."""

    __tablename__ = "persons"

    id: Mapped[int] = mapped_column(primary_key=True)
    full_name: Mapped[str]
    # Given name first, in Vietnamese order; `sort_name` is typed where the derived one is wrong.
    sort_name: Mapped[str | None]
    sort_key: Mapped[str] = mapped_column(index=True)
    folded: Mapped[str] = mapped_column(index=True)
    position: Mapped[str | None]
    email: Mapped[str | None]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    locale: Mapped[str] = mapped_column(default="vi")
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    unit: Mapped[Unit | None] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}


class Account(Base):
    """The right to sign in. `epoch` rises to sign a person out everywhere."""

    __tablename__ = "accounts"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), unique=True)
    email: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str | None]
    is_administrator: Mapped[bool] = mapped_column(default=False)
    is_director: Mapped[bool] = mapped_column(default=False)
    is_active: Mapped[bool] = mapped_column(default=True)
    is_demo: Mapped[bool] = mapped_column(default=False)
    epoch: Mapped[int] = mapped_column(default=0)
    language: Mapped[str] = mapped_column(default="vi")
    theme: Mapped[str] = mapped_column(default="system")
    single_keys: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)

    person: Mapped[Person] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}


class Invitation(Base):
    """A link, sent once, by which a person sets a password. Only its hash is kept."""

    __tablename__ = "invitations"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    purpose: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)

    account: Mapped[Account] = relationship(lazy="raise_on_sql")

    __table_args__ = (CheckConstraint("purpose IN ('invite', 'reset')", name="purpose"),)


class SignInAttempt(Base):
    """A try to sign in, counted to slow guessing down."""

    __tablename__ = "sign_in_attempts"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str]
    address: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)
    succeeded: Mapped[bool]

    __table_args__ = (
        Index("ix_sign_in_attempts_email_at", "email", "at"),
        Index("ix_sign_in_attempts_address_at", "address", "at"),
    )
