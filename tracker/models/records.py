"""What the tracker keeps beside the plan: settings, calendar, search, imports, outbox."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.extensions import Base
from tracker.models.groups import Group
from tracker.models.people import Person
from tracker.models.types import Json, Moment


class Setting(Base):
    """A setting an administrator can change, such as the thresholds of health."""

    __tablename__ = "settings"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    value: Mapped[object] = mapped_column(Json, nullable=True)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class CalendarDay(Base):
    """A day that differs from its weekday: a holiday, or a working Saturday."""

    __tablename__ = "calendar_days"

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(unique=True)
    is_working: Mapped[bool]
    name: Mapped[str]
    name_en: Mapped[str | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class SearchEntry(Base):
    """One thing that can be found, with the group that decides who may see it."""

    __tablename__ = "search_entries"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    subject_id: Mapped[int]
    group_id: Mapped[int | None] = mapped_column(ForeignKey("working_groups.id"), index=True)
    code: Mapped[str | None] = mapped_column(index=True)
    title: Mapped[str]
    body: Mapped[str] = mapped_column(default="")
    folded: Mapped[str]

    __table_args__ = (UniqueConstraint("kind", "subject_id"),)


class Import(Base):
    """A plan file on its way in: previewed (draft), confirmed (applied), perhaps undone.

    `group_id` is the group on whose page it began. `answers` holds what people chose in the
    preview and, once applied, which row became what.
    """

    __tablename__ = "imports"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("working_groups.id"), index=True)
    file_name: Mapped[str]
    sha256: Mapped[str]
    plan: Mapped[dict[str, object]] = mapped_column(Json)
    answers: Mapped[dict[str, object]] = mapped_column(Json, default=dict)
    state: Mapped[str] = mapped_column(default="draft")
    counts: Mapped[dict[str, int]] = mapped_column(Json, default=dict)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    created_at: Mapped[datetime] = mapped_column(Moment)
    applied_at: Mapped[datetime | None] = mapped_column(Moment)
    undone_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)

    group: Mapped[Group | None] = relationship(lazy="raise_on_sql")
    person: Mapped[Person | None] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}


class ImportGroup(Base):
    """A group that an import is for: a file may hold the plans of several."""

    __tablename__ = "import_groups"

    import_id: Mapped[int] = mapped_column(ForeignKey("imports.id"), primary_key=True)
    group_id: Mapped[int] = mapped_column(
        ForeignKey("working_groups.id"), primary_key=True, index=True
    )


class OutboxItem(Base):
    """Something to be done once, after the change it was written with. `key` prevents twice."""

    __tablename__ = "outbox"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    payload: Mapped[dict[str, object]] = mapped_column(Json)
    created_at: Mapped[datetime] = mapped_column(Moment)
    due_at: Mapped[datetime] = mapped_column(Moment)
    attempts: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime | None] = mapped_column(Moment)
    last_error: Mapped[str | None]

    __table_args__ = (Index("ix_outbox_done_at_due_at", "done_at", "due_at"),)
