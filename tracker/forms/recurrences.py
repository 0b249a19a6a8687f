"""Work that comes again, as it is typed."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from typing_extensions import override
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from tracker.forms.base import (
    TEXT_LENGTH,
    TITLE_LENGTH,
    BlockField,
    ChoiceField,
    DayField,
    Form,
    IdField,
    LineField,
    NumberField,
    today,
)
from tracker.forms.messages import language
from tracker.forms.tasks import people_first
from tracker.lib.dates import Weekday
from tracker.lib.recurrence import (
    LAST,
    MONTHS_IN_QUARTER,
    Anchor,
    Frequency,
    Rule,
    Shift,
    unknown_places,
)
from tracker.queries.choices import Choice
from tracker.words import N_

EARLIEST_BEFORE = 365  # days
OF_RULE = ("month", "day", "nth", "weekday")
NTHS = {
    1: N_("lần đầu tiên trong tháng"),
    2: N_("lần thứ 2 trong tháng"),
    3: N_("lần thứ 3 trong tháng"),
    4: N_("lần thứ 4 trong tháng"),
    LAST: N_("lần cuối cùng trong tháng"),
}
FIELD_OF = {
    "recurrence_ends_before_start": "ends_on",
    "outside_years": "starts_on",
    "period_word_unknown": "title",
}


class RecurrenceForm(Form):
    """What comes again, and when."""

    title = LineField(N_("Tên nhiệm vụ mỗi kỳ"), [DataRequired(), Length(max=TITLE_LENGTH)])
    frequency = ChoiceField(
        N_("Lặp lại"), [InputRequired()], members=Frequency, default=Frequency.MONTHLY
    )
    month = IdField(N_("Tháng"), [Optional()])
    anchor = ChoiceField(N_("Thời hạn"), [InputRequired()], members=Anchor, default=Anchor.DAY)
    day = NumberField(N_("Ngày trong tháng"), [Optional(), NumberRange(1, 31)], default=25)
    weekday = IdField(N_("Thứ"), [Optional()])
    nth = IdField(N_("Lần trong tháng"), [Optional()])
    shift = ChoiceField(
        N_("Nếu rơi vào ngày nghỉ"), [InputRequired()], members=Shift, default=Shift.NEXT
    )
    lead_days = NumberField(
        N_("Tạo nhiệm vụ trước thời hạn (ngày)"),
        [InputRequired(), NumberRange(0, EARLIEST_BEFORE)],
        default=14,
    )
    starts_on = DayField(N_("Từ ngày"), [InputRequired()])
    ends_on = DayField(N_("Đến ngày"))
    workstream_id = IdField(N_("Cấu phần"), [InputRequired()])
    milestone_id = IdField(N_("Mốc tiến độ"), [Optional()])
    owner_id = IdField(N_("Người phụ trách"), [Optional()])
    lead_unit_id = IdField(N_("Đơn vị chủ trì"), [Optional()])
    result = LineField(N_("Sản phẩm"), [Length(max=TITLE_LENGTH)])
    description = BlockField(N_("Mô tả"), [Length(max=TEXT_LENGTH)])

    def offer(
        self,
        *,
        workstreams: Iterable[Choice],
        milestones: Iterable[Choice],
        members: Iterable[Choice],
        persons: Iterable[Choice],
        units: Iterable[Choice],
    ) -> None:
        """Fill the lists to choose from."""
        gettext, label = language().gettext, language().label
        self.month.choices = [(number, str(number)) for number in range(1, 13)]
        self.weekday.choices = [(number, label(day)) for number, day in enumerate(Weekday)]
        self.nth.choices = [(number, gettext(words)) for number, words in NTHS.items()]
        self.workstream_id.choices = [(one.id, one.words) for one in workstreams]
        outside = ("", gettext(N_("Ngoài các mốc")))
        self.milestone_id.choices = [outside, *((one.id, one.words) for one in milestones)]
        self.owner_id.choices = [
            ("", gettext(N_("Chưa giao"))),
            *people_first(members, persons),
        ]
        named = ((unit.id, unit.words) for unit in units)
        self.lead_unit_id.choices = [("", gettext(N_("Chưa có"))), *named]

    @property
    def rule(self) -> Rule:
        """The rule as far as it was typed; what it does not need is left out."""
        frequency, anchor, shift = self.frequency.data, self.anchor.data, self.shift.data
        bare = Rule(
            frequency=frequency if isinstance(frequency, Frequency) else Frequency.MONTHLY,
            anchor=anchor if isinstance(anchor, Anchor) else Anchor.DAY,
            shift=shift if isinstance(shift, Shift) else Shift.NEXT,
        )
        typed = {name: self[name].data for name in bare.needed if not self[name].errors}
        return Rule(frequency=bare.frequency, anchor=bare.anchor, shift=bare.shift, **typed)

    @override
    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Besides the fields themselves: the rule says on which days, and the title makes sense."""
        fine = bool(super().validate(*args, **kwargs))
        for name, code, values in self._problems():
            self.refuse(name, code, **values)
            fine = False
        return fine

    def _problems(self) -> Iterable[tuple[str, str, dict[str, object]]]:
        rule = self.rule
        for name in rule.needed:
            if getattr(rule, name) is None and not self[name].errors:
                yield name, "recurrence_rule_incomplete", {}
        if rule.frequency is Frequency.QUARTERLY and (rule.month or 0) > MONTHS_IN_QUARTER:
            yield "month", "month_of_quarter", {}
        if unknown := unknown_places(self.title.data or ""):
            yield "title", "period_word_unknown", {"places": ", ".join(unknown)}
        first, last = self.starts_on.data, self.ends_on.data
        if first and last and last < first:
            yield "ends_on", "recurrence_ends_before_start", {}

    def refuse_the_past(self) -> bool:
        """Whether it begins before today: what is past would all be made at once."""
        first: date | None = self.starts_on.data
        if first is None or first >= today():
            return False
        self.refuse("starts_on", "recurrence_starts_in_past")
        return True

    def columns_typed(self) -> dict[str, Any]:
        """The values as `services.recurrences` takes them."""
        rule = self.rule
        return self.values() | {name: getattr(rule, name) for name in OF_RULE}
