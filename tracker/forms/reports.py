"""Which report is wanted, and what is typed into one."""

import re
from datetime import date, timedelta
from typing import cast

from wtforms import RadioField, SelectField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from tracker.forms.base import (
    TEXT_LENGTH,
    TITLE_LENGTH,
    BlockField,
    ChoiceField,
    DayField,
    Form,
    LineField,
    today,
)
from tracker.forms.messages import language
from tracker.lib.dates import format_short
from tracker.lib.numbers import whole
from tracker.lib.periods import Period, PeriodBasis, PeriodError, PeriodKind, containing, parse
from tracker.lib.text import fold
from tracker.models import Arrangement, Group, Orientation, ReportKind, ReportState
from tracker.queries.reports import Filters, Scope
from tracker.queries.reports.scope import kind_of
from tracker.words import LABELS, LANGUAGES, N_

ALL = "all"
UNIT = "unit:"
NUMBER_LENGTH = 200
OTHER = "other"
LONGEST_QUESTION = 200
# Asked of the register; folded.
_MONTH = re.compile(r"(?:thang )?(\d{1,2})/(\d{4})")
_QUARTER = re.compile(r"quy ([1-4]|i{1,3}|iv)/(\d{4})")
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
STATES = {state.value: LABELS[f"ReportState.{state.value}"] for state in ReportState}
# Offered by name; each is the one that ended last, or the one that runs.
_PAST = (PeriodKind.MONTH, PeriodKind.QUARTER)
_PRESENT = (PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.HALF, PeriodKind.YEAR)


class Question(Form):
    """Asked by GET: changes nothing and needs no token."""

    class Meta(Form.Meta):
        """A question changes nothing."""

        csrf = False


class WantedForm(Question):
    """Whose report, of which period, in which language, and how it is to look.

    The route sets what to choose from: the key of a group, "unit:3", or all groups.
    """

    group = SelectField(N_("Báo cáo của"), choices=[], validate_choice=False)
    period = RadioField(N_("Kỳ báo cáo"), choices=[], validate_choice=False)
    word = LineField(
        N_("Kỳ khác"),
        [Length(max=60)],
        render_kw={"placeholder": "2026-10, 2026-Q3, 2026-H1, cal:2026-10, 2026-W47"},
    )
    first = DayField(N_("Từ ngày"), [Optional()])
    last = DayField(N_("Đến ngày"), [Optional()])
    lang = RadioField(
        N_("Ngôn ngữ"), choices=lambda: list(LANGUAGES.items()), default="vi", validate_choice=False
    )

    arranged_by = ChoiceField(
        N_("Xếp chương"), members=Arrangement, default=Arrangement.GROUP, validate_choice=False
    )
    orientation = ChoiceField(
        N_("Phụ lục"), members=Orientation, default=Orientation.PORTRAIT, validate_choice=False
    )

    @property
    def unit_id(self) -> int | None:
        """The unit whose report is wanted."""
        kind, _, number = (self.group.data or "").partition(UNIT)
        return whole(number) if not kind and number.isdecimal() else None

    def scope(self, period: Period, group: Group | None) -> Scope:
        """What the report is of. Nonsense of how it is to look counts as not asked."""
        arranged, lies = self.arranged_by.data, self.orientation.data
        return Scope(
            kind=kind_of(period, of_all=group is None and self.unit_id is None),
            arranged_by=arranged if isinstance(arranged, Arrangement) else Arrangement.GROUP,
            orientation=lies if isinstance(lies, Orientation) else Orientation.PORTRAIT,
            group_id=group.id if group else None,
            unit_id=self.unit_id,
        )

    def offer(self) -> None:
        """Set the periods to choose from; a word of the address that is none of them is kept."""
        offered = offers(today())
        choices = [(one.word, _named(one)) for one in offered]
        self.period.choices = [*choices, (OTHER, language().gettext(N_("Kỳ khác")))]
        asked = self.period.data or ""
        if not asked:
            self.period.data = offered[0].word
        elif asked != OTHER and asked not in {one.word for one in offered}:
            self.period.data, self.word.data = OTHER, self.word.data or asked

    def wanted(self) -> Period | None:
        """The period, or None with the sentence under its field."""
        try:
            return self._period()
        except PeriodError as error:
            field = "word" if self.period.data == OTHER else "period"
            self.refuse(field, error.code, **error.values)
            return None

    def _period(self) -> Period | None:
        if self.period.data != OTHER:
            return parse(self.period.data or "")
        if self.word.data:
            return parse(self.word.data)
        first, last = self.first.data, self.last.data
        if first and last:
            return parse(f"{first.isoformat()}..{last.isoformat()}")
        if not (self.first.errors or self.last.errors):
            self.refuse("word", "report_period_needed")
        return None


