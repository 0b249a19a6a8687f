"""Programmes (chương trình): named sets of groups, for who looks over many of them."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from tracker.extensions import Base


class Programme(Base):
    """A set of groups under one name; a group may stand in several, or in none."""

    __tablename__ = "programmes"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_en: Mapped[str | None]
    position: Mapped[int] = mapped_column(default=0)
    is_retired: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class ProgrammeGroup(Base):
    """A group stands in a programme."""

    __tablename__ = "programme_groups"

    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"), primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("working_groups.id"), primary_key=True)
