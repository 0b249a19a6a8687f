"""Who acts in the tests of services, and what was recorded of it."""

from sqlalchemy import select

from tests.conftest import NOW
from tracker.extensions import db
from tracker.models import Change
from tracker.services.act import Act
from tracker.services.history import KINDS

BY = Act(person_id=None, at=NOW, cause="cli")


def changes_of(thing):
    """The history of one thing, as it was written."""
    db.session.flush()
    query = select(Change).where(Change.kind == KINDS[type(thing)], Change.subject_id == thing.id)
    return list(db.session.scalars(query.order_by(Change.id)))
