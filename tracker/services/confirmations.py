"""Saying "vẫn đúng": an item is still as it stands."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import or_, update
from sqlalchemy.orm.attributes import set_committed_value

from tracker.errors import RuleViolationError
from tracker.extensions import db
from tracker.models import Confirmation, Milestone, Task
from tracker.queries import confirmations as read
from tracker.services import history
from tracker.services.act import Act


def confirm(item: Task | Milestone, *, by: Act, seen: int | None = None) -> Confirmation:
    """Record that the person confirmed the item now. Its version stays: nothing was edited.

    `seen` is the version that was looked at: nobody vouches for what was changed since.
    """
    if seen is not None and seen != item.version:
        raise RuleViolationError("confirmed_unseen", code=item.code)
    confirmation = Confirmation(
        task_id=item.id if isinstance(item, Task) else None,
        milestone_id=item.id if isinstance(item, Milestone) else None,
        person_id=by.person_id,
        at=by.at,
    )
    db.session.add(confirmation)
    _keep(item, by.at)
    history.touch(item)
    return confirmation


def _keep(item: Task | Milestone, at: datetime) -> None:
    """Past the session, which would count a version up."""
    table = type(item)
    is_later = or_(table.confirmed_at.is_(None), table.confirmed_at < at)
    later = update(table).where(table.id == item.id, is_later).values(confirmed_at=at)
    db.session.execute(later, execution_options={"synchronize_session": False})
    set_committed_value(item, "confirmed_at", max(item.confirmed_at or at, at))


def retell(items: Iterable[Task | Milestone], *, without: int) -> None:
    """Find anew when each was last confirmed, once the word of that import is taken back."""
    told = list(items)
    said = read.ledger({item.group_id for item in told})
    for item in told:
        item.confirmed_at = said.last(read.key_of(item), without=without)
