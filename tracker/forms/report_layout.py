"""How the paper of a report is to look, as far as that is chosen report by report."""

from wtforms.validators import InputRequired

from tracker.forms.base import ChoiceField, Form
from tracker.models import Orientation, Urgency
from tracker.words import N_


class LayoutForm(Form):
    """Each field is a column of `Report`."""

    orientation = ChoiceField(
        N_("Phụ lục"), [InputRequired()], members=Orientation, default=Orientation.PORTRAIT
    )
    urgency = ChoiceField(
        N_("Mức độ khẩn"), [InputRequired()], members=Urgency, default=Urgency.NONE
    )
