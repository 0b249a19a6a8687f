"""Which report is wanted, and what is typed into one."""

from datetime import date, timedelta

from wtforms import RadioField, SelectField
from wtforms.validators import Length, Optional

from tracker.forms.base import TEXT_LENGTH, BlockField, DayField, Form, LineField, today
from tracker.forms.messages import language
from tracker.lib.dates import format_short
from tracker.lib.periods import Period, PeriodBasis, PeriodError, PeriodKind, containing, parse
from tracker.queries.reports import Filters
from tracker.words import LANGUAGES, N_

ALL = "all"
OTHER = "other"
STATES = {"draft": N_("Bản nháp"), "issued": N_("Đã chốt")}
# Offered by name; each is the one that ended last, or the one that runs.
_PAST = (PeriodKind.MONTH, PeriodKind.QUARTER)
_PRESENT = (PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.HALF, PeriodKind.YEAR)


class Question(Form):
    """Asked by GET: changes nothing and needs no token."""

    class Meta(Form.Meta):
        """A question changes nothing."""

        csrf = False


class WantedForm(Question):
    """Whose report, of which period, in which language. The route sets the groups to choose."""

    group = SelectField(N_("Tổ công tác"), choices=[], validate_choice=False)
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


def _text(label: str) -> BlockField:
    return BlockField(label, [Length(max=TEXT_LENGTH)])


class NarrativeForm(Form):
    """What only a person can say, by the sections of the paper; in English too, if they like."""

    assessment = _text(N_("Nhận định chung"))
    results = _text(N_("Đánh giá kết quả"))
    difficulties = _text(N_("Khó khăn, vướng mắc và nguyên nhân"))
    next = _text(N_("Phương hướng, nhiệm vụ kỳ tới"))
    recommendations = _text(N_("Kiến nghị, đề xuất"))
    assessment_en = _text(N_("Nhận định chung (tiếng Anh)"))
    results_en = _text(N_("Đánh giá kết quả (tiếng Anh)"))
    difficulties_en = _text(N_("Khó khăn, vướng mắc và nguyên nhân (tiếng Anh)"))
    next_en = _text(N_("Phương hướng, nhiệm vụ kỳ tới (tiếng Anh)"))
    recommendations_en = _text(N_("Kiến nghị, đề xuất (tiếng Anh)"))


class ListForm(Question):
    """What of the list of reports is asked for. Nonsense counts as not asked."""

    group = SelectField(N_("Tổ công tác"), choices=[], validate_choice=False)
    period = LineField(N_("Kỳ"))
    state = SelectField(N_("Trạng thái"), validate_choice=False)

    @property
    def filters(self) -> Filters:
        """The filters that make sense."""
        state = self.state.data or ""
        return Filters(
            group=(self.group.data or "")[:20],
            period=self._word(),
            state=state if state in STATES else "",
        )

    def _word(self) -> str:
        try:
            return parse(self.period.data or "").word
        except PeriodError:
            return ""
