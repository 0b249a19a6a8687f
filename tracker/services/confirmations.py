"""Saying "vẫn đúng": an item is still as it stands."""

from tracker.extensions import db
from tracker.models import Confirmation, Milestone, Task
from tracker.services.act import Act


def confirm(item: Task | Milestone, *, by: Act) -> Confirmation:
    """Record that the person confirmed the item now."""
    confirmation = Confirmation(
        task_id=item.id if isinstance(item, Task) else None,
        milestone_id=item.id if isinstance(item, Milestone) else None,
        person_id=by.person_id,
        at=by.at,
    )
    db.session.add(confirmation)
    return confirmation
