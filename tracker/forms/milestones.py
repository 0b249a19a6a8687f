"""What the pages of a milestone ask for."""

from typing import Any

from wtforms.validators import DataRequired, InputRequired, Length

from tracker.forms.base import TEXT_LENGTH, TITLE_LENGTH, BlockField, DayField, Form, LineField
from tracker.forms.tasks import ChosenDayField, MoveForm
from tracker.words import N_


class MilestoneForm(MoveForm):
    """Everything of a milestone that is typed."""

    title = LineField(N_("Tên mốc"), [DataRequired(), Length(max=TITLE_LENGTH)])
    description = BlockField(N_("Mô tả"), [Length(max=TEXT_LENGTH)])
    stage_code = LineField(N_("Giai đoạn"), [Length(max=40)])
    baseline = DayField(N_("Kế hoạch"))
    forecast = DayField(N_("Dự kiến"))

    def columns_typed(self) -> dict[str, Any]:
        """The values as `services.milestones` takes them."""
        return {name: self[name].data for name in self.data if name not in self.NOT_COLUMNS}


class MilestoneForecastForm(MoveForm):
    """When it will be reached."""

    forecast = ChosenDayField(N_("Dự kiến"), [InputRequired()])


class CloseForm(Form):
    """The document that proves that the milestone is reached."""

    evidence = LineField(N_("Số hiệu văn bản minh chứng"), [DataRequired(), Length(max=200)])
    evidence_date = DayField(N_("Ngày văn bản"))
    closed_on = DayField(N_("Ngày đạt mốc"), [InputRequired()])
