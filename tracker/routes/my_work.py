"""My work: what a person has to do, answered in a few taps."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from tracker import policies as may
from tracker.extensions import db
from tracker.forms.base import Form
from tracker.queries import check_in
from tracker.queries import owed as read_owed
from tracker.queries import tasks as read
from tracker.queries.reports.waiting import waiting
from tracker.services import tasks as do
from tracker.web import clock, my_page, report_page
from tracker.web.authorization import act, actor, authorize, everyone_signed_in
from tracker.web.language import gettext as _
from tracker.web.responses import answer, found, wants_fragment

bp = Blueprint("my_work", __name__)


@bp.get("/my")
def show() -> ResponseReturnValue:
    """One heap of the reader's work; how each card is answered is in `routes.task_changes`."""
    everyone_signed_in()
    if wants_fragment():
        return render_template("my_work/_my_work.html", **my_page.page())
    to_confirm = check_in.coverage(actor(), clock.today()).missing
    mine = waiting(actor())
    told = {report.id for report in mine.reports}
    pressing = read_owed.pressing(actor(), clock.today())
    return render_template(
        "my_work/show.html",
        to_confirm=to_confirm,
        owed=[one for one in pressing if one.report_id not in told],
        waiting=mine,
        title_of=report_page.title,
        **my_page.page(),
    )


@bp.post("/my/<code>/take-back")
def take_back(code: str) -> ResponseReturnValue:
    """It is not ended after all: undo one's own last word."""
    task = found(read.find(actor(), code))
    authorize(may.tasks.update(actor(), task) or may.tasks.approve(actor(), task))
    do.take_back(task, by=act(), seen=Form().version.data)
    db.session.commit()
    return answer(
        "my_work/todo_returned.html",
        otherwise=my_page.address(),
        said=_("Đã mở lại %(code)s", code=task.code),
        **my_page.changed(task.code),
    )
