"""Saying how a workstream stands."""

from typing import Any

from typing_extensions import override
from wtforms.validators import InputRequired, Length

from tracker.forms.base import BlockField, ChoiceField, Form
from tracker.lib.health import Health, missing
from tracker.words import N_

DECLARABLE = (
    Health.ON_TRACK,
    Health.AT_RISK,
    Health.LATE,
    Health.DONE,
    Health.NOT_STARTED,
)
SENTENCE, RECOVERY = 500, 1000
FIELD_OF = {"declared_no_plan": "health", "recovery_needed": "recovery"}


class DeclareForm(Form):
    """A colour with its sentence. `version` is the declaration that was shown, 0 for none."""

    health = ChoiceField(N_("Mức đánh giá"), [InputRequired()], members=DECLARABLE)
    sentence = BlockField(N_("Vì sao?"), [Length(max=SENTENCE)], render_kw={"rows": 2})
    recovery = BlockField(N_("Biện pháp khắc phục"), [Length(max=RECOVERY)], render_kw={"rows": 2})

    def __init__(self, *args: Any, computed: Health, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.computed = computed

    @override
    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """All that is lacking at once, each where it is to be written."""
        fine = bool(super().validate(*args, **kwargs))
        if not isinstance(self.health.data, Health):
            return False
        for code in missing(self.health.data, self.computed, *self._texts()):
            self.refuse(FIELD_OF.get(code, "sentence"), code)
            fine = False
        return fine

    def _texts(self) -> tuple[str, str]:
        return self.sentence.data or "", self.recovery.data or ""


class ConfirmForm(Form):
    """One tap: only which declaration was seen."""
