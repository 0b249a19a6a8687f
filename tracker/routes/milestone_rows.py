"""Milestones as headings of a list: added where they stand, and put in their order."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from tracker import policies as may
from tracker.errors import RuleViolationError
from tracker.extensions import db
from tracker.forms.task_rows import MilestonePlaceForm, MilestoneRowForm
from tracker.models import Milestone, Workstream
from tracker.queries import groups as read_groups
from tracker.queries import milestones as read
from tracker.queries import plan
from tracker.services import milestones as do
from tracker.web import plan_page
from tracker.web.authorization import act, actor, authorize
from tracker.web.language import gettext as _
from tracker.web.responses import answer, found, invalid

bp = Blueprint("milestone_rows", __name__)
END, UP, DOWN = "end", "up", "down"
ANCHOR = "milestone-new"


@bp.post("/groups/<key>/<slug>/milestones")
def create(key: str, slug: str) -> ResponseReturnValue:
    """Add a milestone at the end of the workstream."""
    stream = found(read_groups.workstream(actor(), key, slug))
    authorize(may.groups.shape_plan(actor(), stream.group))
    form = MilestoneRowForm()
    if not form.validate():
        return _again(stream, form)
    try:
        milestone = do.create(stream, form.title.data, by=act(), baseline=form.baseline.data)
    except RuleViolationError as error:
        form.refuse("baseline", error.code, **error.values)
        return _again(stream, form)
    db.session.commit()
    return _list(stream, milestone, _("Đã thêm mốc %(code)s", code=milestone.code))


@bp.post("/milestones/<code>/place")
def place(code: str) -> ResponseReturnValue:
    """Put the milestone behind another one of its workstream, a step up or down, first or last."""
    milestone = found(read.find(actor(), code))
    authorize(may.milestones.edit(actor(), milestone))
    form = MilestonePlaceForm()
    stream = found(read_groups.workstream(actor(), milestone.group.key, _slug(milestone)))
    do.place(milestone, by=act(), before=_before(milestone, stream, form.after.data or ""))
    db.session.commit()
    return _list(stream, milestone, _("Đã chuyển mốc %(code)s", code=milestone.code))


def _list(stream: Workstream, milestone: Milestone, said: str) -> ResponseReturnValue:
    return answer(
        "groups/plan_changed.html",
        otherwise=plan_page.back_to(stream.group, stream, f"milestone-{milestone.code}"),
        said=said,
        **plan_page.listing(stream.group, stream),
    )


def _again(stream: Workstream, form: MilestoneRowForm) -> ResponseReturnValue:
    listing = plan_page.listing(stream.group, stream, quick={ANCHOR: form})
    around = plan_page.around(stream.group, stream)
    return invalid("groups/list.html", "groups/_plan.html", **listing, **around)


def _slug(milestone: Milestone) -> str:
    return milestone.workstream.strand.slug


def _before(milestone: Milestone, stream: Workstream, after: str) -> Milestone | None:
    """The milestone it is to stand before; None for the end."""
    everything = list(plan.milestones_of(stream))
    now = next(place for place, other in enumerate(everything) if other.id == milestone.id)
    others = [other for other in everything if other.id != milestone.id]
    codes = [other.code for other in others]
    steps = {UP: max(now - 1, 0), DOWN: now + 1, END: len(others)}
    index = steps.get(after, codes.index(after) + 1 if after in codes else 0)
    return others[index] if index < len(others) else None
