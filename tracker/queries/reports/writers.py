"""What is written in a report right now, by whom, and what changes meanwhile besides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from tracker.extensions import db
from tracker.models import Change, Report
from tracker.queries.history import since_version

# Texts save themselves every few seconds: who stored nothing for so long does not write now.
WRITING = timedelta(minutes=2)
LATELY = 1000


@dataclass(frozen=True)
class Writer:
    """Somebody who changed a text of a report, and when."""

    person_id: int | None
    name: str
    text: str
    at: datetime


def writing(report: Report, at: datetime) -> Sequence[Writer]:
    """Who wrote lately, each with the text they were at last; the latest first."""
    changes = db.session.scalars(
        select(Change)
        .options(joinedload(Change.person))
        .where(
            Change.kind == "report",
            Change.subject_id == report.id,
            Change.field == "narrative",
            Change.at > at - WRITING,
        )
        .order_by(Change.id.desc())
    )
    found: dict[int | None, Writer] = {}
    for change in changes:
        for one in _writers(change):
            found.setdefault(change.person_id, one)
    return list(found.values())


def rewritten(report: Report, seen: int) -> Mapping[str, Writer]:
    """By text, who changed it last since the report had that version."""
    if seen >= report.version:
        return {}
    changes = since_version("report", report.id, seen)
    return {one.text: one for change in changes for one in _writers(change)}


def revision() -> tuple[int, int]:
    """Another one after any change but of a text: those are stored every few seconds, and what a
    report tells of the plan stays as it is.

    The number of the last changes counts too, for one with a lower id may be stored later.
    """
    is_text = (Change.kind == "report") & (Change.field == "narrative")
    newest = select(Change.id).where(~is_text).order_by(Change.id.desc()).limit(1)
    last = db.session.scalar(newest) or 0
    lately = select(func.count()).where(Change.id > last - LATELY, ~is_text)
    return last, db.session.scalar(lately) or 0


def _writers(change: Change) -> list[Writer]:
    if change.field != "narrative" or not isinstance(change.new, dict):
        return []
    name = change.person.full_name if change.person else ""
    return [Writer(change.person_id, name, text, change.at) for text in change.new]
