"""What the pages of a task ask for: the whole of it, or one value where it stands."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from typing_extensions import override
from werkzeug.datastructures import MultiDict
from wtforms import HiddenField, RadioField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

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
)
from tracker.forms.messages import language
from tracker.lib.dates import add_months, format_short
from tracker.lib.numbers import whole
from tracker.models import MoveReason, Pillar, Priority, TaskStatus
from tracker.queries.choices import Choice
from tracker.services.act import Why
from tracker.words import N_

NOTE_LENGTH = 500
OWN = "own"


class IdsField(SelectMultipleField):
    """Several rows by id, as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: str | None = None, validators: Any = None, **kwargs: Any) -> None:
        kwargs.setdefault("choices", [])
        super().__init__(label, validators, coerce=whole, **kwargs)


class ChosenDayField(DayField):
    """A date from a row of chips; "own" stands for the one typed beside them (`<name>_own`)."""

    @override
    def process(self, formdata: Any, *args: Any, **kwargs: Any) -> None:
        """Read the typed date where the chip says so."""
        if formdata is not None and formdata.get(self.name) == OWN:
            formdata = MultiDict([(self.name, formdata.get(f"{self.name}_own", ""))])
        super().process(formdata, *args, **kwargs)


class PushForm(Form):
    """What a move pushes, as the page showed it, and whether that is to be moved along."""

    pushes = HiddenField()
    push = RadioField(
        N_("Các mục bị đẩy"),
        choices=[
            SelectChoice("all", N_("Dời cả các mục này")),
            SelectChoice("only", N_("Chỉ dời mục này")),
        ],
        default="all",
    )


class MoveForm(PushForm):
    """Why a date moves, and who agreed."""

    reason = ChoiceField(
        N_("Vì sao?"), [Optional()], members=MoveReason, optional=N_("– chọn lý do –")
    )
    reason_note = LineField(N_("Nói rõ hơn"), [Length(max=NOTE_LENGTH)])
    agreed_by = LineField(N_("Ai đồng ý"), [Length(max=200)])

    # What of a form that holds a whole item is not a column of it.
    NOT_COLUMNS = frozenset(
        {"version", "csrf_token", "reason", "reason_note", "agreed_by", "pushes", "push"}
    )

    @override
    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """ "Other" says nothing without a sentence."""
        fine = super().validate(*args, **kwargs)
        if self.reason.data is MoveReason.OTHER and not self.reason_note.data:
            self.refuse("reason_note", "sentence_needed")
            return False
        return bool(fine)

    def why(self) -> Why | None:
        """What the history keeps of it; None when no reason was chosen."""
        if not isinstance(self.reason.data, MoveReason):
            return None
        return Why(
            reason=self.reason.data,
            sentence=self.reason_note.data or "",
            agreed_by=self.agreed_by.data or "",
        )


class StatusForm(Form):
    """Where the task stands."""

    status = ChoiceField(N_("Trạng thái"), [DataRequired()], members=TaskStatus)


class OwnerForm(Form):
    """Who does it."""

    columns = {"owner_id": "owner"}
    owner = IdField(N_("Người phụ trách"), [Optional()])


class ProgressForm(Form):
    """How much is done."""

    progress = NumberField(N_("Tiến độ (%)"), [InputRequired(), NumberRange(0, 100)])


class ForecastForm(MoveForm):
    """When it will probably be finished."""

    forecast = ChosenDayField(N_("Dự kiến"), [InputRequired()])


class DueForm(MoveForm):
    """Until when it is to be finished."""

    due = ChosenDayField(N_("Thời hạn"), [InputRequired()])


class DatesForm(MoveForm):
    """Either of the two, to see what it would push."""

    forecast = ChosenDayField(N_("Dự kiến"))
    due = ChosenDayField(N_("Thời hạn"))


class SendBackForm(Form):
    """What is to be done about a task that is returned."""

    body = BlockField(N_("Cần sửa gì?"), [Length(max=TEXT_LENGTH)])


class PartForm(Form):
    """A subtask by its title."""

    title = LineField(N_("Tên việc"), [DataRequired(), Length(max=TITLE_LENGTH)])


