"""How the paper of a report is to look, as far as that is chosen report by report."""

from collections.abc import Sequence

from wtforms.validators import InputRequired

from tracker.forms.base import ChoiceField, Form, IdField
from tracker.forms.messages import language
from tracker.models import Orientation, Urgency
from tracker.queries.choices import Choice
from tracker.words import N_


class LayoutForm(Form):
    """Each field is a column of `Report`."""

    template_id = IdField(
        N_("Mẫu báo cáo Word"),
        description=N_("Chỉ áp dụng cho tệp Word; PDF, Excel và HTML có thể thức riêng."),
    )
    orientation = ChoiceField(
        N_("Phụ lục"), [InputRequired()], members=Orientation, default=Orientation.PORTRAIT
    )
    urgency = ChoiceField(
        N_("Mức độ khẩn"), [InputRequired()], members=Urgency, default=Urgency.NONE
    )

    def offer(self, templates: Sequence[Choice]) -> "LayoutForm":
        """Let one of these be chosen, or the shipped layout; not asked where there are none."""
        if templates:
            shipped = language().gettext(N_("Thể thức có sẵn (Nghị định 30/2020)"))
            self.template_id.choices = [("", shipped), *((one.id, one.words) for one in templates)]
        else:
            self.drop("template_id")
        return self
