"""Requests that an approved date be moved (gia hạn), and what was answered."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.extensions import Base
from tracker.models.enums import ExtensionState, MoveReason
from tracker.models.people import Person
from tracker.models.plan import Milestone, Task
from tracker.models.types import Moment, code_of

_OPEN = text("state = 'open'")


class ExtensionRequest(Base):
    """Somebody asks for a later due date of a task, or forecast of a milestone.

    `old_day` is the date as it stood when it was asked. Of an item there is one open request at a
    time.
    """

    __tablename__ = "extension_requests"

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int | None] = mapped_column(ForeignKey("tasks.id"), index=True)
    milestone_id: Mapped[int | None] = mapped_column(ForeignKey("milestones.id"), index=True)
    old_day: Mapped[date]
    new_day: Mapped[date]
    reason: Mapped[MoveReason] = mapped_column(code_of(MoveReason))
    sentence: Mapped[str]
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    asked_at: Mapped[datetime] = mapped_column(Moment)
    state: Mapped[ExtensionState] = mapped_column(
        code_of(ExtensionState), default=ExtensionState.OPEN
    )
    answer: Mapped[str | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)

    task: Mapped[Task | None] = relationship(lazy="raise_on_sql")
    milestone: Mapped[Milestone | None] = relationship(lazy="raise_on_sql")
    asked_by: Mapped[Person | None] = relationship(foreign_keys=[asked_by_id], lazy="raise_on_sql")
    answered_by: Mapped[Person | None] = relationship(
        foreign_keys=[answered_by_id], lazy="raise_on_sql"
    )

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        CheckConstraint("(task_id IS NULL) <> (milestone_id IS NULL)", name="one_item"),
        Index(
            "uq_extension_requests_task_id_open",
            "task_id",
            unique=True,
            postgresql_where=_OPEN,
            sqlite_where=_OPEN,
        ),
        Index(
            "uq_extension_requests_milestone_id_open",
            "milestone_id",
            unique=True,
            postgresql_where=_OPEN,
            sqlite_where=_OPEN,
        ),
    )

    @property
    def is_open(self) -> bool:
        """Nobody has answered yet."""
        return self.state is ExtensionState.OPEN

    @property
    def item(self) -> Task | Milestone:
        """What it is about."""
        item = self.task if self.task_id is not None else self.milestone
        assert item is not None  # noqa: S101 - one of the two, says the table
        return item
