"""Review meetings: who sat in them, what was said in them, and the minutes that were issued."""

from datetime import date, datetime, time

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.extensions import Base
from tracker.models.enums import EntryKind, MeetingState, Presence
from tracker.models.groups import Group, Workstream
from tracker.models.people import Person
from tracker.models.plan import Task
from tracker.models.types import Json, Moment, code_of


class Meeting(Base):
    """A meeting that goes through the groups, with a director in the chair.

    It is about the groups of `MeetingGroup`; about all where it has none. `revision` is that of
    the minutes being written: 0 for 1.0, and one more each time they are opened again.
    """

    __tablename__ = "meetings"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    held_on: Mapped[date] = mapped_column(index=True)
    begins: Mapped[time | None]
    place: Mapped[str] = mapped_column(default="")
    chair_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    state: Mapped[MeetingState] = mapped_column(code_of(MeetingState), default=MeetingState.PLANNED)
    started_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    revision: Mapped[int] = mapped_column(default=0)
    reopened_for: Mapped[str] = mapped_column(default="")
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    created_at: Mapped[datetime] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)

    chair: Mapped[Person] = relationship(foreign_keys=[chair_id], lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}

    @property
    def is_ahead(self) -> bool:
        """Whether it is still to be held, or being held."""
        return self.state in {MeetingState.PLANNED, MeetingState.RUNNING}

    @property
    def is_issued(self) -> bool:
        """Whether its minutes are out, so that nothing of it changes."""
        return self.state is MeetingState.ISSUED

    @property
    def is_open(self) -> bool:
        """Whether something can still be recorded."""
        return self.state in {MeetingState.RUNNING, MeetingState.ENDED}


class MeetingGroup(Base):
    """A group that the meeting is about."""

    __tablename__ = "meeting_groups"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), primary_key=True)
    group_id: Mapped[int] = mapped_column(
        ForeignKey("working_groups.id"), primary_key=True, index=True
    )


class MeetingRecorder(Base):
    """Somebody who records for the chair, and is named beside them."""

    __tablename__ = "meeting_recorders"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), primary_key=True, index=True)


class Attendance(Base):
    """Whether somebody was there: a person we know, or a guest by name."""

    __tablename__ = "attendances"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"), index=True)
    name: Mapped[str]
    post: Mapped[str] = mapped_column(default="")
    presence: Mapped[Presence] = mapped_column(code_of(Presence), default=Presence.PRESENT)
    version: Mapped[int] = mapped_column(default=1)

    meeting: Mapped[Meeting] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (UniqueConstraint("meeting_id", "person_id"),)


class MeetingEntry(Base):
    """Something recorded in a meeting, under one item of its agenda.

    `uid` is made where it was typed, so that what is sent twice is recorded once. `item` names what
    was on the screen (`workstream:12`), empty for the meeting as a whole; `group_id` decides who
    may read the entry. A decision is that of `decision_id`, a directive that of `task_id`.
    """

    __tablename__ = "meeting_entries"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    kind: Mapped[EntryKind] = mapped_column(code_of(EntryKind))
    item: Mapped[str] = mapped_column(default="")
    group_id: Mapped[int | None] = mapped_column(ForeignKey("working_groups.id"))
    workstream_id: Mapped[int | None] = mapped_column(ForeignKey("workstreams.id"))
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decisions.id"), index=True)
    task_id: Mapped[int | None] = mapped_column(ForeignKey("tasks.id"), index=True)
    text: Mapped[str]
    # Who typed it, and the director in whose name: the chair, but for a note.
    person_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    created_at: Mapped[datetime] = mapped_column(Moment)
    struck_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)

    meeting: Mapped[Meeting] = relationship(lazy="raise_on_sql")
    group: Mapped[Group | None] = relationship(lazy="raise_on_sql")
    workstream: Mapped[Workstream | None] = relationship(lazy="raise_on_sql")
    task: Mapped[Task | None] = relationship(lazy="raise_on_sql")
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id], lazy="raise_on_sql")
    decided_by: Mapped[Person | None] = relationship(
        foreign_keys=[decided_by_id], lazy="raise_on_sql"
    )

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (Index("ix_meeting_entries_meeting_id_id", "meeting_id", "id"),)


class MeetingMinutes(Base):
    """Minutes as they were issued: the facts they are rendered from, never changed again.

    Number and date are the clerk's. `revision` 0 is called 1.0; `reason` says why there is another.
    """

    __tablename__ = "meeting_minutes"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    revision: Mapped[int]
    document_number: Mapped[str]
    document_date: Mapped[date]
    reason: Mapped[str] = mapped_column(default="")
    facts: Mapped[dict[str, object]] = mapped_column(Json, deferred=True)
    sha256: Mapped[str]
    issued_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    issued_at: Mapped[datetime] = mapped_column(Moment)

    meeting: Mapped[Meeting] = relationship(lazy="raise_on_sql")
    issued_by: Mapped[Person | None] = relationship(lazy="raise_on_sql")

    __table_args__ = (UniqueConstraint("meeting_id", "revision"),)

    @property
    def name(self) -> str:
        """The revision as it is called: 1.0, 1.1, …"""
        return f"1.{self.revision}"
