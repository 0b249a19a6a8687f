"""The boxes in the description of a task."""

from flask import Blueprint, abort, url_for
from flask.typing import ResponseReturnValue

from tracker import policies as may
from tracker.extensions import db
from tracker.forms.checklists import BoxForm
from tracker.queries import tasks as read
from tracker.services import checklists as do
from tracker.web.authorization import act, actor, authorize
from tracker.web.responses import answer, found

bp = Blueprint("checklists", __name__)


@bp.post("/tasks/<code>/boxes")
def tick(code: str) -> ResponseReturnValue:
    """Tick a box, or take the tick away."""
    task = found(read.find(actor(), code))
    authorize(may.tasks.update(actor(), task))
    form = BoxForm()
    if not form.validate():
        abort(422)
    box = form.ticked
    do.tick(task, box.number, on=box.on, by=act(), seen=form.version.data)
    db.session.commit()
    address = url_for("tasks.show", code=code)
    return answer("tasks/_description.html", otherwise=address, task=task)
