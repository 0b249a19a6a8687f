"""What the pages of directives ask for."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from typing_extensions import override
from wtforms import HiddenField, SelectField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from tracker.forms.base import (
    TEXT_LENGTH,
    TITLE_LENGTH,
    BlockField,
    ChoiceField,
    DayField,
    Form,
    IdField,
    LineField,
)
from tracker.forms.messages import language
from tracker.forms.tasks import NOTE_LENGTH, IdsField
from tracker.lib.periods import Period, PeriodError, parse
from tracker.models import Priority, Strand
from tracker.queries.choices import Choice
from tracker.queries.directives import Addressee, Addressees, Filters, Sort, State
from tracker.words import N_

LONGEST = 200
STATE_WORDS = {
    State.OPEN: N_("Chưa hoàn thành"),
    State.OPEN_OVERDUE: N_("Quá hạn"),
    State.DUE_SOON: N_("Sắp đến hạn (3 ngày làm việc)"),
    State.OPEN_ON_TIME: N_("Chưa hoàn thành, trong hạn"),
    State.DONE_ON_TIME: N_("Hoàn thành đúng hạn"),
    State.DONE_LATE: N_("Hoàn thành quá hạn"),
    State.NOBODY: N_("Chưa có người nhận"),
    State.DROPPED: N_("Thu hồi, dừng thực hiện"),
}
SORT_WORDS = {
    Sort.DUE: N_("Theo thời hạn"),
    Sort.GIVEN: N_("Mới giao trước"),
    Sort.UNIT: N_("Theo đơn vị chủ trì"),
    Sort.PRIORITY: N_("Khẩn trước"),
}


def _words(words: Mapping[Any, str], first: str = "") -> list[tuple[str, str]]:
    listed = [(str(member), language().gettext(word)) for member, word in words.items()]
    return [("", language().gettext(first)), *listed] if first else listed


class DirectivesForm(Form):
    """The filters. Nonsense counts as not asked; a period that is none is said to be none."""

    class Meta(Form.Meta):
        """A question changes nothing and needs no token."""

        csrf = False

    q = LineField(N_("Tìm trong danh sách"), [Length(max=LONGEST)])
    state = SelectField(
        N_("Tình trạng"),
        choices=lambda: _words(STATE_WORDS, N_("Mọi tình trạng")),
        validate_choice=False,
    )
    giver = IdField(N_("Lãnh đạo giao việc"), [Optional()], validate_choice=False)
    unit = IdField(N_("Đơn vị"), [Optional()], validate_choice=False)
    document = SelectField(N_("Văn bản giao"), choices=[], validate_choice=False)
    group = SelectField(N_("Tổ công tác"), choices=[], validate_choice=False)
    strand = ChoiceField(N_("Cấu phần"), [Optional()], members=Strand, optional=N_("Mọi cấu phần"))
    period = LineField(N_("Giao trong kỳ"), [Length(max=60)])
    sort = SelectField(
        N_("Sắp xếp"), choices=lambda: _words(SORT_WORDS), validate_choice=False, default=Sort.DUE
    )

    def offer(
        self,
        *,
        givers: Iterable[tuple[int, str]],
        units: Iterable[tuple[int, str]],
        documents: Iterable[str],
        groups: Iterable[str],
    ) -> "DirectivesForm":
        """What can be chosen from."""
        _ = language().gettext
        self.giver.choices = [("", _(N_("Mọi lãnh đạo"))), *givers]
        self.unit.choices = [("", _(N_("Mọi đơn vị"))), *units]
        asked = (self.document.data or "")[:LONGEST]
        named = dict.fromkeys([*documents, *([asked] if asked else [])])
        self.document.choices = [("", _(N_("Mọi văn bản"))), *((one, one) for one in named)]
        self.group.choices = [("", _(N_("Mọi tổ"))), *((key, key) for key in groups)]
        return self

    @property
    def more(self) -> Sequence[Any]:
        """The filters that are folded away until one of them is asked for."""
        return [self.document, self.group, self.strand, self.period, self.sort]

    def filters(self) -> Filters:
        """The filters that make sense."""
        strand = self.strand.data
        return Filters(
            text=(self.q.data or "")[:LONGEST],
            state=next((one for one in State if one == self.state.data), None),
            giver_id=self.giver.data,
            unit_id=self.unit.data,
            document=(self.document.data or "")[:LONGEST],
            group=(self.group.data or "")[:20],
            strand=strand if isinstance(strand, Strand) else None,
            period=self._period(),
            sort=next((one for one in Sort if one == self.sort.data), Sort.DUE),
        )

    def _period(self) -> Period | None:
        if not self.period.data:
            return None
        try:
            return parse(self.period.data)
        except PeriodError as error:
            self.refuse("period", error.code, **error.values)
            return None


class DirectiveForm(Form):
    """A directive as it is given."""

    title = LineField(N_("Nhiệm vụ"), [DataRequired(), Length(max=TITLE_LENGTH)])
    to = LineField(N_("Giao cho"), [DataRequired(), Length(max=LONGEST)])
    due = DayField(N_("Thời hạn"), [InputRequired()])
    group = SelectField(N_("Tổ công tác"), [DataRequired()])
    strand = ChoiceField(
        N_("Cấu phần"), [DataRequired()], members=Strand, optional=N_("– chọn cấu phần –")
    )
    milestone_id = IdField(N_("Mốc tiến độ"), [Optional()], validate_choice=False)
    lead_unit_id = IdField(N_("Đơn vị chủ trì"), [Optional()])
    cooperating_unit_ids = IdsField(N_("Đơn vị phối hợp"))
    result = LineField(N_("Sản phẩm"), [Length(max=TITLE_LENGTH)])
    priority = ChoiceField(
        N_("Độ khẩn"), [DataRequired()], members=Priority, default=Priority.NORMAL
    )
    description = BlockField(N_("Nội dung, yêu cầu"), [Length(max=TEXT_LENGTH)])
    assigning_document = LineField(N_("Văn bản giao"), [Length(max=LONGEST)])
    assigning_date = DayField(N_("Ngày văn bản giao"))
    assigning_item = LineField(N_("Mục của văn bản giao"), [Length(max=LONGEST)])
    more = HiddenField()

    # As the columns of a task are called; the others are looked up first.
    COLUMNS = (
        *("title", "due", "cooperating_unit_ids", "result", "priority", "description"),
        *("assigning_document", "assigning_date", "assigning_item"),
    )

    addressees: Addressees

    def offer(
        self,
        *,
        addressees: Addressees,
        groups: Iterable[tuple[str, str]],
        units: Iterable[Choice],
        milestones: Iterable[Choice],
    ) -> "DirectiveForm":
        """What can be chosen from."""
        _ = language().gettext
        self.addressees = addressees
        self.group.choices = [("", _(N_("– chọn tổ –"))), *groups]
        named = [(unit.id, unit.words) for unit in units]
        self.lead_unit_id.choices = [("", _(N_("Theo người, đơn vị được giao"))), *named]
        self.cooperating_unit_ids.choices = named
        outside = ("", _(N_("Ngoài các mốc")))
        self.milestone_id.choices = [outside, *((one.id, one.words) for one in milestones)]
        return self

    @property
    def addressee(self) -> Addressee:
        """Who is meant; nobody where the form is not valid."""
        return self.addressees.of(self.to.data or "") or Addressee()

    @override
    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """The name means one person or unit, and a unit leads what it was given."""
        fine = bool(super().validate(*args, **kwargs))
        name = self.to.data
        if name and self.addressees.of(name) is None:
            near = self.addressees.near(name)
            code = "directive_ambiguous" if near else "directive_unknown"
            self.refuse("to", code, name=name, found=", ".join(near[:6]))
            return False
        unit_id, leading = self.addressee.unit_id, self.lead_unit_id.data
        if unit_id and leading and leading != unit_id:
            self.refuse("lead_unit_id", "directive_two_units", unit=name)
            return False
        return fine


class RecallForm(Form):
    """Why a directive is taken back."""

    sentence = BlockField(N_("Vì sao thu hồi?"), [DataRequired(), Length(max=NOTE_LENGTH)])


class PersonForm(Form):
    """Who of the unit does it."""

    owner_id = IdField(N_("Người phụ trách"), [InputRequired()], validate_choice=False)
