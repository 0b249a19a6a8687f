"""What can be done with what needs attention: put it off until a day, and look at it again."""

from datetime import date, timedelta

from sqlalchemy import exists, select

from tracker.errors import RuleViolationError
from tracker.extensions import db
from tracker.lib.attention import Item
from tracker.lib.text import nfc
from tracker.models import AttentionHide
from tracker.services.act import Act

LONGEST = timedelta(days=92)


def hide(item: Item, until: date, note: str, *, by: Act) -> AttentionHide:
    """Put it off until the day, for oneself; as bad as it is now, but not worse."""
    if not by.today < until <= by.today + LONGEST:
        raise RuleViolationError("hide_until_wrong", most=LONGEST.days)
    return _say(item.subject, until, nfc(note).strip(), item.gravity, by)


def show(subject: str, *, by: Act) -> None:
    """Look at it again from now on; of what was never put off nothing is recorded."""
    said = (AttentionHide.person_id == by.person_id, AttentionHide.subject == subject)
    if db.session.scalar(select(exists().where(*said))):
        _say(subject, by.today, "", (), by)


def _say(subject: str, until: date, note: str, gravity: tuple[int, ...], by: Act) -> AttentionHide:
    said = AttentionHide(
        person_id=by.person_id,
        subject=subject,
        until=until,
        note=note,
        gravity=list(gravity),
        at=by.at,
    )
    db.session.add(said)
    return said
