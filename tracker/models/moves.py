"""Every move of a date, as rows to be counted: what the slip ledger is made of."""

from datetime import date

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.extensions import Base
from tracker.models.enums import MoveReason
from tracker.models.groups import Workstream
from tracker.models.history import Change
from tracker.models.people import Unit
from tracker.models.types import code_of


class DateMove(Base):
    """A change of the history that moved a date, with typed days.

    Written with the change, so that nobody reads JSON to sum days up; who, when exactly, the cause
    and the sentence are the change's. Place and unit are those of the item when the date moved.
    `from_day` and `to_day` are what counted before and after: a forecast that nobody had given is
    the date of the plan.
    """

    __tablename__ = "date_moves"

    change_id: Mapped[int] = mapped_column(ForeignKey("history.id"), primary_key=True)
    kind: Mapped[str]
    subject_id: Mapped[int]
    code: Mapped[str]
    group_id: Mapped[int] = mapped_column(ForeignKey("working_groups.id"))
    workstream_id: Mapped[int] = mapped_column(ForeignKey("workstreams.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    field: Mapped[str]
    from_day: Mapped[date]
    to_day: Mapped[date]
    days: Mapped[int]
    moved_on: Mapped[date]
    reason: Mapped[MoveReason | None] = mapped_column(code_of(MoveReason))

    change: Mapped[Change] = relationship(lazy="raise_on_sql")
    workstream: Mapped[Workstream] = relationship(lazy="raise_on_sql")
    unit: Mapped[Unit | None] = relationship(lazy="raise_on_sql")

    __table_args__ = (
        Index("ix_date_moves_moved_on", "moved_on"),
        Index("ix_date_moves_group_id_moved_on", "group_id", "moved_on"),
    )
