"""A file is brought, and told to be ours or not; nothing of it is kept."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from tracker.extensions import db
from tracker.forms.verification import VerifyForm
from tracker.lib.text import strip_controls
from tracker.queries import verification as read
from tracker.web import report_page
from tracker.web.authorization import actor, everyone_signed_in
from tracker.web.responses import page

bp = Blueprint("verification", __name__, url_prefix="/reports/verify")
UNPROCESSABLE = 422


@bp.get("")
def new() -> ResponseReturnValue:
    """Ask for a file."""
    everyone_signed_in()
    return render_template("reports/verify.html", form=VerifyForm(), finding=None)


@bp.post("")
def create() -> ResponseReturnValue:
    """Say what it is."""
    everyone_signed_in()
    form = VerifyForm()
    full, part = "reports/verify.html", "reports/_finding.html"
    if not form.validate():
        return render_template(full, form=form, finding=None), UNPROCESSABLE
    content, name = form.file.data.read(), strip_controls(form.file.data.filename)
    db.session.commit()  # nothing is written: others may write while the file is read
    finding = read.verify(actor(), content)
    return page(full, part, form=form, finding=finding, name=name, title_of=report_page.title)
