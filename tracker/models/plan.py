"""The plan: milestones and tasks, and what people say about them."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.extensions import Base
from tracker.models.enums import Pillar, Priority, TaskStatus
from tracker.models.groups import Group, Workstream
from tracker.models.people import Person, Unit
from tracker.models.types import Moment, code_of


class Milestone(Base):
    """A point of the plan with a baseline, a forecast and, once closed, an actual date."""

    __tablename__ = "milestones"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("working_groups.id"))
    workstream_id: Mapped[int] = mapped_column(ForeignKey("workstreams.id"))
    code: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    baseline: Mapped[date | None]
    forecast: Mapped[date | None]
    closed_on: Mapped[date | None]
    evidence: Mapped[str | None]
    evidence_date: Mapped[date | None]
    stage_code: Mapped[str | None]
    position: Mapped[int] = mapped_column(default=0)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    created_at: Mapped[datetime] = mapped_column(Moment)
    # Kept beside it for speed; None: not since `created_at` (see `queries.confirmations`).
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment)
    deleted_at: Mapped[datetime | None] = mapped_column(Moment)
    trash_id: Mapped[int | None] = mapped_column(ForeignKey("trash.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)

    group: Mapped[Group] = relationship(lazy="raise_on_sql")
    workstream: Mapped[Workstream] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        Index("ix_milestones_workstream_id_position", "workstream_id", "position"),
        Index("ix_milestones_group_id", "group_id"),
    )

    @property
    def expected(self) -> date | None:
        """When it was or will be reached, as far as is known."""
        return self.closed_on or self.forecast or self.baseline

    @property
    def slip(self) -> int | None:
        """Days that the forecast (or the actual date) lies after the baseline."""
        if self.baseline is None or self.expected is None:
            return None
        return (self.expected - self.baseline).days


class Task(Base):
    """A piece of work (nhiệm vụ). Its code never changes; its strand is its milestone's."""

    __tablename__ = "tasks"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("working_groups.id"))
    workstream_id: Mapped[int] = mapped_column(ForeignKey("workstreams.id"))
    milestone_id: Mapped[int | None] = mapped_column(ForeignKey("milestones.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("tasks.id"))
    code: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    lead_unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    assigning_document: Mapped[str | None]
    assigning_date: Mapped[date | None]
    assigning_item: Mapped[str | None]
    start: Mapped[date | None]
    due: Mapped[date | None]
    forecast: Mapped[date | None]
    finished_on: Mapped[date | None]
    submitted_on: Mapped[date | None]
    result: Mapped[str | None]
    progress: Mapped[int] = mapped_column(default=0)
    priority: Mapped[Priority] = mapped_column(code_of(Priority), default=Priority.NORMAL)
    status: Mapped[TaskStatus] = mapped_column(code_of(TaskStatus), default=TaskStatus.TODO)
    status_since: Mapped[date]
    pillar: Mapped[Pillar | None] = mapped_column(code_of(Pillar))
    position: Mapped[int] = mapped_column(default=0)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    created_at: Mapped[datetime] = mapped_column(Moment)
    # Kept beside it for speed; None: not since `created_at` (see `queries.confirmations`).
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment)
    deleted_at: Mapped[datetime | None] = mapped_column(Moment)
    trash_id: Mapped[int | None] = mapped_column(ForeignKey("trash.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)

    group: Mapped[Group] = relationship(lazy="raise_on_sql")
    workstream: Mapped[Workstream] = relationship(lazy="raise_on_sql")
    milestone: Mapped[Milestone | None] = relationship(lazy="raise_on_sql")
    parent: Mapped["Task | None"] = relationship(remote_side=[id], lazy="raise_on_sql")
    owner: Mapped[Person | None] = relationship(foreign_keys=[owner_id], lazy="raise_on_sql")
    lead_unit: Mapped[Unit | None] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        Index(
            "ix_tasks_workstream_id_milestone_id_position",
            "workstream_id",
            "milestone_id",
            "position",
        ),
        Index("ix_tasks_group_id_due", "group_id", "due"),
        # What stands on the days of a month, over all groups, without a look at the rows.
        *(
            Index(
                f"ix_tasks_{day}_standing",
                *(day, "status", "group_id", "workstream_id"),
                postgresql_where=text("deleted_at IS NULL"),
                sqlite_where=text("deleted_at IS NULL"),
            )
            for day in ("due", "forecast")
        ),
        Index(
            "ix_tasks_parent_id",
            "parent_id",
            postgresql_where=text("parent_id IS NOT NULL"),
            sqlite_where=text("parent_id IS NOT NULL"),
        ),
        Index("ix_tasks_owner_id_status_due", "owner_id", "status", "due"),
        Index("ix_tasks_milestone_id", "milestone_id"),
        # Few tasks wait for approval at a time; every page counts those that wait for its reader.
        Index(
            "ix_tasks_group_id_in_review",
            "group_id",
            postgresql_where=text("status = 'review'"),
            sqlite_where=text("status = 'review'"),
        ),
    )

    @property
    def is_clear(self) -> bool:
        """The "5 rõ": a person, a piece of work, a time, a result, a responsible unit."""
        return all((self.owner_id, self.title, self.due, self.result, self.lead_unit_id))


class CooperatingUnit(Base):
    """A unit that works with the lead unit on a task."""

    __tablename__ = "cooperating_units"

    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), primary_key=True, index=True)
    position: Mapped[int] = mapped_column(default=0)

    unit: Mapped[Unit] = relationship(lazy="raise_on_sql")


