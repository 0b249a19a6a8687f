"""Putting off what needs attention."""

from wtforms import HiddenField
from wtforms.validators import InputRequired, Length

from tracker.forms.base import Form, LineField
from tracker.forms.tasks import ChosenDayField
from tracker.words import N_

NOTE_LENGTH = 300


class HideForm(Form):
    """What, until which day, and a note for oneself."""

    subject = HiddenField()
    until = ChosenDayField(N_("Ẩn đến ngày"), [InputRequired()])
    note = LineField(N_("Ghi chú cho riêng bạn"), [Length(max=NOTE_LENGTH)])
