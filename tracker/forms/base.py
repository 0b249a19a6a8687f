"""What all forms share: the reader's language, clean text, typed dates, the version seen."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from flask import g, has_request_context, request
from flask_wtf import FlaskForm
from markupsafe import Markup
from wtforms import IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional
from wtforms.widgets import HiddenInput

from tracker.adapters import clock
from tracker.errors import TrackerError
from tracker.forms.messages import Translations, language
from tracker.lib.dates import DateError, format_date, local_day, parse_date
from tracker.lib.numbers import LARGEST, whole
from tracker.lib.text import nfc, strip_controls
from tracker.words import N_

TITLE_LENGTH = 500
TEXT_LENGTH = 20_000
LATER = "later"  # sent beside a form that is only to be shown again (web.conflicts)


class NumberField(IntegerField):
    """A whole number that the database can hold."""

    data: Any  # None where nothing was typed; whether it may be is for the validators to say

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read it; one beyond that is refused like a word."""
        super().process_formdata(valuelist)
        if self.data is not None and abs(self.data) > LARGEST:
            self.data = None
            raise ValueError(language().gettext(N_("Hãy nhập một số nguyên.")))


class Form(FlaskForm):
    """A form that speaks the reader's language. `version` is that of the thing when opened."""

    class Meta(FlaskForm.Meta):
        """WTForms asks here for its sentences."""

        def get_translations(self, _form: object) -> Translations:
            """Ours, bound to the request."""
            return Translations()

        def render_field(self, field: Any, render_kw: dict[str, Any]) -> Markup:
            """No length for the browser to cut at without a word: the validator says it."""
            shown: Markup = super().render_field(field, {"maxlength": False, **render_kw})
            return shown

    version = NumberField(widget=HiddenInput(), validators=[Optional()])

    @property
    def is_put_off(self) -> bool:
        """Whether the form is to come back as it was typed, with nothing stored."""
        return has_request_context() and LATER in request.form

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """A form that was put off is never fine, and says that nothing was saved."""
        fine = bool(super().validate(*args, **kwargs))
        if self.is_put_off:
            sentence = N_("Chưa lưu. Những gì bạn đã nhập vẫn còn nguyên ở đây.")
            self.form_errors.append(language().gettext(sentence))
        return fine and not self.is_put_off

    def values(self, *names: str) -> dict[str, Any]:
        """The data of the named fields, else of all but the version and the token."""
        wanted = names or (name for name in self.data if name not in {"version", "csrf_token"})
        return {name: self[name].data for name in wanted}

    def refuse(self, name: str, code: str, /, **values: object) -> None:
        """Put the sentence of a rule under a field (what a service refused belongs to it)."""
        self[name].errors = [*self[name].errors, language().sentence(code, **values)]

    def drop(self, *names: str) -> None:
        """Leave out what the person may not change."""
        for name in names:
            del self[name]

    def blame(self, error: TrackerError, places: Mapping[str, str], otherwise: str) -> None:
        """Put the sentence of a refused rule where the mistake is: `places` is code → field."""
        name = places.get(error.code, otherwise)
        self.refuse(name if name in self else otherwise, error.code, **error.values)


def clean(text: str | None) -> str | None:
    """One line as it is stored: NFC, no control characters, no space round it; None if empty."""
    text = " ".join(strip_controls(nfc(text)).split()) if text else ""
    return text or None


def clean_block(text: str | None) -> str:
    """Several lines as they are stored."""
    lines = (strip_controls(line).rstrip() for line in nfc(text or "").splitlines())
    return "\n".join(lines).strip()


class LineField(StringField):
    """One line of text; nothing typed is None."""

    def __init__(self, label: str | None = None, validators: Any = None, **kwargs: Any) -> None:
        super().__init__(label, validators, filters=[clean], **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Spaces are nothing typed, also for the validator that asks for something."""
        super().process_formdata(valuelist)
        if clean(self.data) is None:
            self.raw_data: list[str] = []


class BlockField(TextAreaField):
    """Several lines of text."""

    def __init__(self, label: str | None = None, validators: Any = None, **kwargs: Any) -> None:
        super().__init__(label, validators, filters=[clean_block], **kwargs)


class DayField(StringField):
    """A date as people type it: 15/11, 15/11/2026, "thứ sáu", "+2 tuần", "tháng 3/2027"."""

    data: date | None

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the date; the sentence says what would do."""
        self.data = None
        text = (valuelist[0] if valuelist else "").strip()
        if not text:
            return
        try:
            self.data = parse_date(text, today=today())
        except DateError as error:
            raise ValueError(language().sentence(error.code, **error.values)) from error

    def _value(self) -> str:
        if self.raw_data and self.data is None:
            return str(self.raw_data[0])
        return format_date(self.data) if self.data else ""


class ChoiceField(SelectField):
    """A choice among the members of an enum; their labels are translated when shown."""

    def __init__(
        self,
        label: str | None = None,
        validators: Any = None,
        *,
        members: Iterable[Any],
        optional: str | None = None,
        **kwargs: Any,
    ) -> None:
        self.members = tuple(members)
        self.optional = optional
        super().__init__(label, validators, choices=self._labelled, coerce=self._member, **kwargs)

    def _labelled(self) -> list[SelectChoice]:
        choices = [SelectChoice(member.value, language().label(member)) for member in self.members]
        if self.optional is not None:
            choices.insert(0, SelectChoice("", language().gettext(self.optional)))
        return choices

    def _member(self, value: Any) -> Any:
        if value in (None, "", "None"):
            return None
        return next((member for member in self.members if member == value), value)


class IdField(SelectField):
    """A choice among rows by id; `choices` are set by the route. Empty is None."""

    def __init__(self, label: str | None = None, validators: Any = None, **kwargs: Any) -> None:
        kwargs.setdefault("choices", [])
        super().__init__(label, validators, coerce=_id_or_none, **kwargs)

    def pre_validate(self, form: Any) -> None:
        """Nothing chosen is a choice; whether one is needed is for the validators to say."""
        if self.data is not None:
            super().pre_validate(form)


def _id_or_none(value: Any) -> int | None:
    return whole(value) if value not in (None, "", "None") else None


def today() -> date:
    """The date of the request in Viet Nam."""
    moment = g.get("now") or clock.now()
    return local_day(moment)
