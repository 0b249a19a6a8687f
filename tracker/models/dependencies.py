"""What waits for what."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.extensions import Base
from tracker.models.plan import Milestone, Task
from tracker.models.types import Moment

Key = tuple[str, int]


class Dependency(Base):
    """One item waits for another (finish to start).

    The successor is not before the predecessor and `lag` working days. Either end is a task or a
    milestone, of any strand and group. The link counts while neither end lies in the trash.
    """

    __tablename__ = "dependencies"

    id: Mapped[int] = mapped_column(primary_key=True)
    predecessor_task_id: Mapped[int | None] = mapped_column(ForeignKey("tasks.id"))
    predecessor_milestone_id: Mapped[int | None] = mapped_column(ForeignKey("milestones.id"))
    successor_task_id: Mapped[int | None] = mapped_column(ForeignKey("tasks.id"), index=True)
    successor_milestone_id: Mapped[int | None] = mapped_column(
        ForeignKey("milestones.id"), index=True
    )
    lag: Mapped[int] = mapped_column(default=0)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    created_at: Mapped[datetime] = mapped_column(Moment)

    # Two NULLs are never equal, so each pair is unique among the links of its own kind.
    __table_args__ = (
        UniqueConstraint("predecessor_task_id", "successor_task_id"),
        UniqueConstraint("predecessor_task_id", "successor_milestone_id"),
        UniqueConstraint("predecessor_milestone_id", "successor_task_id"),
        UniqueConstraint("predecessor_milestone_id", "successor_milestone_id"),
        CheckConstraint(
            "(predecessor_task_id IS NULL) <> (predecessor_milestone_id IS NULL)",
            name="one_predecessor",
        ),
        CheckConstraint(
            "(successor_task_id IS NULL) <> (successor_milestone_id IS NULL)",
            name="one_successor",
        ),
        CheckConstraint("predecessor_task_id <> successor_task_id", name="not_own_task"),
        CheckConstraint(
            "predecessor_milestone_id <> successor_milestone_id", name="not_own_milestone"
        ),
        CheckConstraint("lag >= 0", name="lag_not_negative"),
    )

    @property
    def predecessor(self) -> Key:
        """What is waited for, by kind and id."""
        return _key(self.predecessor_task_id, self.predecessor_milestone_id)

    @property
    def successor(self) -> Key:
        """What waits, by kind and id."""
        return _key(self.successor_task_id, self.successor_milestone_id)


def key_of(thing: Task | Milestone) -> Key:
    """The item as the ends of links name it."""
    return ("task" if isinstance(thing, Task) else "milestone", thing.id)


def _key(task_id: int | None, milestone_id: int | None) -> Key:
    return ("task", task_id) if task_id is not None else ("milestone", milestone_id or 0)
