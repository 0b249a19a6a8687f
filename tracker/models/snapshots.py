"""How every workstream stood at the end of each day, kept as it was judged then."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from tracker.extensions import Base
from tracker.lib.health import Health
from tracker.models.types import Moment, code_of


class SnapshotValue(Base):
    """What snapshots refer to, each different value once: facts of workstreams, rules of days.

    Facts change seldom, so that a night adds few of them. `value` is JSON as `lib.packing` packs
    it, `digest` tells it.
    """

    __tablename__ = "snapshot_values"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(unique=True)
    value: Mapped[bytes]


class Snapshot(Base):
    """All workstreams on a day, as the history had it up to a moment; only ever added.

    `at` is the end of the day for one taken at night or caught up with, else the moment it was
    asked for. `cause` is `night`, `cli` or `report:7`. The last one of a day is how the day ended.
    `rules` are the limits of health and the working calendar of that day.
    """

    __tablename__ = "snapshots"

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(index=True)
    at: Mapped[datetime] = mapped_column(Moment, unique=True)
    cause: Mapped[str]
    rules_id: Mapped[int] = mapped_column(ForeignKey("snapshot_values.id"))


class SnapshotCell(Base):
    """One workstream in a snapshot: what its cell of the board showed.

    What is only counted (trends, comparisons) is in columns; the facts it follows from are in
    `facts`. `open_items` are open tasks and milestones, `fresh_items` those confirmed in time.
    """

    __tablename__ = "snapshot_cells"

    snapshot_id: Mapped[int] = mapped_column(ForeignKey("snapshots.id"), primary_key=True)
    workstream_id: Mapped[int] = mapped_column(ForeignKey("workstreams.id"), primary_key=True)
    health: Mapped[Health] = mapped_column(code_of(Health))
    declared: Mapped[Health | None] = mapped_column(code_of(Health))
    done: Mapped[int]
    total: Mapped[int]
    overdue: Mapped[int]
    blocked: Mapped[int]
    milestones_soon: Mapped[int]
    open_items: Mapped[int]
    fresh_items: Mapped[int]
    facts_id: Mapped[int] = mapped_column(ForeignKey("snapshot_values.id"))
