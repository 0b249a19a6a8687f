"""Asking for an extension, answering, and which requests of a group are shown."""

from typing import Any

from typing_extensions import override
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from tracker.forms.base import ChoiceField, Form, LineField
from tracker.forms.tasks import NOTE_LENGTH, ChosenDayField, MoveForm, PushForm
from tracker.models import ExtensionState
from tracker.words import N_

GRANT, REFUSE = "grant", "refuse"


class AskForm(MoveForm):
    """Until when, and why: here the sentence is asked for whatever the reason."""

    new_day = ChosenDayField(N_("Xin gia hạn đến"), [InputRequired()])

    @override
    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Whoever decides needs a sentence to decide by."""
        fine = bool(super().validate(*args, **kwargs))
        if self.reason.data is None and not self.reason.errors:
            self.refuse("reason", "reason_needed")
            fine = False
        if not self.reason_note.data and not self.reason_note.errors:
            self.refuse("reason_note", "extension_why_needed")
            fine = False
        return fine


class AnswerForm(PushForm):
    """What is answered. The button pressed says which: `decision` is grant or refuse."""

    sentence = LineField(N_("Trả lời"), [DataRequired(), Length(max=NOTE_LENGTH)])


class ListForm(Form):
    """Which requests of a group are shown. Nonsense counts as not asked."""

    class Meta(Form.Meta):
        """A question changes nothing and needs no token."""

        csrf = False

    state = ChoiceField(
        N_("Trạng thái"), [Optional()], members=ExtensionState, optional=N_("Mọi trạng thái")
    )

    @property
    def asked(self) -> ExtensionState | None:
        """The state asked for, if it is one."""
        state = self.state.data
        return state if isinstance(state, ExtensionState) else None
