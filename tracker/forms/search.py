"""What is searched for, in the query string."""

from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional

from tracker.forms.base import Form, NumberField
from tracker.words import N_

LONGEST = 200


class SearchForm(Form):
    """Words, and which kind of thing."""

    class Meta(Form.Meta):
        """A question changes nothing and needs no token."""

        csrf = False

    q = StringField(N_("Tìm"), [Optional(), Length(max=LONGEST)])
    kind = SelectField(
        N_("Loại"),
        [Optional()],
        choices=[
            SelectChoice("", N_("Tất cả")),
            SelectChoice("task", N_("Nhiệm vụ")),
            SelectChoice("milestone", N_("Mốc")),
            SelectChoice("deliverable", N_("Sản phẩm")),
            SelectChoice("risk", N_("Khó khăn, rủi ro")),
        ],
    )
    page = NumberField(N_("Trang"), [Optional()])
