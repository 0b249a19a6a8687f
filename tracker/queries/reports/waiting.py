"""The reports whose next step is a person's."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tracker.extensions import db
from tracker.models import Report, ReportState
from tracker.policies import reports as may
from tracker.policies.actor import Actor

MOST = 20
ON_THE_WAY = (ReportState.SUBMITTED, ReportState.RETURNED, ReportState.APPROVED)


def waiting(actor: Actor) -> Sequence[Report]:
    """What waits to be approved, mended or issued by them, the longest first.

    An administrator could do it all, but it waits for them only by their post.
    """
    by_post = replace(actor, is_administrator=False)
    found = db.session.scalars(
        select(Report)
        .options(joinedload(Report.group), joinedload(Report.unit))
        .where(Report.state.in_(ON_THE_WAY), may.visible_to(actor))
        .order_by(Report.updated_at, Report.id)
    )
    return [report for report in found if _is_next(by_post, report)][:MOST]


def _is_next(actor: Actor, report: Report) -> bool:
    match report.state:
        case ReportState.SUBMITTED:
            return may.approve(actor, report.group)
        case ReportState.APPROVED:
            return may.issue(actor, report.group)
    return report.person_id == actor.person_id
