"""Thresholds, and the working calendar."""

from typing import Any

from wtforms import RadioField, SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, ValidationError

from tracker.forms.base import DayField, Form, LineField, NumberField, today
from tracker.forms.messages import language
from tracker.lib.health import Thresholds
from tracker.words import N_

FIRST_YEAR, LAST_YEAR = 2000, 2100
NUMBER = {"inputmode": "numeric", "min": 0}


class ThresholdsForm(Form):
    """The limits of health; each field is one of `lib.health.Thresholds`."""

    @property
    def limits(self) -> Thresholds:
        """What was typed, once it is valid."""
        return Thresholds(**self.values())

    def validate_late_slip_days(self, field: NumberField) -> None:
        """Late is later than at risk."""
        risk = self.risk_slip_days.data
        if risk is not None and field.data is not None and field.data <= risk:
            raise ValidationError(language().sentence("thresholds_out_of_order"))

    risk_slip_days = NumberField(
        N_("▲ Mốc dự kiến chậm quá (ngày)"),
        [InputRequired(), NumberRange(0, 365)],
        description=N_("Chậm hơn kế hoạch quá số ngày này là có nguy cơ chậm."),
        render_kw=NUMBER,
    )
    blocked_days = NumberField(
        N_("▲ Vướng mắc kéo dài quá (ngày)"),
        [InputRequired(), NumberRange(0, 365)],
        description=N_("Một nhiệm vụ vướng mắc lâu hơn thế là có nguy cơ chậm."),
        render_kw=NUMBER,
    )
    late_slip_days = NumberField(
        N_("■ Mốc dự kiến chậm quá (ngày)"),
        [InputRequired(), NumberRange(1, 730)],
        description=N_("Chậm hơn kế hoạch quá số ngày này là chậm tiến độ."),
        render_kw=NUMBER,
    )
    overdue_percent = NumberField(
        N_("■ Tỷ lệ nhiệm vụ quá hạn từ (phần trăm)"),
        [InputRequired(), NumberRange(1, 100)],
        description=N_("Tính trên các nhiệm vụ chưa hoàn thành."),
        render_kw=NUMBER,
    )
    overdue_least = NumberField(
        N_("■ và ít nhất (nhiệm vụ)"),
        [InputRequired(), NumberRange(1, 100)],
        description=N_("Để một nhiệm vụ quá hạn trong cấu phần nhỏ chưa thành chậm tiến độ."),
        render_kw=NUMBER,
    )


class DayForm(Form):
    """A day that differs from its weekday; each field is a column of `CalendarDay`."""

    day = DayField(N_("Ngày"), [InputRequired()], render_kw={"placeholder": "22/08/2026"})
    is_working = RadioField(
        N_("Ngày này"),
        choices=[SelectChoice("", N_("Nghỉ")), SelectChoice("1", N_("Làm việc"))],
        default="",
        coerce=lambda value: "1" if value in {True, "1", "y"} else "",
    )
    name = LineField(
        N_("Tên ngày"), [InputRequired(), Length(max=200)], render_kw={"placeholder": "Nghỉ bù 2/9"}
    )
    name_en = LineField(N_("Tên tiếng Anh"), [Length(max=200)])

    def row(self) -> dict[str, Any]:
        """The values of the row, besides its day."""
        return {
            "is_working": self.is_working.data == "1",
            "name": self.name.data,
            "name_en": self.name_en.data,
        }


class YearForm(Form):
    """Which year of the calendar is shown."""

    class Meta(Form.Meta):
        """Asked by GET."""

        csrf = False

    year = NumberField(N_("Năm"))

    @property
    def number(self) -> int:
        """The year asked for, else the present one."""
        year = self.year.data or today().year
        return year if FIRST_YEAR <= year <= LAST_YEAR else today().year
