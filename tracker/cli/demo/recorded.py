"""What the demo's directors decided and gave: in a meeting where one was held that day.

Two directors give tasks by several papers; the chairman has others write, for he has no account.
"""

from tracker.extensions import db
from tracker.models import Decision, Meeting, MeetingEntry, Task
from tracker.services import directives
from tracker.services import meetings as do
from tracker.services.act import Act
from tracker.services.decisions import Answer
from tracker.services.directives import Wanted


def give(held: Meeting | None, wanted: Wanted, giver_id: int, *, by: Act) -> Task:
    """The task with its source."""
    if held is not None:
        return _direct(held, wanted, by=by)
    return directives.give(wanted, given_by=giver_id, by=by)


def decide(meeting: Meeting, decision: Decision, answer: Answer, *, by: Act) -> MeetingEntry:
    """What a group had asked is answered in the meeting."""
    said = do.Said(
        uid=f"demo-{decision.code}",
        text=answer.text or decision.options[answer.chosen or 0],
        item=f"decision:{decision.id}",
        group_id=decision.group_id,
    )
    return do.decide(meeting, said, decision, answer, by=by, seen=None)


def _direct(meeting: Meeting, wanted: Wanted, *, by: Act) -> Task:
    """A directive is given in the meeting."""
    stream = wanted.workstream
    said = do.Said(
        uid=f"demo-{meeting.id}-{wanted.title}",
        text=wanted.title,
        item=f"workstream:{stream.id}",
        group_id=stream.group_id,
        workstream_id=stream.id,
    )
    entry = do.direct(meeting, said, wanted, by=by)
    return db.session.get_one(Task, entry.task_id)
