"""Tasks as cards: a card that moves to another column has another status."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from tracker import policies as may
from tracker.errors import StaleError
from tracker.extensions import db
from tracker.forms.task_rows import ColumnForm
from tracker.queries import groups as read_groups
from tracker.queries import tasks as read
from tracker.services import tasks as do
from tracker.web import conflicts, plan_page
from tracker.web.authorization import act, actor, authorize
from tracker.web.language import current
from tracker.web.language import gettext as _
from tracker.web.responses import answer, found

bp = Blueprint("task_cards", __name__)


@bp.post("/tasks/<code>/column")
def move(code: str) -> ResponseReturnValue:
    """Change the status by moving the card; answers with all columns, for two of them changed."""
    task = found(read.find(actor(), code))
    authorize(may.tasks.update(actor(), task))
    form = ColumnForm()
    found(form.validate() or None)
    approves, seen = may.tasks.approve(actor(), task), form.version.data
    try:
        stored = do.change_status(task, form.status.data, by=act(), seen=seen, may_approve=approves)
    except StaleError as error:
        return conflicts.ask(form, error, task, target="#kanban")
    db.session.commit()
    stream = None
    if form.slug.data:
        stream = found(read_groups.workstream(actor(), task.group.key, form.slug.data))
    return answer(
        "groups/kanban_changed.html",
        otherwise=plan_page.board_address(task.group, stream),
        said=_("%(code)s: %(status)s", code=task.code, status=current().label(stored)),
        **plan_page.columns(task.group, stream),
    )
