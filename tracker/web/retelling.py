"""A form that was sent, told to the person who typed it: in words, without codes and ids."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from typing import NamedTuple

from wtforms import HiddenField, IntegerField, PasswordField, StringField

from tracker.forms.base import Form
from tracker.forms.tasks import OWN
from tracker.lib.dates import format_date
from tracker.web.language import gettext
from tracker.words import FIELDS

SECRET = HiddenField | PasswordField
LINE = 60  # characters; what is longer is shown in a box, to be read and copied whole


class Told(NamedTuple):
    """One text, as the form labels it."""

    label: str
    text: str
    is_long: bool


class Known(NamedTuple):
    """What the forms call a field of text of some name; whether it is chosen or hidden in some."""

    labels: tuple[str, ...] = ()
    is_coded: bool = False


def told(fields: Iterable[tuple[str, str]]) -> list[Told]:
    """What was typed, in order; what was chosen or is hidden is left out."""
    return [
        Told(label, text, "\n" in text or len(text) > LINE)
        for name, sent in fields
        for label, text in _in_words(name.removesuffix(f"_{OWN}"), sent)
    ]


def _in_words(name: str, sent: str) -> Iterator[tuple[str, str]]:
    known = _known().get(name, Known())
    if known.labels and sent != OWN and not (known.is_coded and sent.isdigit()):
        yield _label(name, known.labels), _day(sent)
    elif not known.labels and not known.is_coded and " " in sent.strip():
        yield _label("body"), sent


def _label(name: str, labels: tuple[str, ...] = ()) -> str:
    """That of the forms where they agree, else that of the history."""
    words = gettext(labels[0] if len(labels) == 1 or name not in FIELDS else FIELDS[name])
    return words[:1].upper() + words[1:]


def _day(text: str) -> str:
    """A date as a browser's date field sends it, as a person writes it."""
    try:
        return format_date(date.fromisoformat(text))
    except ValueError:
        return text


@cache
def _known() -> dict[str, Known]:
    labels: dict[str, set[str]] = defaultdict(set)
    coded: set[str] = set()
    for name, kind, label in _fields():
        is_text = issubclass(kind, StringField | IntegerField) and not issubclass(kind, SECRET)
        if is_text and label and not name.endswith("_id"):
            labels[name].add(label)
        else:
            coded.add(name)
    names = {*labels, *coded}
    return {name: Known(tuple(sorted(labels[name])), name in coded) for name in names}


def _fields() -> Iterator[tuple[str, type, str]]:
    """Name, kind and label of each field of each form."""
    for form in _kinds(Form):
        for name in dir(form):
            field = getattr(form, name)
            kind = getattr(field, "field_class", None)
            if kind is not None:
                yield name, kind, str(field.args[0]) if field.args else ""


def _kinds(form: type[Form]) -> Iterator[type[Form]]:
    for kind in form.__subclasses__():
        yield kind
        yield from _kinds(kind)
