"""Whether a file is ours: one that was made here, one made here and changed since, or another."""

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tracker.extensions import db
from tracker.lib.embedded import Mark, mark_in
from tracker.models import Report, ReportFile, ReportRecord
from tracker.policies import reports as may
from tracker.policies.actor import Actor


class Outcome(StrEnum):
    """What a file turned out to be."""

    INTACT = "intact"
    ALTERED = "altered"
    FOREIGN = "foreign"


@dataclass(frozen=True)
class Finding:
    """What is known of a file; of a report that the actor may not see no more than that it is ours.

    `record` is the revision it belongs to, as far as one is known; a draft has none. `file` is how
    it left this place, where it is intact.
    """

    outcome: Outcome
    sha256: str
    size: int
    report: Report | None = None
    record: ReportRecord | None = None
    file: ReportFile | None = None

    @property
    def is_hidden(self) -> bool:
        """Whether it is of a report that the actor may not see."""
        return self.outcome is not Outcome.FOREIGN and self.report is None


def verify(actor: Actor, content: bytes) -> Finding:
    """Told by the digest of all of it; if nobody made it here, by the mark inside."""
    digest = sha256(content).hexdigest()
    file = _made_here(digest)
    if file is not None:
        report = _seen(actor, file.report_id)
        if report is None:
            return Finding(Outcome.INTACT, digest, len(content))
        return Finding(Outcome.INTACT, digest, len(content), report, file.record, file)
    mark = mark_in(content)
    if mark is None:
        return Finding(Outcome.FOREIGN, digest, len(content))
    report, record = _seen(actor, mark.report_id), _frozen(mark)
    if report is None and record is None:  # a number alone tells nobody that there is a report
        return Finding(Outcome.FOREIGN, digest, len(content))
    shown = record if report is not None else None
    return Finding(Outcome.ALTERED, digest, len(content), report, shown)


def _made_here(digest: str) -> ReportFile | None:
    return db.session.scalar(
        select(ReportFile)
        .options(joinedload(ReportFile.record))
        .where(ReportFile.sha256 == digest)
        .order_by(ReportFile.record_id.desc().nulls_last(), ReportFile.id.desc())
        .limit(1)
    )


def _seen(actor: Actor, report_id: int) -> Report | None:
    return db.session.scalar(
        select(Report)
        .options(joinedload(Report.group), joinedload(Report.unit))
        .where(Report.id == report_id, may.visible_to(actor))
    )


def _frozen(mark: Mark) -> ReportRecord | None:
    """What was submitted with those figures and words, at last."""
    return db.session.scalar(
        select(ReportRecord)
        .where(
            ReportRecord.report_id == mark.report_id,
            ReportRecord.sha256.startswith(mark.digest),
        )
        .order_by(ReportRecord.id.desc())
        .limit(1)
    )
