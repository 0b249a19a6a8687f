"""What the templates of a request for an extension take, wherever it is shown."""

from tracker.models import Milestone, Task
from tracker.policies import extension_requests as may
from tracker.queries import extension_requests as read
from tracker.web import clock
from tracker.web.authorization import actor


def of_item(item: Task | Milestone) -> dict[str, object]:
    """For `extension_requests/_fact.html`: what waits about the item, and what may be done."""
    line = read.open_line(item, clock.today())
    return {
        "extension": line,
        "may_ask": line is None and read.may_be_asked(item) and may.ask(actor(), item),
        "may_answer": line is not None and may.answer(actor(), item),
    }
