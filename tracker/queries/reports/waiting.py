"""The reports whose next step is a person's, and the files that were made for them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import aliased, joinedload

from tracker.extensions import db
from tracker.models import Report, ReportExport, ReportRecord, ReportState
from tracker.models.enums import ExportState
from tracker.policies import reports as may
from tracker.policies.actor import Actor

MOST = 20
ON_THE_WAY = (ReportState.SUBMITTED, ReportState.RETURNED, ReportState.APPROVED)


@dataclass(frozen=True)
class Waiting:
    """The reports, the longest first, and how many files can be fetched or have failed."""

    reports: Sequence[Report]
    made: int
    failed: int


def waiting(actor: Actor) -> Waiting:
    """What waits to be approved, mended or issued by them, and what they asked for and have not
    fetched.

    An administrator could do it all, but it waits for them only by their post.
    """
    by_post = replace(actor, is_administrator=False)
    rows = db.session.execute(
        select(Report, ReportExport.state)
        .outerjoin(ReportExport, and_(ReportExport.report_id == Report.id, *_to_fetch(actor)))
        .options(joinedload(Report.group), joinedload(Report.unit))
        .where(
            or_(Report.state.in_(ON_THE_WAY), ReportExport.id.is_not(None)), may.visible_to(actor)
        )
        .order_by(Report.updated_at, Report.id)
    ).all()
    reports = dict.fromkeys(report for report, _state in rows if _is_next(by_post, report))
    states = [state for _report, state in rows]
    return Waiting(
        list(reports)[:MOST],
        made=states.count(ExportState.DONE),
        failed=states.count(ExportState.FAILED),
    )


def _is_next(actor: Actor, report: Report) -> bool:
    match report.state:
        case ReportState.SUBMITTED:
            return may.approve(actor, report.group)
        case ReportState.RETURNED:
            return report.person_id == actor.person_id
        case ReportState.APPROVED:
            return may.issue(actor, report.group)
    return False


def _to_fetch(actor: Actor) -> Sequence[ColumnElement[bool]]:
    """What the person asked for: neither the paper that is made of what they issued, nor what
    they asked for again.
    """
    later = aliased(ReportExport)
    of_issue = exists().where(
        ReportRecord.id == ReportExport.record_id,
        ReportRecord.issued_at == ReportExport.created_at,
    )
    again = exists().where(
        later.person_id == ReportExport.person_id,
        later.id > ReportExport.id,
        later.report_id == ReportExport.report_id,
        later.format == ReportExport.format,
        later.language == ReportExport.language,
    )
    return (
        ReportExport.person_id == actor.person_id,
        ReportExport.state.in_((ExportState.DONE, ExportState.FAILED)),
        ~of_issue,
        ~again,
    )
