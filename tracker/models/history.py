"""The record of every change. It can only grow: triggers refuse everything but INSERT."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.extensions import Base
from tracker.models.enums import MoveReason
from tracker.models.people import Person
from tracker.models.types import Json, Moment, code_of

# That a change tells what became of a task: an index holds these alone, few among many. To be
# used, it must be asked for in these words. The kind is hidden from SQLite, which would rather
# read the changes of all tasks than those of the days asked for.
TELLS_FATE = text(
    "kind || '' = 'task' AND (field IN ('created', 'trashed', 'restored', 'finished_on')"
    " OR field = 'status' AND (CAST(new AS VARCHAR) = '\"dropped\"'"
    " OR CAST(old AS VARCHAR) = '\"dropped\"'))"
)


class Change(Base):
    """One field of one thing: what it was, what it is, who, when, by what cause and why.

    `field` is a column's name, or `created` (new = all values), `trashed`, `restored`, `purged`.
    `old` and `new` are JSON: dates as ISO text, references as ids, enums as their values.
    `cause` names what brought the change about: `web`, `cli`, `import:7`, `undo:7`, `demo`, …
    """

    __tablename__ = "history"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    cause: Mapped[str]
    kind: Mapped[str]
    subject_id: Mapped[int]
    group_id: Mapped[int | None] = mapped_column(ForeignKey("working_groups.id"))
    field: Mapped[str]
    old: Mapped[object] = mapped_column(Json, nullable=True)
    new: Mapped[object] = mapped_column(Json, nullable=True)
    # The thing's version once the change is stored: tells what came after a form was opened.
    version: Mapped[int | None]
    reason: Mapped[MoveReason | None] = mapped_column(code_of(MoveReason))
    sentence: Mapped[str | None]
    agreed_by: Mapped[str | None]

    person: Mapped[Person | None] = relationship(lazy="raise_on_sql")

    __table_args__ = (
        Index("ix_history_kind_subject_id_at", "kind", "subject_id", "at"),
        Index("ix_history_group_id_at", "group_id", "at"),
        Index("ix_history_at", "at"),
        Index(
            "ix_history_fates",
            "at",
            "subject_id",
            sqlite_where=TELLS_FATE,
            postgresql_where=TELLS_FATE,
        ),
    )