class TaskForm(MoveForm):
    """Everything of a task that is typed."""

    title = LineField(N_("Tên nhiệm vụ"), [DataRequired(), Length(max=TITLE_LENGTH)])
    description = BlockField(N_("Mô tả"), [Length(max=TEXT_LENGTH)])
    result = LineField(N_("Sản phẩm"), [Length(max=TITLE_LENGTH)])
    milestone_id = IdField(N_("Mốc tiến độ"), [Optional()])
    owner_id = IdField(N_("Người phụ trách"), [Optional()])
    participant_ids = IdsField(N_("Người cùng làm"))
    lead_unit_id = IdField(N_("Đơn vị chủ trì"), [Optional()])
    cooperating_unit_ids = IdsField(N_("Đơn vị phối hợp"))
    start = DayField(N_("Bắt đầu"))
    due = DayField(N_("Thời hạn"))
    forecast = DayField(N_("Dự kiến"))
    progress = NumberField(N_("Tiến độ (%)"), [Optional(), NumberRange(0, 100)])
    priority = ChoiceField(N_("Độ khẩn"), [DataRequired()], members=Priority)
    pillar = ChoiceField(N_("Trụ cột"), [Optional()], members=Pillar, optional=N_("Không gắn"))
    assigning_document = LineField(N_("Văn bản giao"), [Length(max=200)])
    assigning_date = DayField(N_("Ngày văn bản giao"))
    assigning_item = LineField(N_("Mục của văn bản giao"), [Length(max=200)])
    more = HiddenField()

    NOT_COLUMNS = MoveForm.NOT_COLUMNS | {"more"}

    def offer(
        self,
        *,
        members: Iterable[Choice],
        persons: Iterable[Choice],
        units: Iterable[Choice],
        milestones: Iterable[Choice],
    ) -> None:
        """Fill the lists to choose from; the people of the group come first."""
        people = people_first(members, persons)
        self.owner_id.choices = [("", language().gettext(N_("Chưa giao"))), *people]
        self.participant_ids.choices = people
        named = [(unit.id, unit.words) for unit in units]
        self.lead_unit_id.choices = [("", language().gettext(N_("Chưa có"))), *named]
        self.cooperating_unit_ids.choices = named
        outside = ("", language().gettext(N_("Ngoài các mốc")))
        self.milestone_id.choices = [outside, *((one.id, one.words) for one in milestones)]

    @override
    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """An end is not before the start."""
        fine = super().validate(*args, **kwargs)
        start = self.start.data
        for name in ("due", "forecast"):
            day = self[name].data if name in self else None
            if start and day and day < start:
                self.refuse(name, f"{name}_before_start")
                fine = False
        return bool(fine)

    def columns_typed(self) -> dict[str, Any]:
        """The values as `services.tasks` takes them; an empty percentage is none."""
        typed = {name: self[name].data for name in self.data if name not in self.NOT_COLUMNS}
        if typed.get("progress", 0) is None:
            typed["progress"] = 0
        return typed


def people_first(members: Iterable[Choice], persons: Iterable[Choice]) -> list[tuple[int, str]]:
    """The people of the group, then everybody else, said to be from outside."""
    inside = {one.id for one in members}
    outside = language().gettext(N_("ngoài tổ"))
    listed = sorted(persons, key=lambda one: one.id not in inside)
    return [
        (one.id, one.words if one.id in inside else f"{one.words} ({outside})") for one in listed
    ]


def day_choices(day: date | None, today: date) -> list[tuple[str, str]]:
    """New dates counted from the present one, or from today when that is past, as chips."""
    start = max(day or today, today)
    gettext = language().gettext
    days = {
        start + timedelta(weeks=1): gettext(N_("+1 tuần")),
        start + timedelta(weeks=2): gettext(N_("+2 tuần")),
        add_months(start, 1): gettext(N_("+1 tháng")),
        add_months(start, 3): gettext(N_("+3 tháng")),
    }
    return [(day.isoformat(), f"{words} · {format_short(day)}") for day, words in days.items()]


# Under which field the sentence of a refused rule belongs.
FIELD_OF = {
    "due_before_start": "due",
    "forecast_before_start": "forecast",
    "reason_needed": "reason",
    "push_unseen": "push",
    "push_changed": "push",
    "progress_out_of_range": "progress",
    "progress_of_finished": "progress",
    "outside_years": "start",
    "evidence_needed": "evidence",
    "closed_in_future": "closed_on",
}
