"""Difficulties (khó khăn, vướng mắc) and risks (rủi ro) of the workstreams, and what they block."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.extensions import Base
from tracker.lib.risk import RiskBand, band, level
from tracker.models.enums import RiskKind, Treatment
from tracker.models.groups import Group, Workstream
from tracker.models.people import Person
from tracker.models.types import Moment, code_of


class Risk(Base):
    """An entry of the register: a risk, or a difficulty. Its code never changes.

    `happened_on` is the day a risk came true and became a difficulty, which keeps the likelihood
    and impact it was judged by. An entry is open until `closed_on`; none is ever deleted.
    """

    __tablename__ = "risks"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("working_groups.id"))
    workstream_id: Mapped[int] = mapped_column(ForeignKey("workstreams.id"), index=True)
    code: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[RiskKind] = mapped_column(code_of(RiskKind))
    title: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    likelihood: Mapped[int | None]
    impact: Mapped[int | None]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"), index=True)
    treatment: Mapped[Treatment | None] = mapped_column(code_of(Treatment))
    response: Mapped[str] = mapped_column(default="")
    review_on: Mapped[date | None]
    happened_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    outcome: Mapped[str] = mapped_column(default="")
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    created_at: Mapped[datetime] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)

    group: Mapped[Group] = relationship(lazy="raise_on_sql")
    workstream: Mapped[Workstream] = relationship(lazy="raise_on_sql")
    owner: Mapped[Person | None] = relationship(foreign_keys=[owner_id], lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        CheckConstraint("likelihood BETWEEN 1 AND 5", name="likelihood_on_scale"),
        CheckConstraint("impact BETWEEN 1 AND 5", name="impact_on_scale"),
        CheckConstraint(
            "kind <> 'risk' OR (likelihood IS NOT NULL AND impact IS NOT NULL)", name="risk_judged"
        ),
        Index("ix_risks_group_id_closed_on", "group_id", "closed_on"),
    )

    @property
    def is_open(self) -> bool:
        """Whether it still stands."""
        return self.closed_on is None

    @property
    def level(self) -> int | None:
        """Likelihood × impact, also of a difficulty that was a risk; else None."""
        if self.likelihood is None or self.impact is None:
            return None
        return level(self.likelihood, self.impact)

    @property
    def band(self) -> RiskBand | None:
        """What the level amounts to."""
        return None if self.level is None else band(self.level)


class Blocking(Base):
    """An entry of the register blocks a task or a milestone, of any strand of its group."""

    __tablename__ = "blockings"

    id: Mapped[int] = mapped_column(primary_key=True)
    risk_id: Mapped[int] = mapped_column(ForeignKey("risks.id"))
    task_id: Mapped[int | None] = mapped_column(ForeignKey("tasks.id"), index=True)
    milestone_id: Mapped[int | None] = mapped_column(ForeignKey("milestones.id"), index=True)

    __table_args__ = (
        UniqueConstraint("risk_id", "task_id"),
        UniqueConstraint("risk_id", "milestone_id"),
        CheckConstraint("(task_id IS NULL) <> (milestone_id IS NULL)", name="one_item"),
    )
