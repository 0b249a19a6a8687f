"""The demo's directives: tasks of the stories that say `by=` and whose they are.

Two directors give them by several papers; the chairman has others write, for he has no account.
What was given on the day of a meeting is recorded in it.
"""

from typing import TYPE_CHECKING, Any

from tracker.cli.demo import meetings
from tracker.models import Task, Workstream
from tracker.services import directives
from tracker.services.act import Act

if TYPE_CHECKING:
    from tracker.cli.demo.past import Past


def give(
    past: "Past",
    workstream: Workstream,
    title: str,
    giver: str,
    details: dict[str, Any],
    act: Act,
) -> Task:
    """The task with its source; `details` are further fields of what is wanted."""
    wanted = directives.Wanted(workstream=workstream, title=title, **details)
    held = past.meetings.get(act.today - past.shift)
    if held is not None:
        return meetings.direct(held, wanted, by=act)
    return directives.give(wanted, given_by=past.persons[giver].id, by=act)
