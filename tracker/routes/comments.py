"""What people say about a task, a milestone, a deliverable or a risk."""

from typing import cast

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from tracker import policies as may
from tracker.errors import RuleViolationError, StaleError
from tracker.extensions import db
from tracker.forms.comments import CommentForm
from tracker.models import Comment, Deliverable, Milestone, Risk, Task
from tracker.queries import comments as read
from tracker.queries import deliverables, milestones, plan, risks, tasks
from tracker.services import comments as do
from tracker.web import clock, conflicts, task_page
from tracker.web.authorization import act, actor, authorize
from tracker.web.language import gettext as _
from tracker.web.responses import answer, found, invalid, page, saved

Thing = Task | Milestone | Deliverable | Risk

bp = Blueprint("comments", __name__)
FIELD_OF = {"comment_empty": "body", "comment_too_long": "body"}


@bp.post("/tasks/<code>/comments", defaults={"kind": "task"})
@bp.post("/milestones/<code>/comments", defaults={"kind": "milestone"})
@bp.post("/deliverables/<code>/comments", defaults={"kind": "deliverable"})
@bp.post("/risks/<code>/comments", defaults={"kind": "risk"})
def create(kind: str, code: str) -> ResponseReturnValue:
    """Say something."""
    thing = _thing(kind, code)
    authorize(may.groups.comment(actor(), thing.group))
    form = CommentForm()
    if not form.validate():
        context = task_page.sheet_of(thing, form)
        return invalid(f"{kind}s/show.html", "comments/_stream.html", **context)
    comment = do.write(thing, form.body.data, by=act())
    db.session.commit()
    return _stream(thing, comment, "")


@bp.get("/comments/<int:comment_id>/edit")
def edit(comment_id: int) -> ResponseReturnValue:
    """One's own words, to be put otherwise."""
    comment = _own(comment_id)
    form = CommentForm(obj=comment)
    return page("comments/edit.html", "comments/_edit.html", **_edited(comment, form))


@bp.post("/comments/<int:comment_id>/edit")
def update(comment_id: int) -> ResponseReturnValue:
    """Store the new words; the former ones stay in the history."""
    comment = _own(comment_id)
    form = CommentForm(obj=comment)
    if not form.validate():
        return _again(comment, form)
    thing = _about(comment)
    try:
        do.edit(comment, form.body.data, by=act(), seen=form.version.data)
    except StaleError as error:
        target = f"#{type(thing).__name__.lower()}-{thing.code}-stream"
        return conflicts.ask(form, error, comment, target=target)
    except RuleViolationError as error:
        form.blame(error, FIELD_OF, "body")
        return _again(comment, form)
    db.session.commit()
    return _stream(thing, comment, saved())


@bp.post("/comments/<int:comment_id>/remove")
def destroy(comment_id: int) -> ResponseReturnValue:
    """Take one's own words back."""
    comment = _own(comment_id)
    thing = _about(comment)
    do.remove(comment, by=act())
    db.session.commit()
    return _stream(thing, comment, _("Đã rút lại ý kiến"))


def _thing(kind: str, code: str) -> Thing:
    if kind == "task":
        return found(tasks.find(actor(), code))
    if kind == "deliverable":
        return found(deliverables.find(actor(), code))
    if kind == "risk":
        return found(risks.find(actor(), code))
    return found(milestones.find(actor(), code))


def _own(comment_id: int) -> Comment:
    """A comment on something one may see; only its author goes on."""
    comment = found(read.find(comment_id))
    _about(comment)
    authorize(may.comments.edit(actor(), comment))
    return comment


def _about(comment: Comment) -> Thing:
    return cast("Thing", found(read.thing_of(actor(), comment)))


def _stream(thing: Thing, comment: Comment, said: str) -> ResponseReturnValue:
    """The talk as it stands now."""
    kind = type(thing).__name__.lower()
    address = url_for(f"{kind}s.show", code=thing.code, _anchor=f"comment-{comment.id}")
    talk = task_page.talk(thing)
    if isinstance(thing, Task):
        row = plan.task_row(actor(), thing.code, clock.today())
        return answer("tasks/talked.html", otherwise=address, said=said, row=row, **talk)
    return answer("comments/changed.html", otherwise=address, said=said, **talk)


def _again(comment: Comment, form: CommentForm) -> ResponseReturnValue:
    """The form in its own place, which is not the place of the answer."""
    response = page("comments/edit.html", "comments/_edit.html", **_edited(comment, form))
    response.headers["HX-Retarget"] = f"#comment-{comment.id}"
    return response, 422


def _edited(comment: Comment, form: CommentForm) -> dict[str, object]:
    return {"comment": comment, "form": form, "thing": _about(comment)}
