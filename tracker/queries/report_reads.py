"""Who has read a report that was issued, and when for the first time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import joinedload

from tracker.extensions import db
from tracker.models import Person, Report, ReportRead, ReportRecord


@dataclass(frozen=True)
class Reading:
    """Somebody's first look at a revision."""

    person: Person
    revision: str
    at: datetime


def has_read(record_id: int, person_id: int) -> bool:
    """Whether it is known already."""
    known = exists().where(ReportRead.record_id == record_id, ReportRead.person_id == person_id)
    return bool(db.session.scalar(select(known)))


def readings(report: Report) -> Sequence[Reading]:
    """Every first look at a revision of the report, the latest first."""
    rows = db.session.execute(
        select(ReportRead, ReportRecord)
        .join(ReportRecord, ReportRecord.id == ReportRead.record_id)
        .options(joinedload(ReportRead.person).joinedload(Person.unit))
        .where(ReportRecord.report_id == report.id)
        .order_by(ReportRead.read_at.desc(), ReportRead.id.desc())
    )
    return [Reading(read.person, record.name, read.read_at) for read, record in rows]
