"""What leads declare about their workstreams, beside what is computed from the plan."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.extensions import Base
from tracker.lib.health import Health
from tracker.models.groups import Workstream
from tracker.models.people import Person
from tracker.models.types import Moment, code_of


class Declaration(Base):
    """How a workstream stood in the judgement of its lead, in a sentence. Rows are only added.

    `computed` is what the plan said at that moment, so that a declaration that was better than its
    facts is known as one for ever. `recovery` is what is done about being late.
    """

    __tablename__ = "declarations"

    id: Mapped[int] = mapped_column(primary_key=True)
    workstream_id: Mapped[int] = mapped_column(ForeignKey("workstreams.id"))
    health: Mapped[Health] = mapped_column(code_of(Health))
    computed: Mapped[Health] = mapped_column(code_of(Health))
    sentence: Mapped[str]
    recovery: Mapped[str] = mapped_column(default="")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    at: Mapped[datetime] = mapped_column(Moment)

    workstream: Mapped[Workstream] = relationship(lazy="raise_on_sql")
    person: Mapped[Person | None] = relationship(lazy="raise_on_sql")

    __table_args__ = (Index("ix_declarations_workstream_id_at", "workstream_id", "at"),)

    @property
    def group_id(self) -> int:
        """The group of its workstream: whose history it belongs to."""
        return self.workstream.group_id
