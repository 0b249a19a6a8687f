"""Who changed what, when and why: everything, in words."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from tracker import policies as may
from tracker.forms.admin_audit import AuditForm
from tracker.queries import audit as read
from tracker.queries import choices
from tracker.queries import groups as read_groups
from tracker.web import clock
from tracker.web.authorization import actor, authorize
from tracker.web.language import current
from tracker.web.language import gettext as _
from tracker.web.listing import address
from tracker.web.responses import page
from tracker.web.templating import named

bp = Blueprint("admin_audit", __name__, url_prefix="/admin/audit")


@bp.get("")
def index() -> ResponseReturnValue:
    """The history asked for, the latest first."""
    authorize(may.groups.administer(actor()))
    form = AuditForm(request.args)
    people = [(str(one.id), one.words) for one in choices.persons(clock.today())]
    form.person.choices = [("", _("Mọi người")), (str(read.SYSTEM), _("Hệ thống")), *people]
    groups = [(str(group.id), named(group)) for group in read_groups.listing(actor())]
    form.group.choices = [("", _("Mọi tổ")), *groups]
    entries = read.entries(form.search, current(), form.page.data or 1)
    shown = {"form": form, "entries": entries, "address": address}
    return page("admin/audit/index.html", "admin/audit/_list.html", **shown)
