"""Moving a date: what that pushes is shown first, and what was shown is what is saved.

What counts is when the item will be reached: its forecast, or the date of its plan where nobody
has given one. So a due date pushes, too, as long as there is no forecast.
"""

from collections.abc import Callable
from datetime import date

from tracker.errors import RuleViolationError
from tracker.forms.base import Form
from tracker.forms.tasks import MoveForm, PushForm
from tracker.lib.moves import last_given
from tracker.models import Milestone, Task
from tracker.queries import cascades as read
from tracker.queries.cascades import NOTHING, Cascade
from tracker.services import cascades as do
from tracker.services.act import Why
from tracker.web.authorization import act, actor

# What a form is answered with that was sent before its author could see what it pushes.
UNSEEN, CHANGED = "push_unseen", "push_changed"
CONFLICT, UNPROCESSABLE = 409, 422
DATES = ("forecast", "due", "baseline")


def expected(thing: Task | Milestone, **moved: object) -> date | None:
    """When it will be reached, were those of its dates moved."""
    day = last_given("forecast", {name: getattr(thing, name, None) for name in DATES} | moved)
    return day if isinstance(day, date) else None


def preview(thing: Task | Milestone, form: Form) -> Cascade:
    """What the dates typed into the form push; nothing where none were typed."""
    day = expected(thing, **_typed(form)) if _may_push(thing, form) else None
    return read.of(actor(), thing, day) if day else NOTHING


def status(error: RuleViolationError) -> int:
    """With which status the form comes back."""
    return CONFLICT if error.code == CHANGED else UNPROCESSABLE


def move(thing: Task | Milestone, form: MoveForm, change: Callable[[], object]) -> None:
    """Do the change that the form asks for, and move along what it pushes."""
    if _may_push(thing, form):
        move_to(expected(thing, **_typed(form)), thing, form, change, why=form.why())
    else:
        change()


def _may_push(thing: Task | Milestone, form: Form) -> bool:
    typed = _typed(form) if isinstance(form, MoveForm) else {}
    return "forecast" in typed or (bool(typed) and thing.forecast is None)


def _typed(form: Form) -> dict[str, object]:
    """The dates that were sent with the form, also those left empty."""
    return {name: form[name].data for name in DATES if name in form and form[name].raw_data}


def move_to(
    day: date | None,
    thing: Task | Milestone,
    form: PushForm,
    change: Callable[[], object],
    *,
    why: Why | None,
) -> None:
    """Do a change by which the thing is reached on that day, and move along what its author saw.

    Refuses with `push_unseen` who has not seen it, with `push_changed` who saw something else.
    """
    cascade = read.of(actor(), thing, day)
    if cascade.mark and form.pushes.data != cascade.mark:
        raise RuleViolationError(CHANGED if form.pushes.data else UNSEEN)
    change()
    if expected(thing) == day:  # else somebody else's date was kept
        do.push(thing, cascade, why=why, by=act(), moves_along=form.push.data != "only")
