"""Begins the reports whose figures were closed, each once however many workers there are."""

import logging
from datetime import datetime

from tracker.adapters import database
from tracker.extensions import db
from tracker.lib.dates import local_day
from tracker.queries import owed
from tracker.queries import regimes as read
from tracker.services import regimes as do
from tracker.services.act import Act

log = logging.getLogger("tracker.jobs")
CAUSE = "cut_off"


def begin(*, at: datetime) -> int:
    """Make the drafts that are missing, each in a transaction of its own; returns how many.

    One that fails holds no other up, and is tried again the next minute.
    """
    with database.reading():
        missing = [(regime.id, period) for regime, period in owed.missing(local_day(at))]
        db.session.commit()  # ends the reader's transaction
    by = Act(person_id=None, at=at, cause=CAUSE)
    begun = 0
    for regime_id, period in missing:
        try:
            regime = read.find(regime_id, to_change=True)
            if regime is not None and not read.has_report(regime, period.word):
                begun += do.begin(regime, period, by=by) is not None
            db.session.commit()
        except Exception:
            db.session.rollback()
            fields = {"regime": regime_id, "period": period.word}
            log.exception("a draft was not made", extra={"fields": fields})
    return begun
