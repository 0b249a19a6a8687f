"""The second of two editors sees both values and chooses; nothing typed is lost."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from enum import Enum
from typing import Any

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue

from tracker.errors import StaleError
from tracker.forms.base import TEXT_LENGTH, BlockField, Form
from tracker.lib.dates import format_date
from tracker.queries import history
from tracker.services.history import KINDS
from tracker.web.language import current, gettext
from tracker.web.responses import instead, wants_fragment

CONFLICT = 409
Side = tuple[str, str]


def ask(
    form: Form,
    error: StaleError,
    thing: Any,
    *,
    target: str = "",
    settled: Collection[str] = (),
    joins: bool = False,
) -> ResponseReturnValue:
    """Both values of each field that two people changed; the choice is sent with the new version.

    `target` is what the accepted form replaces on the page; what the choice settles besides, as
    the version of a field of its own, is not sent again. Where the page that follows lets one
    write on, both texts may be kept too (`joins`).
    """
    kind = KINDS[type(thing)]
    changes = history.since_version(kind, thing.id, form.version.data or 0)
    last = changes[-1] if changes else None
    context = {
        "rows": [
            _row(form[name], *values, joins=joins) for name, *values in _conflicts(form, error)
        ],
        "hidden": list(_rest(form, error, settled)),
        "typed": list(_typed()),
        "version": thing.version,
        "action": request.full_path.rstrip("?"),
        "target": target,
        "by": last.person.full_name if last and last.person else gettext("Người khác"),
        "at": last.at if last else None,
    }
    if not wants_fragment():
        return make_response(render_template("shared/conflict.html", **context), CONFLICT)
    return instead((render_template("shared/conflicted.html", **context), CONFLICT))


def _typed() -> Iterable[Side]:
    """All that was sent; it comes back with the form when the choice is put off."""
    sent = request.form.items(multi=True)
    return ((name, value) for name, value in sent if name != "csrf_token")


def _row(
    field: Any, theirs: object, yours: object, *, joins: bool
) -> tuple[str, str, Side, Side, str]:
    sides = _side(field, theirs), _side(field, yours)
    both = _joined(theirs, yours) if joins and isinstance(field, BlockField) else ""
    return field.name, gettext(field.label.text), *sides, both


def _joined(theirs: object, yours: object) -> str:
    """Both texts, one after the other; nothing where that is no third choice, or too long."""
    both = f"{theirs}\n{yours}"
    return both if theirs and yours and len(both) <= TEXT_LENGTH else ""


def _conflicts(form: Form, error: StaleError) -> Iterable[tuple[str, object, object]]:
    """By the names of the form, which may differ from those of the columns."""
    names = getattr(form, "columns", {})
    for column, (theirs, yours) in error.conflicts.items():
        yield names.get(column, column), theirs, yours


def _rest(form: Form, error: StaleError, also: Collection[str]) -> Iterable[Side]:
    """What else is sent with the choice: as typed, or as others left it where nothing was typed."""
    asked = {name for name, _, _ in _conflicts(form, error)}
    own = (f"{name}_own" for name in asked)
    settled = {*asked, *own, *error.kept, *also, "csrf_token", "version"}
    for name, value in request.form.items(multi=True):
        if name not in settled:
            yield name, value
    for name, kept in error.kept.items():
        if name not in form:  # what the person may not change (Form.drop)
            continue
        for one in kept if isinstance(kept, list) else [kept]:
            yield name, _side(form[name], one)[0]


def _side(field: Any, value: object) -> Side:
    """A value as its form sends it, and as a person reads it."""
    if value is None:
        return "", _chosen(field, "")
    if isinstance(value, bool):
        return ("y" if value else ""), gettext("Có") if value else gettext("Không")
    if isinstance(value, list):
        return ",".join(map(str, value)), ", ".join(_chosen(field, str(part)) for part in value)
    if isinstance(value, date):
        return format_date(value), format_date(value)
    if isinstance(value, Enum):
        return str(value.value), current().label(value)
    return str(value), _chosen(field, str(value)) or str(value)


def _chosen(field: Any, value: str) -> str:
    """The words of a choice."""
    choices: Sequence[Any] = field.iter_choices() if hasattr(field, "iter_choices") else ()
    return next((str(one.label) for one in choices if str(one.value) == value), "")
