"""Reports: who owes which, what was written, what was frozen, and the files made of it."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.extensions import Base
from tracker.lib.periods import PeriodBasis, PeriodKind
from tracker.lib.regimes import Rule
from tracker.models.enums import (
    Arrangement,
    ExportState,
    Orientation,
    ReportKind,
    ReportState,
    Urgency,
)
from tracker.models.groups import Group
from tracker.models.people import Person, Unit
from tracker.models.types import Json, Moment, code_of


class ReportTemplate(Base):
    """A Word file of an organisation with plain placeholders; the shipped layout has no row."""

    __tablename__ = "report_templates"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    file_name: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    sha256: Mapped[str]
    size: Mapped[int]
    is_active: Mapped[bool] = mapped_column(default=True)
    uploaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    created_at: Mapped[datetime] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)

    uploaded_by: Mapped[Person | None] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}


class ReportRegime(Base):
    """Who owes a report to whom, how often, and by when.

    It is owed by a group, by a unit, or (neither) on all groups. `weekday` (1 is Monday) is the
    cut-off of weekly ones. A custom period closes on `closing_day` (at most the last day) of each
    of `closing_months`. It is to be sent `working_days` after the cut-off, at least one.
    `addressee` and `recipients` are one a line; empty means those of the installation. Without
    `template_id` its reports are laid out by the default, or as shipped whatever that is.
    """

    __tablename__ = "report_regimes"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    kind: Mapped[ReportKind] = mapped_column(code_of(ReportKind), default=ReportKind.PERIODIC)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("working_groups.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    arranged_by: Mapped[Arrangement] = mapped_column(
        code_of(Arrangement), default=Arrangement.GROUP
    )
    addressee: Mapped[str] = mapped_column(default="")
    addressee_en: Mapped[str] = mapped_column(default="")
    recipients: Mapped[str] = mapped_column(default="")
    recipients_en: Mapped[str] = mapped_column(default="")
    period_kind: Mapped[PeriodKind] = mapped_column(code_of(PeriodKind))
    basis: Mapped[PeriodBasis] = mapped_column(code_of(PeriodBasis))
    weekday: Mapped[int | None]
    closing_day: Mapped[int | None]
    closing_months: Mapped[list[int]] = mapped_column(Json, default=list)
    working_days: Mapped[int] = mapped_column(default=1)
    orientation: Mapped[Orientation] = mapped_column(
        code_of(Orientation), default=Orientation.PORTRAIT
    )
    template_id: Mapped[int | None] = mapped_column(ForeignKey("report_templates.id"), index=True)
    is_laid_out_as_shipped: Mapped[bool] = mapped_column(default=False)
    responsible_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"), index=True)
    starts_on: Mapped[date]
    ended_on: Mapped[date | None]
    created_at: Mapped[datetime] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)

    group: Mapped[Group | None] = relationship(lazy="raise_on_sql")
    unit: Mapped[Unit | None] = relationship(lazy="raise_on_sql")
    template: Mapped[ReportTemplate | None] = relationship(lazy="raise_on_sql")
    responsible: Mapped[Person | None] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}

    @property
    def rule(self) -> Rule:
        """Which days a report covers, and by when it is to be sent."""
        return Rule(
            kind=self.period_kind,
            basis=self.basis,
            weekday=self.weekday,
            closing_day=self.closing_day,
            closing_months=tuple(self.closing_months),
            working_days=self.working_days,
        )


class Report(Base):
    """A report of a period: a draft whose facts follow the plan, or one whose facts are frozen.

    `revision` 0 is called 1.0; `reason` says why there is another, `remarks` why it was returned.
    `folded` is what the register is searched by. A regime is owed one report a period.
    """

    __tablename__ = "reports"

    id: Mapped[int] = mapped_column(primary_key=True)
    regime_id: Mapped[int | None] = mapped_column(ForeignKey("report_regimes.id"), index=True)
    kind: Mapped[ReportKind] = mapped_column(code_of(ReportKind), default=ReportKind.PERIODIC)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("working_groups.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    arranged_by: Mapped[Arrangement] = mapped_column(
        code_of(Arrangement), default=Arrangement.GROUP
    )
    orientation: Mapped[Orientation] = mapped_column(
        code_of(Orientation), default=Orientation.PORTRAIT
    )
    urgency: Mapped[Urgency] = mapped_column(code_of(Urgency), default=Urgency.NONE)
    template_id: Mapped[int | None] = mapped_column(ForeignKey("report_templates.id"), index=True)
    period: Mapped[str]
    first_day: Mapped[date]
    last_day: Mapped[date]
    due_on: Mapped[date | None]
    state: Mapped[ReportState] = mapped_column(code_of(ReportState), default=ReportState.DRAFT)
    revision: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str] = mapped_column(default="")
    remarks: Mapped[str] = mapped_column(default="")
    narrative: Mapped[dict[str, str]] = mapped_column(Json, default=dict)
    folded: Mapped[str] = mapped_column(default="")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    created_at: Mapped[datetime] = mapped_column(Moment)
    updated_at: Mapped[datetime] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)

    regime: Mapped[ReportRegime | None] = relationship(lazy="raise_on_sql")
    group: Mapped[Group | None] = relationship(lazy="raise_on_sql")
    unit: Mapped[Unit | None] = relationship(lazy="raise_on_sql")
    template: Mapped[ReportTemplate | None] = relationship(lazy="raise_on_sql")
    person: Mapped[Person | None] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (Index("uq_reports_regime_id_period", "regime_id", "period", unique=True),)

    @property
    def revision_name(self) -> str:
        """The revision as it is called: 1.0, 1.1, …"""
        return f"1.{self.revision}"


class ReportRecord(Base):
    """What a report said when it was submitted, for ever.

    `body` is the facts as JSON lines, compressed; `sha256` is of the lines; `template_id` is the
    layout of its Word file. They, the revision and the submission never change; who approved it,
    and the clerk's number and date, are added once.
    """

    __tablename__ = "report_records"

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"))
    revision: Mapped[int]
    submission: Mapped[int]
    reason: Mapped[str] = mapped_column(default="")
    body: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    sha256: Mapped[str]
    template_id: Mapped[int | None] = mapped_column(ForeignKey("report_templates.id"), index=True)
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    submitted_at: Mapped[datetime] = mapped_column(Moment)
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    approved_at: Mapped[datetime | None] = mapped_column(Moment)
    document_number: Mapped[str] = mapped_column(default="")
    document_date: Mapped[date | None]
    issued_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    issued_at: Mapped[datetime | None] = mapped_column(Moment)

    report: Mapped[Report] = relationship(lazy="raise_on_sql")
    submitted_by: Mapped[Person | None] = relationship(
        foreign_keys=[submitted_by_id], lazy="raise_on_sql"
    )
    approved_by: Mapped[Person | None] = relationship(
        foreign_keys=[approved_by_id], lazy="raise_on_sql"
    )
    issued_by: Mapped[Person | None] = relationship(
        foreign_keys=[issued_by_id], lazy="raise_on_sql"
    )

    __table_args__ = (UniqueConstraint("report_id", "revision", "submission"),)

    @property
    def name(self) -> str:
        """The revision as it is called: 1.0, 1.1, …"""
        return f"1.{self.revision}"


class ReportFile(Base):
    """A file rendered from a report. Those of an issued record are stored as they were served;
    of the others the digest stays, so that a file can still be told to be ours.
    """

    __tablename__ = "report_files"

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"), index=True)
    record_id: Mapped[int | None] = mapped_column(ForeignKey("report_records.id"), index=True)
    format: Mapped[str]
    language: Mapped[str]
    file_name: Mapped[str]
    sha256: Mapped[str] = mapped_column(index=True)
    content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    size: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(Moment)

    record: Mapped[ReportRecord | None] = relationship(lazy="raise_on_sql")


class ReportExport(Base):
    """A file that takes long to make: asked for, made by the worker, fetched when it is done.

    `done` of `total` steps; `step` is the code of the one at hand.
    """

    __tablename__ = "report_exports"

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"), index=True)
    record_id: Mapped[int | None] = mapped_column(ForeignKey("report_records.id"), index=True)
    format: Mapped[str]
    language: Mapped[str]
    state: Mapped[ExportState] = mapped_column(code_of(ExportState), default=ExportState.WAITING)
    step: Mapped[str] = mapped_column(default="")
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(default="")
    file_id: Mapped[int | None] = mapped_column(ForeignKey("report_files.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    created_at: Mapped[datetime] = mapped_column(Moment)
    started_at: Mapped[datetime | None] = mapped_column(Moment)
    finished_at: Mapped[datetime | None] = mapped_column(Moment)

    report: Mapped[Report] = relationship(lazy="raise_on_sql")
    file: Mapped[ReportFile | None] = relationship(lazy="raise_on_sql")

    __table_args__ = (Index("ix_report_exports_person_id_id", "person_id", "id"),)


class ReportRead(Base):
    """That somebody opened a frozen report, or took a file of it away, for the first time."""

    __tablename__ = "report_reads"

    id: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(ForeignKey("report_records.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)
    read_at: Mapped[datetime] = mapped_column(Moment)

    person: Mapped[Person] = relationship(lazy="raise_on_sql")

    __table_args__ = (UniqueConstraint("record_id", "person_id"),)
