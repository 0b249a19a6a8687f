"""Approvals of a group's plan, each with its document."""

from typing import Any

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from tracker import policies as may
from tracker.errors import RuleViolationError
from tracker.extensions import db
from tracker.forms.baselines import BaselineForm
from tracker.models import Group
from tracker.queries import baselines as read
from tracker.queries import groups as read_groups
from tracker.services import baselines as do
from tracker.web.authorization import act, actor, authorize
from tracker.web.language import gettext as _
from tracker.web.responses import answer, found, invalid, page

bp = Blueprint("baselines", __name__)
FIELD_OF = {"document_in_future": "document_date"}


@bp.get("/groups/<key>/baselines")
def index(key: str) -> ResponseReturnValue:
    """Every approval of the plan, and what an approval of today would cover."""
    group = found(read_groups.find(actor(), key))
    authorize(may.groups.see(actor(), group))
    shown = _shown(group, BaselineForm(formdata=None))
    return page("baselines/index.html", "baselines/_list.html", **shown)


@bp.post("/groups/<key>/baselines")
def create(key: str) -> ResponseReturnValue:
    """Approve the plan as it stands with a document."""
    group = found(read_groups.find(actor(), key))
    authorize(may.groups.approve_baseline(actor(), group))
    form = BaselineForm()
    if not form.validate():
        return invalid("baselines/index.html", "baselines/_list.html", **_shown(group, form))
    try:
        baseline = do.approve(group, by=act(), **form.values("document_number", "document_date"))
    except RuleViolationError as error:
        form.blame(error, FIELD_OF, "document_number")
        return invalid("baselines/index.html", "baselines/_list.html", **_shown(group, form))
    db.session.commit()
    return answer(
        "baselines/_list.html",
        otherwise=url_for("baselines.index", key=group.key),
        said=_("Kế hoạch được phê duyệt lần %(number)s", number=baseline.number),
        **_shown(group, BaselineForm(formdata=None)),
    )


def _shown(group: Group, form: BaselineForm) -> dict[str, Any]:
    return {
        "group": group,
        "form": form,
        "approvals": read.listing(group),
        "pending": read.pending(group),
    }
