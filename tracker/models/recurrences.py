"""Work that comes again, and the instances made of it."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.extensions import Base
from tracker.lib.recurrence import Anchor, Frequency, Rule, Shift, name
from tracker.models.groups import Group, Workstream
from tracker.models.people import Person, Unit
from tracker.models.plan import Milestone, Task
from tracker.models.types import Moment, code_of


class Recurrence(Base):
    """What is to be done again and again, from when until when, and how long before it is due.

    `counts_from` is the first day of the rule of which an instance is still made: it moves on when
    a pause ends, for what fell into the pause is not caught up with.
    """

    __tablename__ = "recurrences"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("working_groups.id"), index=True)
    workstream_id: Mapped[int] = mapped_column(ForeignKey("workstreams.id"))
    milestone_id: Mapped[int | None] = mapped_column(ForeignKey("milestones.id"))
    title: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    result: Mapped[str | None]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    lead_unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    frequency: Mapped[Frequency] = mapped_column(code_of(Frequency))
    anchor: Mapped[Anchor] = mapped_column(code_of(Anchor), default=Anchor.DAY)
    day: Mapped[int | None]
    nth: Mapped[int | None]
    weekday: Mapped[int | None]
    month: Mapped[int | None]
    shift: Mapped[Shift] = mapped_column(code_of(Shift), default=Shift.NEXT)
    lead_days: Mapped[int] = mapped_column(default=0)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    counts_from: Mapped[date]
    is_paused: Mapped[bool] = mapped_column(default=False)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    created_at: Mapped[datetime] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)

    group: Mapped[Group] = relationship(lazy="raise_on_sql")
    workstream: Mapped[Workstream] = relationship(lazy="raise_on_sql")
    milestone: Mapped[Milestone | None] = relationship(lazy="raise_on_sql")
    owner: Mapped[Person | None] = relationship(foreign_keys=[owner_id], lazy="raise_on_sql")
    lead_unit: Mapped[Unit | None] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}

    @property
    def name(self) -> str:
        """What it is called whatever the period."""
        return name(self.title)

    @property
    def rule(self) -> Rule:
        """When it is due."""
        return Rule(
            frequency=self.frequency,
            anchor=self.anchor,
            day=self.day,
            nth=self.nth,
            weekday=self.weekday,
            month=self.month,
            shift=self.shift,
        )


class Occurrence(Base):
    """An instance that was made: the day by the rule, and the task.

    The day keeps an instance from being made twice, also when its task was moved or is long gone.
    """

    __tablename__ = "occurrences"

    recurrence_id: Mapped[int] = mapped_column(ForeignKey("recurrences.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    due: Mapped[date]
    task_id: Mapped[int | None] = mapped_column(ForeignKey("tasks.id"), unique=True)

    recurrence: Mapped[Recurrence] = relationship(lazy="raise_on_sql")
    task: Mapped[Task | None] = relationship(lazy="raise_on_sql")
