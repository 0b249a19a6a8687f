"""Approving the plan of a group."""

from wtforms.validators import InputRequired, Length

from tracker.forms.base import DayField, Form, LineField
from tracker.words import N_


class BaselineForm(Form):
    """The document by which the plan is approved."""

    document_number = LineField(
        N_("Số văn bản phê duyệt"),
        [InputRequired(), Length(max=100)],
        render_kw={"placeholder": "456/QĐ-TĐC"},
    )
    document_date = DayField(
        N_("Ngày văn bản"), [InputRequired()], render_kw={"placeholder": "15/11/2026"}
    )
