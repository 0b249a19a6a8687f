"""A report that was written, and the files that were made of it."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, undefer

from tracker.extensions import db
from tracker.models import Group, Report, ReportFile
from tracker.policies import reports as may
from tracker.policies.actor import Actor

DRAFT = "draft"


def find(actor: Actor, report_id: int, *, to_change: bool = False) -> Report | None:
    """The report with its group and author, if the actor may see it.

    `to_change` makes who else wants to change it wait, as saving by itself and a button may meet,
    and reads it anew if it was read before.
    """
    query = (
        select(Report)
        .options(joinedload(Report.group), joinedload(Report.person), joinedload(Report.regime))
        .where(Report.id == report_id, may.visible_to(actor))
    )
    if to_change:
        query = query.with_for_update(of=Report).execution_options(populate_existing=True)
    return db.session.scalar(query)


def draft_of(group: Group | None, period: str) -> Report | None:
    """The report of that group (or of all) and period that is still being written."""
    return db.session.scalar(
        select(Report)
        .where(
            Report.group_id == group.id if group else Report.group_id.is_(None),
            Report.period == period,
            Report.state == DRAFT,
        )
        .order_by(Report.id.desc())
        .limit(1)
    )


def files(report: Report) -> Sequence[ReportFile]:
    """What was made of the report, the latest first; without the content."""
    return db.session.scalars(
        select(ReportFile).where(ReportFile.report_id == report.id).order_by(ReportFile.id.desc())
    ).all()


def file(report: Report, file_id: int) -> ReportFile | None:
    """A file of the report with its content."""
    return db.session.scalar(
        select(ReportFile)
        .options(undefer(ReportFile.content))
        .where(ReportFile.report_id == report.id, ReportFile.id == file_id)
    )
