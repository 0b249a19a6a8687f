"""Directives: tasks that a director gave (ý kiến chỉ đạo, nhiệm vụ giao)."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.extensions import Base
from tracker.lib.dates import local_day
from tracker.models.enums import TaskStatus
from tracker.models.people import Person
from tracker.models.plan import Task
from tracker.models.types import Moment


class Directive(Base):
    """Who gave the task, and when; the task itself says what, to whom, until when, by which paper.

    One that was recalled stays as a record of what had been said; its task is dropped.
    """

    __tablename__ = "directives"

    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"), primary_key=True)
    given_by_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    given_at: Mapped[datetime] = mapped_column(Moment)
    recalled_at: Mapped[datetime | None] = mapped_column(Moment)
    recalled_why: Mapped[str | None]

    task: Mapped[Task] = relationship(lazy="raise_on_sql")
    given_by: Mapped[Person] = relationship(lazy="raise_on_sql")

    __table_args__ = (Index("ix_directives_given_by_id_given_at", "given_by_id", "given_at"),)

    @property
    def id(self) -> int:
        """What the history knows it by: it has no number besides its task's."""
        return self.task_id

    @property
    def given_on(self) -> date:
        """The day in Viet Nam."""
        return local_day(self.given_at)

    @property
    def recalled_on(self) -> date | None:
        """The day in Viet Nam."""
        return local_day(self.recalled_at) if self.recalled_at else None

    def is_recalled(self, task: Task) -> bool:
        """Whether it is, and nobody has taken the work up again since."""
        return self.recalled_at is not None and task.status is TaskStatus.DROPPED
