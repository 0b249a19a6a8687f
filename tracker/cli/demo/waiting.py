"""What a move of the story pushed: the same cascade as behind the forms."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from tracker.models import Milestone, Task
from tracker.policies.actor import Actor
from tracker.queries import cascades as read
from tracker.services import cascades
from tracker.services.act import Act, Why

# In the story everybody agreed, so nothing is held back.
EVERYBODY = Actor(person_id=0, person_name="", is_administrator=True)


@contextmanager
def pushing(thing: Task | Milestone, day: date, *, why: Why, by: Act) -> Iterator[None]:
    """Move along what waits for the thing, once it has moved."""
    found = read.of(EVERYBODY, thing, day)
    yield
    cascades.push(thing, found, why=why, by=by)
