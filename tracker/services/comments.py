"""What can be said about a task, a milestone, a deliverable or a risk."""

from tracker.errors import RuleViolationError
from tracker.extensions import db
from tracker.lib.text import nfc
from tracker.models import Comment, Deliverable, Milestone, Risk, Task
from tracker.services import history
from tracker.services.act import Act

LONGEST = 20_000


def write(about: Task | Milestone | Deliverable | Risk, body: str, *, by: Act) -> Comment:
    """Say something, in Markdown."""
    body = _checked(body)
    comment = Comment(
        task_id=about.id if isinstance(about, Task) else None,
        milestone_id=about.id if isinstance(about, Milestone) else None,
        deliverable_id=about.id if isinstance(about, Deliverable) else None,
        risk_id=about.id if isinstance(about, Risk) else None,
        author_id=by.person_id,
        body=body,
        at=by.at,
    )
    db.session.add(comment)
    return comment


def edit(comment: Comment, body: str, *, by: Act, seen: int | None = None) -> None:
    """Put something otherwise; the former words stay in the history."""
    wanted = history.merged(comment, {"body": _checked(body)}, seen=seen)
    if history.change(comment, wanted, by=by):
        comment.edited_at = by.at


def remove(comment: Comment, *, by: Act) -> None:
    """Take something back; that it was said stays in the history."""
    history.change(comment, {"deleted_at": by.at}, by=by)


def _checked(body: str) -> str:
    body = nfc(body).strip()
    if not body:
        raise RuleViolationError("comment_empty")
    if len(body) > LONGEST:
        raise RuleViolationError("comment_too_long", longest=LONGEST)
    return body
