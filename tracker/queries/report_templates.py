"""Word files of the organisation that reports are laid out by."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ScalarSelect, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload, undefer

from tracker.extensions import db
from tracker.models import Report, ReportRecord, ReportRegime, ReportTemplate
from tracker.queries import settings
from tracker.queries.choices import Choice


@dataclass(frozen=True)
class Line:
    """A template, and how many regimes and reports go by it."""

    template: ReportTemplate
    regimes: int
    reports: int
    is_default: bool


def listing() -> list[Line]:
    """All of them by name, those in use first."""
    regimes = _counted(ReportRegime.template_id)
    reports = _counted(Report.template_id)
    chosen = default_id()
    query = (
        select(ReportTemplate, regimes, reports)
        .options(joinedload(ReportTemplate.uploaded_by))
        .order_by(ReportTemplate.is_active.desc(), ReportTemplate.name, ReportTemplate.id)
    )
    return [
        Line(template, of_regimes, of_reports, template.id == chosen)
        for template, of_regimes, of_reports in db.session.execute(query)
    ]


def _counted(column: InstrumentedAttribute[int | None]) -> ScalarSelect[int]:
    return (
        select(func.count())
        .where(column == ReportTemplate.id)
        .correlate(ReportTemplate)
        .scalar_subquery()
    )


def find(template_id: int) -> ReportTemplate | None:
    """The template with its file."""
    query = (
        select(ReportTemplate)
        .where(ReportTemplate.id == template_id)
        .options(undefer(ReportTemplate.content), joinedload(ReportTemplate.uploaded_by))
    )
    return db.session.scalar(query)


def same(sha256: str) -> ReportTemplate | None:
    """The template that is the same file."""
    return db.session.scalar(select(ReportTemplate).where(ReportTemplate.sha256 == sha256))


def is_taken(name: str) -> bool:
    """Whether a template is called that."""
    query = select(ReportTemplate.id).where(ReportTemplate.name == name)
    return db.session.scalar(query) is not None


def choices(*, also: int | None = None) -> Sequence[Choice]:
    """Those that can be chosen, by name, `also` one that was retired meanwhile; the shipped
    layout is always there and has no id.
    """
    query = (
        select(ReportTemplate.id, ReportTemplate.name)
        .where(or_(ReportTemplate.is_active, ReportTemplate.id == also))
        .order_by(ReportTemplate.name, ReportTemplate.id)
    )
    return [Choice(*row) for row in db.session.execute(query)]


def content_of(report: Report, record: ReportRecord | None) -> bytes | None:
    """The file that a record of the report is laid out by, or the report while it is written; also
    one that is no longer offered. None is the shipped layout.
    """
    said = record or report
    query = select(ReportTemplate.content).where(ReportTemplate.id == said.template_id)
    return db.session.scalar(query)


def id_of(regime: ReportRegime) -> int | None:
    """The template that reports of the regime begin with; None is the shipped layout."""
    if regime.is_laid_out_as_shipped:
        return None
    return regime.template_id or default_id()


def default_content() -> bytes | None:
    """The file of the default; None is the shipped layout."""
    query = select(ReportTemplate.content).where(ReportTemplate.id == default_id())
    return db.session.scalar(query)


def default_id() -> int | None:
    """The template of reports whose regime names none; None is the shipped layout."""
    value = settings.get(settings.REPORT_TEMPLATE, {}).get("template_id")
    return value if isinstance(value, int) else None
