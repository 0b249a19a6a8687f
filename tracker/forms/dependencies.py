"""What is asked of a link: what is waited for, and how long after it."""

from wtforms.validators import DataRequired, Length, NumberRange, Optional

from tracker.forms.base import TITLE_LENGTH, Form, LineField, NumberField
from tracker.services.dependencies import LONGEST_LAG
from tracker.words import N_


class DependencyForm(Form):
    """A link to an item by its code, or by its title where that names one item."""

    what = LineField(N_("Chờ mốc hoặc nhiệm vụ"), [DataRequired(), Length(max=TITLE_LENGTH)])
    lag = NumberField(
        N_("Thêm (ngày làm việc)"), [Optional(), NumberRange(0, LONGEST_LAG)], default=0
    )
