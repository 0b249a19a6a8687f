"""A question to a director, its answer, its document, and which questions are shown."""

from collections.abc import Sequence

from wtforms import BooleanField, SelectField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from tracker.errors import StaleError
from tracker.forms.base import (
    TEXT_LENGTH,
    TITLE_LENGTH,
    BlockField,
    DayField,
    Form,
    IdField,
    LineField,
    NumberField,
)
from tracker.forms.choosing import WordsField
from tracker.models import Decision, DecisionState, Milestone, Task
from tracker.queries.choices import Choice
from tracker.queries.decisions import Filters, Order
from tracker.services.decisions import Answer, Question
from tracker.words import N_

MOST_OPTIONS = 9
ALL = "all"
REASON_LENGTH = 500
NUMBER_LENGTH = 100
# Where the sentence of a refused rule stands.
FIELD_OF = {
    "decision_empty": "question",
    "decision_option_unknown": "recommended",
    "decision_wanted_in_past": "wanted_by",
    "decision_of_other_group": "stall",
}
ANSWER_FIELD_OF = {
    "decision_option_unknown": "chosen",
    "decision_day_wrong": "decided_on",
    "decision_document_half": "document_number",
}


class DecisionForm(Form):
    """What is asked. Options are lines; the one recommended is told by its number, from 1.

    What stalls is a list of codes (`stalls`), and one more being typed (`stall`).
    """

    question = LineField(N_("Điều xin ý kiến"), [DataRequired(), Length(max=TITLE_LENGTH)])
    background = BlockField(N_("Bối cảnh"), [Length(max=TEXT_LENGTH)])
    options = BlockField(N_("Các phương án, mỗi dòng một phương án"), [Length(max=TEXT_LENGTH)])
    recommended = NumberField(
        N_("Đề nghị chọn phương án số"), [Optional(), NumberRange(1, MOST_OPTIONS)]
    )
    wanted_from_id = IdField(N_("Xin ý kiến của"), [InputRequired()])
    wanted_by = DayField(N_("Cần trước ngày"), [InputRequired()])
    stall = LineField(N_("Việc, mốc phải chờ"), [Length(max=TITLE_LENGTH)])

    def offer(self, directors: Sequence[Choice]) -> None:
        """Whom to choose from; the only one there is needs no choice."""
        self.wanted_from_id.choices = [("", "–"), *((one.id, one.words) for one in directors)]
        if len(directors) == 1 and self.wanted_from_id.data is None:
            self.wanted_from_id.data = directors[0].id

    def fill(self, decision: Decision) -> None:
        """As it is stored."""
        for name in ("question", "background", "options", "recommended", "wanted_from_id"):
            self[name].data = typed(name, getattr(decision, name))
        self.wanted_by.data = decision.wanted_by

    def asked(self, stalls: Sequence[Task | Milestone]) -> Question:
        """What was typed, of a form that is fine."""
        recommended, wanted_by = self.recommended.data, self.wanted_by.data
        assert wanted_by is not None  # noqa: S101 - asked for by the field
        return Question(
            question=self.question.data or "",
            background=self.background.data or "",
            options=tuple(line.strip() for line in self._options()),
            recommended=recommended - 1 if recommended else None,
            wanted_from_id=self.wanted_from_id.data or 0,
            wanted_by=wanted_by,
            stalls=tuple(stalls),
        )

    def _options(self) -> Sequence[str]:
        return [line for line in (self.options.data or "").splitlines() if line.strip()]


def typed(name: str, value: object) -> object:
    """A column as the form shows it."""
    if name == "options" and isinstance(value, list):
        return "\n".join(value)
    if name == "recommended" and isinstance(value, int):
        return value + 1
    return value


def as_typed(error: StaleError) -> StaleError:
    """Both values of each field that two people changed, as the form shows them."""
    conflicts = {
        name: (typed(name, theirs), typed(name, yours))
        for name, (theirs, yours) in error.conflicts.items()
    }
    kept = {name: typed(name, value) for name, value in error.kept.items()}
    return StaleError(conflicts, kept)


class AnswerForm(Form):
    """What a director decides: an option, words, or both; the document may follow."""

    chosen = IdField(N_("Phương án"), [Optional()])
    text = BlockField(N_("Ý kiến"), [Length(max=TEXT_LENGTH)])
    decided_on = DayField(N_("Ngày cho ý kiến"), [InputRequired()])
    document_number = LineField(N_("Số văn bản"), [Length(max=NUMBER_LENGTH)])
    document_date = DayField(N_("Ngày văn bản"))

    def offer(self, options: Sequence[str]) -> None:
        """What there is to choose from."""
        self.chosen.choices = [("", ""), *enumerate(options)]

    def answer(self) -> Answer:
        """What was typed, of a form that is fine."""
        decided_on = self.decided_on.data
        assert decided_on is not None  # noqa: S101 - asked for by the field
        return Answer(
            decided_on=decided_on,
            text=self.text.data or "",
            chosen=self.chosen.data,
            document_number=self.document_number.data or "",
            document_date=self.document_date.data,
        )


class DocumentForm(Form):
    """The document that tells the answer, once it has a number."""

    document_number = LineField(N_("Số văn bản"), [DataRequired(), Length(max=NUMBER_LENGTH)])
    document_date = DayField(N_("Ngày văn bản"), [InputRequired()])


class WithdrawForm(Form):
    """Why a question is taken back."""

    because = LineField(N_("Vì sao rút?"), [DataRequired(), Length(max=REASON_LENGTH)])


class ListForm(Form):
    """Which questions are shown: those that wait unless said otherwise."""

    class Meta(Form.Meta):
        """A question changes nothing and needs no token."""

        csrf = False

    state = WordsField(
        N_("Trạng thái"),
        (
            (DecisionState.OPEN.value, N_("Chờ quyết định")),
            (DecisionState.ANSWERED.value, N_("Đã có ý kiến")),
            (DecisionState.WITHDRAWN.value, N_("Đã rút")),
            (ALL, N_("Mọi trạng thái")),
        ),
    )
    group = SelectField(N_("Tổ công tác"), choices=[], validate_choice=False)
    who = IdField(N_("Xin ý kiến của"), [Optional()], validate_choice=False)
    mine = BooleanField(N_("Của tôi"))
    sort = WordsField(
        N_("Sắp xếp"),
        (
            (Order.AGE.value, N_("Chờ lâu nhất trước")),
            (Order.WANTED.value, N_("Cần sớm nhất trước")),
            (Order.LATEST.value, N_("Mới nhất trước")),
        ),
    )

    def filters(self, group: str = "") -> Filters:
        """What is asked for; a page of one group asks for that."""
        state = self.state.asked
        return Filters(
            state=None if state == ALL else DecisionState(state),
            group=group or (self.group.data or "")[:20],
            who=self.who.data,
            is_mine=bool(self.mine.data),
            order=Order(self.sort.asked),
        )
