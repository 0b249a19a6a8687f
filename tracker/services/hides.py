"""What can be done with what needs attention: put it off until a day, and look at it again."""

from datetime import date, timedelta

from tracker.errors import RuleViolationError
from tracker.extensions import db
from tracker.lib.attention import Item
from tracker.lib.text import nfc
from tracker.models import AttentionHide
from tracker.queries import hides as read
from tracker.services.act import Act

LONGEST = timedelta(days=92)


def hide(item: Item, until: date, note: str, *, by: Act) -> AttentionHide:
    """Put it off until the day, for oneself; as bad as it is now, but not worse."""
    if not by.today < until <= by.today + LONGEST:
        raise RuleViolationError("hide_until_wrong", most=LONGEST.days)
    person_id = by.person_id or 0
    hide_ = read.find(person_id, item.subject)
    if hide_ is None:
        hide_ = AttentionHide(person_id=person_id, subject=item.subject)
        db.session.add(hide_)
    hide_.until = until
    hide_.note = nfc(note).strip()
    hide_.gravity = list(item.gravity)
    hide_.at = by.at
    return hide_


def show(subject: str, *, by: Act) -> None:
    """Look at it again from now on; the note stays."""
    hide_ = read.find(by.person_id or 0, subject)
    if hide_ is not None:
        hide_.until = by.today
        hide_.at = by.at
