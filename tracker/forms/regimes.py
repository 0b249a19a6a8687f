"""A reporting regime, as it is typed."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from typing_extensions import override
from wtforms import SelectField, SelectMultipleField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from tracker.errors import StaleError
from tracker.forms.base import (
    TITLE_LENGTH,
    BlockField,
    ChoiceField,
    DayField,
    Form,
    IdField,
    LineField,
    NumberField,
)
from tracker.forms.messages import language
from tracker.lib.dates import Weekday
from tracker.lib.numbers import whole
from tracker.lib.periods import PeriodBasis, PeriodKind
from tracker.models import Arrangement, Group, Orientation, ReportRegime
from tracker.queries.choices import Choice
from tracker.services.regimes import MOST_WORKING_DAYS, TEMPLATE
from tracker.words import N_

ALL, GROUP, UNIT = "all", "group", "unit"
SHIPPED = "shipped"
LINES = 2000
WINDOWS = (PeriodBasis.DECREE, PeriodBasis.CALENDAR)
OF_RULE = ("weekday", "closing_day", "closing_months")
FIELD_OF = {
    "regime_ends_before_start": "ended_on",
    "regime_starts_too_early": "starts_on",
    "regime_working_days": "working_days",
    "regime_needs_person": "responsible_id",
    "outside_years": "starts_on",
}


def _template(value: object) -> int | str | None:
    if value in (None, "", "None"):
        return None
    return SHIPPED if value == SHIPPED else whole(value)


def _chosen(regime: ReportRegime) -> int | str | None:
    return SHIPPED if regime.is_laid_out_as_shipped else regime.template_id


class RegimeForm(Form):
    """Who owes which report, how often, and by when. Which template is one choice here and two
    columns of the regime.
    """

    name = LineField(N_("Tên chế độ báo cáo"), [DataRequired(), Length(max=TITLE_LENGTH)])
    of = SelectField(N_("Báo cáo của"), choices=[])
    period_kind = ChoiceField(
        N_("Kỳ báo cáo"), [InputRequired()], members=PeriodKind, default=PeriodKind.MONTH
    )
    basis = ChoiceField(
        N_("Cách tính kỳ"), [InputRequired()], members=WINDOWS, default=PeriodBasis.DECREE
    )
    weekday = IdField(N_("Chốt vào"), [Optional()], default=5)
    closing_day = NumberField(N_("Chốt ngày"), [Optional(), NumberRange(1, 31)], default=14)
    closing_months = SelectMultipleField(
        N_("Của các tháng"),
        coerce=whole,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    working_days = NumberField(
        N_("Gửi trong (ngày làm việc sau ngày chốt)"),
        [InputRequired(), NumberRange(1, MOST_WORKING_DAYS)],
        default=1,
    )
    starts_on = DayField(N_("Áp dụng từ ngày"), [InputRequired()])
    ended_on = DayField(N_("Đến ngày"))
    responsible_id = IdField(N_("Người chịu trách nhiệm"), [Optional()])
    addressee = BlockField(N_("Kính gửi"), [Length(max=LINES)])
    addressee_en = BlockField(N_("Kính gửi (tiếng Anh)"), [Length(max=LINES)])
    recipients = BlockField(N_("Nơi nhận"), [Length(max=LINES)])
    recipients_en = BlockField(N_("Nơi nhận (tiếng Anh)"), [Length(max=LINES)])
    template_id = SelectField(N_("Mẫu báo cáo"), coerce=_template, choices=[])
    arranged_by = ChoiceField(
        N_("Xếp chương"), [InputRequired()], members=Arrangement, default=Arrangement.GROUP
    )
    orientation = ChoiceField(
        N_("Phụ lục"), [InputRequired()], members=Orientation, default=Orientation.PORTRAIT
    )

    def offer(
        self,
        *,
        groups: Iterable[Group],
        persons: Iterable[Choice],
        units: Sequence[Choice],
        templates: Iterable[Choice],
    ) -> "RegimeForm":
        """Fill the lists to choose from."""
        gettext, label = language().gettext, language().label
        english = language().code == "en"
        of_group = [(f"{GROUP}:{one.id}", (english and one.name_en) or one.name) for one in groups]
        of_unit = [(f"{UNIT}:{one.id}", one.words) for one in units]
        if "of" in self:
            self.of.choices = {
                gettext(N_("Tổng hợp các tổ")): [(ALL, gettext(N_("Tất cả các tổ")))],
                gettext(N_("Một tổ công tác")): of_group,
                gettext(N_("Một đơn vị")): of_unit,
            }
        self.weekday.choices = [(day, label(one)) for day, one in enumerate(Weekday, 1)]
        self.closing_months.choices = [(month, str(month)) for month in range(1, 13)]
        people = ((one.id, one.words) for one in persons)
        self.responsible_id.choices = [("", gettext(N_("Tổ trưởng, thư ký của tổ"))), *people]
        uploaded = ((one.id, one.words) for one in templates)
        self.template_id.choices = [
            ("", gettext(N_("Mẫu mặc định"))),
            (SHIPPED, gettext(N_("Thể thức có sẵn (Nghị định 30/2020)"))),
            *uploaded,
        ]
        return self

    @override
    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Besides the fields themselves: the rule says on which days."""
        fine = bool(super().validate(*args, **kwargs))
        for name in ReportRegime(**self.rule_typed()).rule.needed:
            if not self[name].data and not self[name].errors:
                self.refuse(name, "regime_incomplete")
                fine = False
        return fine

    def show(self, regime: ReportRegime) -> "RegimeForm":
        """Show how its reports are laid out."""
        self.template_id.data = _chosen(regime)
        return self

    @property
    def template(self) -> int | None:
        """The template that was chosen, if it is one."""
        chosen = self.template_id.data
        return chosen if isinstance(chosen, int) else None

    def asked(self, error: StaleError, regime: ReportRegime) -> StaleError:
        """What the second of two editors is asked: of the template as the one choice it is."""
        conflicts = {name: both for name, both in error.conflicts.items() if name not in TEMPLATE}
        kept = {name: value for name, value in error.kept.items() if name not in TEMPLATE}
        if error.conflicts.keys() & {*TEMPLATE}:
            conflicts["template_id"] = _chosen(regime), self.template_id.data
        elif error.kept.keys() >= {*TEMPLATE}:
            kept["template_id"] = _chosen(regime)
        return StaleError(conflicts, kept)

    def rule_typed(self) -> dict[str, Any]:
        """The columns of its rule; what the kind of period does not need is left out."""
        kind = self.period_kind.data
        if not isinstance(kind, PeriodKind):
            kind = PeriodKind.MONTH
        is_week, is_custom = kind is PeriodKind.WEEK, kind is PeriodKind.CUSTOM
        basis = PeriodBasis.CUSTOM if is_custom else self.basis.data
        return {
            "period_kind": kind,
            "basis": PeriodBasis.CALENDAR if is_week else basis,
            "weekday": self.weekday.data if is_week else None,
            "closing_day": self.closing_day.data if is_custom else None,
            "closing_months": sorted(self.closing_months.data or []) if is_custom else [],
            "working_days": self.working_days.data or 1,
        }

    def columns_typed(self) -> dict[str, Any]:
        """The values as `services.regimes` takes them; whose it is, only where that is asked."""
        names = [name for name in self.values() if name not in {"of", *self.rule_typed()}]
        whose: dict[str, Any] = {}
        if "of" in self:
            kind, _, number = str(self.of.data).partition(":")
            whose = {f"{kind}_id": int(number)} if number else {}
        layout = {
            "template_id": self.template,
            "is_laid_out_as_shipped": self.template_id.data == SHIPPED,
        }
        return self.values(*names) | self.rule_typed() | layout | whose

    def draft(self) -> ReportRegime | None:
        """What was typed so far, to show when it would be due; None before there is a day."""
        first: date | None = self.starts_on.data
        if first is None or any(self[name].errors for name in (*OF_RULE, "working_days")):
            return None
        return ReportRegime(starts_on=first, ended_on=self.ended_on.data, **self.rule_typed())
