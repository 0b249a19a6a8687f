"""What was thrown away in the last 30 days, and bringing it back."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.extensions import db
from tracker.models import Trash
from tracker.queries import trash as read
from tracker.services import trash as do
from tracker.web import clock
from tracker.web.authorization import act, actor, everyone_signed_in
from tracker.web.language import gettext as _
from tracker.web.responses import elsewhere, found, see_other

bp = Blueprint("trash", __name__)


@bp.get("/trash")
def index() -> ResponseReturnValue:
    """What one may bring back, the latest first."""
    everyone_signed_in()
    return render_template("trash/index.html", thrown=read.listing(actor(), clock.now()))


@bp.post("/trash/<int:trash_id>/restore")
def restore(trash_id: int) -> ResponseReturnValue:
    """Bring everything back that went with it."""
    trash = found(read.find(actor(), trash_id))
    everyone_signed_in()  # found only by those who may bring it back
    do.restore(trash, by=act())
    db.session.commit()
    said = _("Đã khôi phục %(code)s", code=trash.code)
    address = _address(trash)
    if request.form.get("from") == "trash":
        return see_other(address, said=said)
    return elsewhere(address, said=said)


def _address(trash: Trash) -> str:
    """Where that is which came back; what an import had made is all over its group."""
    if trash.kind == "import":
        return url_for("groups.show", key=trash.code)
    return url_for(f"{trash.kind}s.show", code=trash.code)
