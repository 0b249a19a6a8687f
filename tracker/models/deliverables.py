"""Deliverables (sản phẩm) of the strands, and the stages each kind of them passes through.

Kinds and stages are data: shipped with the tracker, edited by an administrator (ADR 0018).
"""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.extensions import Base
from tracker.lib.stages import StageRole, WindowUnit
from tracker.models.enums import Relation, Strand
from tracker.models.groups import Group, Workstream
from tracker.models.people import Person, Unit
from tracker.models.types import Json, Moment, code_of


class DeliverableKind(Base):
    """A kind of deliverable, such as TCVN or CMC, and where its stages are known from.

    `is_verified` is false for a route nobody has held against its source yet; pages say so.
    """

    __tablename__ = "deliverable_kinds"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    name_en: Mapped[str | None]
    strand: Mapped[Strand] = mapped_column(code_of(Strand))
    source: Mapped[str | None]
    is_verified: Mapped[bool] = mapped_column(default=False)
    is_retired: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class Stage(Base):
    """A stage of a kind. `window` is how long a deliverable stays in it at the least."""

    __tablename__ = "stages"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind_id: Mapped[int] = mapped_column(ForeignKey("deliverable_kinds.id"))
    code: Mapped[str]
    name: Mapped[str]
    name_en: Mapped[str | None]
    position: Mapped[int] = mapped_column(default=0)
    role: Mapped[StageRole] = mapped_column(code_of(StageRole), default=StageRole.ROUTE)
    is_repeatable: Mapped[bool] = mapped_column(default=False)
    window: Mapped[int | None]
    window_unit: Mapped[WindowUnit | None] = mapped_column(code_of(WindowUnit))
    window_source: Mapped[str | None]
    is_retired: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    kind: Mapped[DeliverableKind] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (UniqueConstraint("kind_id", "code"),)


class Deliverable(Base):
    """What a workstream brings forth: a standard, a CMC, a scheme … Its code never changes.

    `stage_id`, `stage_on` and `iteration` repeat the last standing row of `stage_moves`, for
    lists; `stage_on` is empty where only the stage is known. `source_id` names the record of an
    outside register that it follows, such as `iso:88821`.
    """

    __tablename__ = "deliverables"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("working_groups.id"))
    workstream_id: Mapped[int] = mapped_column(ForeignKey("workstreams.id"))
    kind_id: Mapped[int] = mapped_column(ForeignKey("deliverable_kinds.id"))
    code: Mapped[str] = mapped_column(unique=True)
    reference: Mapped[str | None]
    title: Mapped[str]
    title_en: Mapped[str | None]
    relation: Mapped[Relation | None] = mapped_column(code_of(Relation))
    based_on: Mapped[str | None]
    replaces: Mapped[str | None]
    ics: Mapped[str | None]
    committee: Mapped[str | None]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"), index=True)
    lead_unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    note: Mapped[str] = mapped_column(default="")
    source_id: Mapped[str | None]
    stage_id: Mapped[int | None] = mapped_column(ForeignKey("stages.id"))
    stage_on: Mapped[date | None]
    iteration: Mapped[int] = mapped_column(default=1)
    folded: Mapped[str] = mapped_column(default="")
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    created_at: Mapped[datetime] = mapped_column(Moment)
    deleted_at: Mapped[datetime | None] = mapped_column(Moment)
    trash_id: Mapped[int | None] = mapped_column(ForeignKey("trash.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)

    group: Mapped[Group] = relationship(lazy="raise_on_sql")
    workstream: Mapped[Workstream] = relationship(lazy="raise_on_sql")
    kind: Mapped[DeliverableKind] = relationship(lazy="raise_on_sql")
    stage: Mapped[Stage | None] = relationship(lazy="raise_on_sql")
    owner: Mapped[Person | None] = relationship(foreign_keys=[owner_id], lazy="raise_on_sql")
    lead_unit: Mapped[Unit | None] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        Index("ix_deliverables_group_id_kind_id_stage_id", "group_id", "kind_id", "stage_id"),
        Index("ix_deliverables_workstream_id", "workstream_id"),
        Index("ix_deliverables_kind_id_stage_id", "kind_id", "stage_id"),
        Index("ix_deliverables_source_id", "source_id"),
    )


class StageMove(Base):
    """A deliverable came to a stage. Only ever added to: a mistake is taken back by a further row.

    `stage_id` is empty where taking back leaves no stage at all. `iteration` counts the visits of
    the stage. A row with `corrects_id` takes that row back and says where the deliverable stands
    again.
    """

    __tablename__ = "stage_moves"

    id: Mapped[int] = mapped_column(primary_key=True)
    deliverable_id: Mapped[int] = mapped_column(ForeignKey("deliverables.id"), index=True)
    stage_id: Mapped[int | None] = mapped_column(ForeignKey("stages.id"))
    iteration: Mapped[int] = mapped_column(default=1)
    on: Mapped[date | None]
    document_number: Mapped[str | None]
    note: Mapped[str | None]
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("stage_moves.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    at: Mapped[datetime] = mapped_column(Moment)

    stage: Mapped[Stage | None] = relationship(lazy="raise_on_sql")
    person: Mapped[Person | None] = relationship(lazy="raise_on_sql")


class StageMilestone(Base):
    """The milestone that was made for a stage of a deliverable."""

    __tablename__ = "stage_milestones"

    milestone_id: Mapped[int] = mapped_column(ForeignKey("milestones.id"), primary_key=True)
    deliverable_id: Mapped[int] = mapped_column(ForeignKey("deliverables.id"), index=True)
    stage_id: Mapped[int] = mapped_column(ForeignKey("stages.id"))


class DeliverableImport(Base):
    """A file of records on its way into the register of a group.

    `rows` holds what of the file was asked for, until it is applied or discarded.
    """

    __tablename__ = "deliverable_imports"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("working_groups.id"), index=True)
    workstream_id: Mapped[int] = mapped_column(ForeignKey("workstreams.id"))
    kind_id: Mapped[int] = mapped_column(ForeignKey("deliverable_kinds.id"))
    file_name: Mapped[str]
    rows: Mapped[list[dict[str, object]]] = mapped_column(Json, default=list)
    problems: Mapped[list[dict[str, object]]] = mapped_column(Json, default=list)
    counts: Mapped[dict[str, int]] = mapped_column(Json, default=dict)
    state: Mapped[str] = mapped_column(default="draft")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    created_at: Mapped[datetime] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)

    group: Mapped[Group] = relationship(lazy="raise_on_sql")
    workstream: Mapped[Workstream] = relationship(lazy="raise_on_sql")
    kind: Mapped[DeliverableKind] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}
