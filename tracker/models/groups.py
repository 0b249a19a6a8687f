"""Working groups, their four workstreams and their people."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.extensions import Base
from tracker.models.enums import Role, Strand
from tracker.models.people import Person, Unit
from tracker.models.types import Json, Moment, code_of


class Group(Base):
    """A working group (tổ công tác). Its key never changes."""

    __tablename__ = "working_groups"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    name_en: Mapped[str | None]
    decision_number: Mapped[str | None]
    decision_date: Mapped[date | None]
    is_restricted: Mapped[bool] = mapped_column(default=False)
    needs_approval: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class Counter(Base):
    """The last number given in a group for a kind of thing; numbers are never reused."""

    __tablename__ = "counters"

    group_id: Mapped[int] = mapped_column(ForeignKey("working_groups.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    last: Mapped[int] = mapped_column(default=0)


class Workstream(Base):
    """A group × a strand (cấu phần)."""

    __tablename__ = "workstreams"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("working_groups.id"))
    strand: Mapped[Strand] = mapped_column(code_of(Strand))

    group: Mapped[Group] = relationship(lazy="raise_on_sql")

    __table_args__ = (UniqueConstraint("group_id", "strand"),)


class Membership(Base):
    """What a person is in a group, from a day to a day; kept for ever.

    `strands` is a list of strand values; an empty one means all four.
    """

    __tablename__ = "memberships"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("working_groups.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)
    role: Mapped[Role] = mapped_column(code_of(Role))
    strands: Mapped[list[str]] = mapped_column(Json, default=list)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    decision_number: Mapped[str | None]
    version: Mapped[int] = mapped_column(default=1)

    group: Mapped[Group] = relationship(lazy="raise_on_sql")
    person: Mapped[Person] = relationship(lazy="raise_on_sql")
    unit: Mapped[Unit | None] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (Index("ix_memberships_group_id_starts_on", "group_id", "starts_on"),)


class Summary(Base):
    """The facts of a workstream as its health is judged by; kept with every change.

    `facts` holds no lateness, so that it stays true over midnight.
    """

    __tablename__ = "summaries"

    workstream_id: Mapped[int] = mapped_column(ForeignKey("workstreams.id"), primary_key=True)
    facts: Mapped[dict[str, object]] = mapped_column(Json)
    revision: Mapped[int] = mapped_column(default=1, index=True)
