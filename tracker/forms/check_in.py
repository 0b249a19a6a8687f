"""What the check-in asks for: one of three answers, and a line beside it."""

from enum import StrEnum

from wtforms import HiddenField
from wtforms.validators import AnyOf, InputRequired, Length

from tracker.forms.base import Form, LineField
from tracker.forms.milestones import CloseForm
from tracker.forms.tasks import NOTE_LENGTH, ChosenDayField, MoveForm
from tracker.words import N_


class Answer(StrEnum):
    """What can be said of an item."""

    TRUE = "true"
    LATE = "late"
    DONE = "done"


class LineForm(Form):
    """Still true or done, with a line of comment where one was typed."""

    answer = HiddenField(validators=[AnyOf(tuple(Answer))])
    line = LineField(N_("Một dòng ghi chú"), [Length(max=NOTE_LENGTH)])


class LateForm(MoveForm):
    """Until when, and why; the line is the sentence of the reason."""

    forecast = ChosenDayField(N_("Dự kiến"), [InputRequired()])


class ReachedForm(CloseForm):
    """The document by which a milestone is reached, and a line."""

    line = LineField(N_("Một dòng ghi chú"), [Length(max=NOTE_LENGTH)])
