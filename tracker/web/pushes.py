"""Moving a forecast: what it pushes is shown first, and what was shown is what is saved."""

from collections.abc import Callable
from datetime import date

from tracker.errors import RuleViolationError
from tracker.forms.base import Form
from tracker.forms.tasks import MoveForm, PushForm
from tracker.models import Milestone, Task
from tracker.queries import cascades as read
from tracker.queries.cascades import NOTHING, Cascade
from tracker.services import cascades as do
from tracker.services.act import Why
from tracker.web.authorization import act, actor

# What a form is answered with that was sent before its author could see what it pushes.
UNSEEN, CHANGED = "push_unseen", "push_changed"
CONFLICT, UNPROCESSABLE = 409, 422


def preview(thing: Task | Milestone, form: Form) -> Cascade:
    """What the date typed into the form pushes; nothing where none was typed."""
    if not isinstance(form, MoveForm) or "forecast" not in form or not form["forecast"].raw_data:
        return NOTHING
    day = form["forecast"].data
    return read.of(actor(), thing, day) if day else NOTHING


def status(error: RuleViolationError) -> int:
    """With which status the form comes back."""
    return CONFLICT if error.code == CHANGED else UNPROCESSABLE


def move(thing: Task | Milestone, form: MoveForm, change: Callable[[], object]) -> None:
    """Do the change that the form asks for, and move along what it pushes."""
    if "forecast" in form:
        move_to(form["forecast"].data, thing, form, change, why=form.why())
    else:
        change()


def move_to(
    day: date | None,
    thing: Task | Milestone,
    form: PushForm,
    change: Callable[[], object],
    *,
    why: Why | None,
) -> None:
    """Do a change that moves the forecast, and move along what its author saw that it pushes.

    Refuses with `push_unseen` who has not seen it, with `push_changed` who saw something else.
    """
    cascade = read.of(actor(), thing, day)
    if cascade.mark and form.pushes.data != cascade.mark:
        raise RuleViolationError(CHANGED if form.pushes.data else UNSEEN)
    change()
    if thing.forecast == day:  # else somebody else's date was kept
        do.push(thing, cascade, why=why, by=act(), moves_along=form.push.data != "only")
