"""One tick of the worker, every minute: promise the night's work, begin the reports whose figures
were closed, then keep what is due.
"""

import logging
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from tracker.adapters import database
from tracker.config import Config
from tracker.extensions import db
from tracker.jobs import drafts, mail, night
from tracker.models import OutboxItem
from tracker.queries import outbox as read
from tracker.services import notifications, outbox

log = logging.getLogger("tracker.jobs")


def tick(config: Config, *, at: datetime) -> int:
    """Do all that is due; returns how many things were done. Two workers share the work."""
    _note(at)
    begun = drafts.begin(at=at)
    with database.reading():
        waiting = () if config.smtp_url else notifications.MAILS
        items = read.due(at, without=waiting)
        db.session.commit()  # ends the reader's transaction
    mails = [item for item in items if item.kind in notifications.MAILS]
    done = begun + sum(_do(item, at) for item in items if item.kind == night.KIND)
    return done + mail.deliver(mails, config, at=at)


def _note(at: datetime) -> None:
    outbox.note_tick(at=at)
    db.session.commit()
    night.plan(at=at)
    try:
        db.session.commit()
    except IntegrityError:  # another worker promised it in the same moment
        db.session.rollback()


def _do(item: OutboxItem, at: datetime) -> int:
    mine = outbox.claim([item], at=at)
    db.session.commit()
    if not mine:
        return 0
    try:
        night.work(at=at)
    except Exception as error:  # the worker must live; the error is kept and shown
        db.session.rollback()
        log.exception("night work failed")
        outbox.failed(item, repr(error), at=at)
        db.session.commit()
        return 0
    outbox.done(item, at=at)
    db.session.commit()
    return 1
