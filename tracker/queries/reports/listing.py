"""A report that was written, and the files that were made of it."""

from collections.abc import Sequence
from hashlib import sha256

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload, undefer

from tracker.errors import RuleViolationError
from tracker.extensions import db
from tracker.models import Report, ReportFile, ReportRecord
from tracker.policies import reports as may
from tracker.policies.actor import Actor
from tracker.queries.reports.scope import Scope


def find(actor: Actor, report_id: int, *, to_change: bool = False) -> Report | None:
    """The report with its group and author, if the actor may see it.

    `to_change` makes who else wants to change it wait, as saving by itself and a button may meet,
    and reads it anew if it was read before.
    """
    query = (
        select(Report)
        .options(
            joinedload(Report.group),
            joinedload(Report.unit),
            joinedload(Report.person),
            joinedload(Report.regime),
        )
        .where(Report.id == report_id, may.visible_to(actor))
    )
    if to_change:
        query = query.with_for_update(of=Report).execution_options(populate_existing=True)
    return db.session.scalar(query)


def of_period(scope: Scope, period: str) -> Report | None:
    """The last report of that group or unit (or of all) on that period, however far it has come."""
    return db.session.scalar(
        select(Report)
        .where(
            Report.group_id == scope.group_id,
            Report.unit_id == scope.unit_id,
            Report.period == period,
        )
        .order_by(Report.id.desc())
        .limit(1)
    )


def files(report: Report) -> Sequence[ReportFile]:
    """What was kept of the report, the latest first; without the content."""
    return _stored(ReportFile.report_id == report.id)


def file(report: Report, file_id: int) -> ReportFile | None:
    """A file of the report with its content, and the record it was made from."""
    return db.session.scalar(
        select(ReportFile)
        .options(undefer(ReportFile.content), joinedload(ReportFile.record))
        .where(ReportFile.report_id == report.id, ReportFile.id == file_id)
    )


def content_of(file: ReportFile) -> bytes | None:
    """What was kept of it, as it was; None where only the digest was, or is by now."""
    if file.content is not None and sha256(file.content).hexdigest() != file.sha256:
        raise RuleViolationError("file_altered", name=file.file_name)
    return file.content


def intact_files(record: ReportRecord) -> Sequence[ReportFile]:
    """What was stored of the record and is as it was, the latest first; looked at one by one."""
    return [one for one in _stored(ReportFile.record_id == record.id) if _is_intact(one)]


def _stored(of: ColumnElement[bool]) -> Sequence[ReportFile]:
    kept = select(ReportFile).where(of, ReportFile.content.is_not(None))
    return db.session.scalars(kept.order_by(ReportFile.id.desc())).all()


def _is_intact(file: ReportFile) -> bool:
    content = db.session.scalar(select(ReportFile.content).where(ReportFile.id == file.id))
    return sha256(content or b"").hexdigest() == file.sha256


def issued_file(record: ReportRecord | None, format_name: str, language: str) -> ReportFile | None:
    """The file as it was first taken from the record, if that was issued; with its content."""
    if record is None or record.issued_at is None:
        return None
    return db.session.scalar(
        select(ReportFile)
        .options(undefer(ReportFile.content))
        .where(
            ReportFile.record_id == record.id,
            ReportFile.format == format_name,
            ReportFile.language == language,
            ReportFile.content.is_not(None),
            ReportFile.created_at >= record.issued_at,  # earlier ones bear no number
        )
        .order_by(ReportFile.id)
        .limit(1)
    )
