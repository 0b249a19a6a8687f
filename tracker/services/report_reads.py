"""Keeping who has read what was issued."""

from contextlib import suppress

from sqlalchemy.exc import IntegrityError

from tracker.extensions import db
from tracker.models import ReportRead
from tracker.services.act import Act


def remember(record_id: int, *, by: Act) -> None:
    """Keep that somebody has read it; only the first time counts, also when two come at once."""
    if by.person_id is None:
        return
    with suppress(IntegrityError), db.session.begin_nested():
        db.session.add(ReportRead(record_id=record_id, person_id=by.person_id, read_at=by.at))
