"""Decisions wanted of a director (kiến nghị, xin ý kiến), and what a person put off looking at."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.extensions import Base
from tracker.models.enums import DecisionState
from tracker.models.groups import Group
from tracker.models.people import Person
from tracker.models.plan import Milestone, Task
from tracker.models.types import Json, Moment, code_of

_OPEN = text("state = 'open'")


class Decision(Base):
    """A question put to a director, by when it is wanted, and what was decided.

    `recommended` and `chosen` are places in `options`, from 0. `decided_by_id` is who decided,
    `answered_by_id` who wrote it down, which in a meeting is somebody else. An answer is never
    overwritten; the number and date of its document may follow later.
    """

    __tablename__ = "decisions"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("working_groups.id"), index=True)
    code: Mapped[str] = mapped_column(unique=True)
    question: Mapped[str]
    background: Mapped[str] = mapped_column(default="")
    options: Mapped[list[str]] = mapped_column(Json, default=list)
    recommended: Mapped[int | None]
    wanted_from_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    wanted_by: Mapped[date]
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    asked_at: Mapped[datetime] = mapped_column(Moment)
    state: Mapped[DecisionState] = mapped_column(code_of(DecisionState), default=DecisionState.OPEN)
    answer: Mapped[str] = mapped_column(default="")
    chosen: Mapped[int | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    decided_on: Mapped[date | None]
    document_number: Mapped[str | None]
    document_date: Mapped[date | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    withdrawn_because: Mapped[str | None]
    withdrawn_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    group: Mapped[Group] = relationship(lazy="raise_on_sql")
    wanted_from: Mapped[Person] = relationship(foreign_keys=[wanted_from_id], lazy="raise_on_sql")
    asked_by: Mapped[Person | None] = relationship(foreign_keys=[asked_by_id], lazy="raise_on_sql")
    decided_by: Mapped[Person | None] = relationship(
        foreign_keys=[decided_by_id], lazy="raise_on_sql"
    )
    answered_by: Mapped[Person | None] = relationship(
        foreign_keys=[answered_by_id], lazy="raise_on_sql"
    )

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        # Few wait at a time, and every board counts them.
        Index("ix_decisions_group_id_open", "group_id", postgresql_where=_OPEN, sqlite_where=_OPEN),
    )

    @property
    def is_open(self) -> bool:
        """Nobody has answered yet, and nobody has taken the question back."""
        return self.state is DecisionState.OPEN


class DecisionLink(Base):
    """A task or a milestone that stalls until the decision."""

    __tablename__ = "decision_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decisions.id"))
    task_id: Mapped[int | None] = mapped_column(ForeignKey("tasks.id"), index=True)
    milestone_id: Mapped[int | None] = mapped_column(ForeignKey("milestones.id"), index=True)

    task: Mapped[Task | None] = relationship(lazy="raise_on_sql")
    milestone: Mapped[Milestone | None] = relationship(lazy="raise_on_sql")

    __table_args__ = (
        CheckConstraint("(task_id IS NULL) <> (milestone_id IS NULL)", name="one_item"),
        UniqueConstraint("decision_id", "task_id"),
        UniqueConstraint("decision_id", "milestone_id"),
    )


class AttentionHide(Base):
    """That a person did not want something shown among what needs attention, until a day.

    The last one of a subject counts; with a day that has come it is shown again.

    `subject` names it (`lib.attention.Item.subject`), `gravity` is how bad it was then: when it
    gets worse it comes back before the day. Whose it is alone sees it, with its note.
    """

    __tablename__ = "attention_hides"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    subject: Mapped[str]
    until: Mapped[date]
    note: Mapped[str]
    gravity: Mapped[list[int]] = mapped_column(Json)
    at: Mapped[datetime] = mapped_column(Moment)

    __table_args__ = (Index("ix_attention_hides_person_id_subject", "person_id", "subject"),)