def offers(day: date) -> list[Period]:
    """The periods that a report is wanted of, the likeliest first: the month that was closed."""
    running = [containing(day, kind) for kind in _PRESENT]
    ended = [one.previous() for one in running if one.kind in _PAST]
    plain = containing(day, PeriodKind.MONTH, basis=PeriodBasis.CALENDAR)
    week = containing(day - timedelta(weeks=1), PeriodKind.WEEK)
    return [*ended[:1], running[0], *ended[1:], *running[1:], plain.previous(), plain, week]


def _named(period: Period) -> str:
    """The name of a period with its days, as "Tháng 11 năm 2026 · 15/10–14/11"."""
    words = language().sentence(period.title_code, **period.title_values)
    days = f"{format_short(period.first)}–{format_short(period.last)}"
    if period.basis is PeriodBasis.CALENDAR:
        days = language().gettext("theo lịch, %(days)s", days=days)
    return f"{words} · {days}"


class RemarksForm(Form):
    """Why a report is given back."""

    remarks = BlockField(N_("Ý kiến trả lại"), [DataRequired(), Length(max=TEXT_LENGTH)])


class IssueForm(Form):
    """The number and the date that the clerk gave a report."""

    number = LineField(N_("Số, ký hiệu"), [DataRequired(), Length(max=NUMBER_LENGTH)])
    day = DayField(N_("Ngày văn bản"), [InputRequired()])

    @property
    def given_on(self) -> date:
        """The date, of a form that is fine."""
        return cast("date", self.day.data)


class ReasonForm(Form):
    """Why a report that was issued is opened for a correction."""

    why = LineField(N_("Vì sao cần bản mới?"), [DataRequired(), Length(max=TITLE_LENGTH)])


class ListForm(Question):
    """What of the register is asked for. Nonsense counts as not asked.

    The route sets the groups and the units to choose.
    """

    text = LineField(N_("Tìm trong báo cáo"))
    group = SelectField(N_("Tổ công tác"), choices=[], validate_choice=False)
    unit = SelectField(N_("Đơn vị"), choices=[], validate_choice=False)
    kind = SelectField(N_("Loại báo cáo"), validate_choice=False)
    state = SelectField(N_("Trạng thái"), validate_choice=False)
    period = LineField(N_("Kỳ"))

    def offer(self) -> None:
        """Name the kinds and the states in the reader's language."""
        lang = language()
        self.kind.choices = [("", lang.gettext("Mọi loại"))]
        self.kind.choices += [(kind.value, lang.label(kind)) for kind in ReportKind]
        self.state.choices = [("", lang.gettext("Mọi trạng thái"))]
        self.state.choices += [(state.value, lang.label(state)) for state in ReportState]

    @property
    def filters(self) -> Filters:
        """The filters that make sense."""
        kind, state = self.kind.data or "", self.state.data or ""
        unit = self.unit.data or ""
        return Filters(
            group=(self.group.data or "")[:20],
            unit_id=int(unit) if unit.isdecimal() and len(unit) < 10 else None,
            kind=ReportKind(kind) if kind in set(ReportKind) else None,
            state=ReportState(state) if state in set(ReportState) else None,
            period=self._word(),
            text=(self.text.data or "")[:LONGEST_QUESTION],
        )

    def _word(self) -> str:
        """A period by its word, or as people write it: 11/2026, tháng 11/2026, quý IV/2026."""
        asked = self.period.data or ""
        if month := _MONTH.fullmatch(fold(asked)):
            asked = f"{month[2]}-{int(month[1]):02}"
        elif quarter := _QUARTER.fullmatch(fold(asked)):
            asked = f"{quarter[2]}-Q{_ROMAN.get(quarter[1], quarter[1])}"
        try:
            return parse(asked).word
        except PeriodError:
            return ""
