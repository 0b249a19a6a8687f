"""Persons in a form: picked from those there are, or typed as a new name."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from typing_extensions import override
from wtforms import BooleanField
from wtforms.validators import Length

from tracker.forms.base import Form, LineField
from tracker.queries.people import Picks
from tracker.words import N_


class PersonField(LineField):
    """A person's name, with those known offered while it is typed."""

    def __init__(self, label: str | None = None, validators: Any = (), **kwargs: Any) -> None:
        kwargs.setdefault("render_kw", {"list": "people", "autocomplete": "off"})
        super().__init__(label, [Length(max=200), *validators], **kwargs)


class PickForm(Form):
    """A form with such fields; `picks` says who is there. A near miss is asked about."""

    new_people = BooleanField(N_("Tên gần giống là người mới, không phải người đã có"))

    def __init__(self, *args: Any, picks: Picks, **kwargs: Any) -> None:
        self.picks = picks
        super().__init__(*args, **kwargs)

    @property
    def is_unsure(self) -> bool:
        """Whether somebody alike is there already, so that it must be said who is meant."""
        return any(self.picks.near(field.data) for field in self._typed())

    @override
    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """Besides the fields themselves: each name means one person."""
        is_fine: bool = super().validate(extra_validators)
        for field in self._typed():
            if problem := self._problem(field.data):
                code, values = problem
                self.refuse(field.short_name, code, **values)
                is_fine = False
        return is_fine

    def _typed(self) -> Iterable[PersonField]:
        return [field for field in self if isinstance(field, PersonField) and field.data]

    def _problem(self, name: str) -> tuple[str, dict[str, str]] | None:
        alike = self.picks.alike(name)
        if alike and self.picks.of(name) is None:
            return "person_ambiguous", {"name": name, "found": ", ".join(alike)}
        near = [] if self.new_people.data else self.picks.near(name)
        return ("person_near", {"found": ", ".join(near)}) if near else None