class Participant(Base):
    """A person with whom a task is shared: may update it as its owner may."""

    __tablename__ = "participants"

    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), primary_key=True, index=True)

    person: Mapped[Person] = relationship(lazy="raise_on_sql")


class Comment(Base):
    """What somebody said about a task, a milestone, a deliverable or a risk, in Markdown."""

    __tablename__ = "comments"

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int | None] = mapped_column(ForeignKey("tasks.id"), index=True)
    milestone_id: Mapped[int | None] = mapped_column(ForeignKey("milestones.id"), index=True)
    deliverable_id: Mapped[int | None] = mapped_column(ForeignKey("deliverables.id"), index=True)
    risk_id: Mapped[int | None] = mapped_column(ForeignKey("risks.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    body: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)
    edited_at: Mapped[datetime | None] = mapped_column(Moment)
    deleted_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)

    author: Mapped[Person] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}


class Confirmation(Base):
    """Somebody said "vẫn đúng": the item is still as it stands."""

    __tablename__ = "confirmations"

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int | None] = mapped_column(ForeignKey("tasks.id"))
    milestone_id: Mapped[int | None] = mapped_column(ForeignKey("milestones.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    at: Mapped[datetime] = mapped_column(Moment)

    __table_args__ = (
        Index("ix_confirmations_task_id_at", "task_id", "at"),
        Index("ix_confirmations_milestone_id_at", "milestone_id", "at"),
    )


class Trash(Base):
    """One deletion: what went together comes back together, within 30 days."""

    __tablename__ = "trash"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("working_groups.id"), index=True)
    kind: Mapped[str]
    code: Mapped[str]
    title: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    at: Mapped[datetime] = mapped_column(Moment)
    restored_at: Mapped[datetime | None] = mapped_column(Moment)
    purged_at: Mapped[datetime | None] = mapped_column(Moment)

    person: Mapped[Person | None] = relationship(lazy="raise_on_sql")


class Baseline(Base):
    """An approval of the plan of a group, with its document; none is ever lost."""

    __tablename__ = "baselines"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("working_groups.id"))
    number: Mapped[int]
    document_number: Mapped[str]
    document_date: Mapped[date]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    approved_at: Mapped[datetime] = mapped_column(Moment)

    approved_by: Mapped[Person | None] = relationship(lazy="raise_on_sql")

    __table_args__ = (UniqueConstraint("group_id", "number"),)


class BaselineItem(Base):
    """A milestone or task as it was approved."""

    __tablename__ = "baseline_items"

    id: Mapped[int] = mapped_column(primary_key=True)
    baseline_id: Mapped[int] = mapped_column(ForeignKey("baselines.id"), index=True)
    kind: Mapped[str]
    subject_id: Mapped[int]
    code: Mapped[str]
    title: Mapped[str]
    strand: Mapped[str]
    start: Mapped[date | None]
    due: Mapped[date | None]

    __table_args__ = (Index("ix_baseline_items_kind_subject_id", "kind", "subject_id"),)
