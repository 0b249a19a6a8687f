"""What the pages of a meeting ask for: the meeting, who was there, what was said, the document."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, cast

from typing_extensions import override
from wtforms import HiddenField, RadioField, TimeField
from wtforms.validators import DataRequired, InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

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
from tracker.forms.tasks import IdsField
from tracker.lib.numbers import whole
from tracker.models import Presence
from tracker.queries.choices import Choice
from tracker.queries.directives import Addressee, Addressees
from tracker.services.decisions import Answer
from tracker.services.meetings import Plan
from tracker.words import N_

NAME = 200
NEAR = 6  # names offered where one typed is not known
FIELD_OF = {"chair_not_director": "chair_id"}


def _place(value: object) -> int | None:
    return None if value in (None, "", "None") else whole(value)


class MeetingForm(Form):
    """When, where, who is in the chair, what it is about and who records."""

    columns = {"groups": "group_ids", "recorders": "recorder_ids"}

    title = LineField(N_("Tên cuộc họp"), [DataRequired(), Length(max=TITLE_LENGTH)])
    held_on = DayField(N_("Ngày họp"), [InputRequired()])
    begins = TimeField(N_("Giờ"), [Optional()], format=["%H:%M", "%H:%M:%S"])
    place = LineField(N_("Địa điểm"), [Length(max=NAME)])
    chair_id = IdField(N_("Người chủ trì"), [InputRequired()])
    recorder_ids = IdsField(N_("Người ghi"))
    programme_id = IdField(N_("Cả một chương trình"), [Optional()])
    group_ids = IdsField(N_("Tổ công tác được xem xét"))

    staff: tuple[int, frozenset[int]] | None = None

    def offer(
        self,
        *,
        directors: Iterable[Choice],
        persons: Iterable[Choice],
        groups: Iterable[Choice],
        programmes: Iterable[Choice],
    ) -> None:
        """Fill the lists to choose from."""
        self.chair_id.choices = [(one.id, one.words) for one in directors]
        self.recorder_ids.choices = [(one.id, one.words) for one in persons]
        self.group_ids.choices = [(one.id, one.words) for one in groups]
        none = ("", language().gettext(N_("– chọn từng tổ –")))
        self.programme_id.choices = [none, *((one.id, one.words) for one in programmes)]

    def keep_staff(self, chair_id: int, recorder_ids: Iterable[int]) -> bool:
        """Leave the chair and the recorders as they are; whether others had been chosen."""
        self.staff = chair_id, frozenset(recorder_ids)
        typed = self.chair_id.data, frozenset(self.recorder_ids.data or ())
        asked = bool(self.chair_id.raw_data) and typed != self.staff
        self.drop("chair_id", "recorder_ids")
        return asked

    def plan(self, programmes: Mapping[int, Iterable[int]]) -> Plan:
        """What was typed, of a form that is fine; a programme stands for its groups."""
        chosen = set(self.group_ids.data or ())
        chair_id, recorder_ids = self.staff or (
            self.chair_id.data,
            frozenset(self.recorder_ids.data or ()),
        )
        return Plan(
            title=self.title.data,
            held_on=cast("date", self.held_on.data),
            begins=self.begins.data,
            place=self.place.data or "",
            chair_id=chair_id,
            group_ids=frozenset(chosen.union(programmes.get(self.programme_id.data, ()))),
            recorder_ids=recorder_ids,
        )


class PresenceForm(Form):
    """Whether somebody is there."""

    presence = ChoiceField(N_("Có mặt"), [DataRequired()], members=Presence)


class GuestForm(Form):
    """Somebody from outside."""

    name = LineField(N_("Họ và tên"), [DataRequired(), Length(max=NAME)])
    post = LineField(N_("Chức vụ, đơn vị"), [Length(max=NAME)])


class NoteForm(Form):
    """What was said."""

    text = BlockField(N_("Ý kiến, kết luận"), [DataRequired(), Length(max=TEXT_LENGTH)])

    @property
    def said(self) -> str:
        """The words of the entry."""
        return self.text.data or ""


class DecideForm(Form):
    """What was decided: on a question that waits by an option, words, or both; else by words."""

    asked = NumberField(widget=HiddenInput(), validators=[Optional()])
    chosen = RadioField(N_("Phương án"), [Optional()], coerce=_place)
    question = LineField(N_("Về việc"), [Length(max=TITLE_LENGTH)])
    text = BlockField(N_("Quyết định"), [Length(max=TEXT_LENGTH)])
    workstream_id = IdField(N_("Cấu phần"), [InputRequired()])

    def offer(self, options: Sequence[str] | None, workstreams: Iterable[Choice]) -> "DecideForm":
        """The options of the question on the screen; where there is none (None), what the decision
        may be about.
        """
        if options is None:
            self.drop("asked", "chosen")
            self.workstream_id.choices = [(one.id, one.words) for one in workstreams]
        else:
            self.chosen.choices = list(enumerate(options))
            self.drop("question", "workstream_id", *([] if options else ["chosen"]))
        return self

    @override
    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Nothing chosen and nothing written is no decision."""
        fine = bool(super().validate(*args, **kwargs))
        chosen = self.chosen.data if "chosen" in self else None
        if chosen is None and not self.text.data:
            self.refuse("text", "decision_answer_needed")
            return False
        return fine

    @property
    def said(self) -> str:
        """The words of the entry: what was written, else the option."""
        chosen = self.chosen.data if "chosen" in self else None
        return self.text.data or ("" if chosen is None else dict(self.chosen.choices)[chosen])

    def answer(self, today: date) -> Answer:
        """What was typed, of a form that is fine."""
        chosen = self.chosen.data if "chosen" in self else None
        return Answer(decided_on=today, text=self.text.data or "", chosen=chosen)


class DirectForm(Form):
    """What is to be done, by whom, until when."""

    text = LineField(N_("Nhiệm vụ"), [DataRequired(), Length(max=TITLE_LENGTH)])
    to = LineField(N_("Giao cho"), [DataRequired(), Length(max=NAME)])
    due = DayField(N_("Thời hạn"), [InputRequired()])
    result = LineField(N_("Sản phẩm"), [Length(max=TITLE_LENGTH)])
    workstream_id = IdField(N_("Cấu phần"), [InputRequired()])

    addressees: Addressees

    def offer(self, addressees: Addressees, workstreams: Iterable[Choice]) -> "DirectForm":
        """Who may be named, and what it may be about."""
        self.addressees = addressees
        self.workstream_id.choices = [(one.id, one.words) for one in workstreams]
        return self

    @override
    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """The name means one person or unit."""
        fine = bool(super().validate(*args, **kwargs))
        name = self.to.data
        if name and self.addressees.of(name) is None:
            near = self.addressees.near(name)
            code = "directive_ambiguous" if near else "directive_unknown"
            self.refuse("to", code, name=name, found=", ".join(near[:NEAR]))
            return False
        return fine

    @property
    def said(self) -> str:
        """The words of the entry."""
        return self.text.data or ""

    @property
    def addressee(self) -> Addressee:
        """Who is meant; nobody where the form is not valid."""
        return self.addressees.of(self.to.data or "") or Addressee()


class AmendForm(Form):
    """What was said, put otherwise."""

    text = BlockField(N_("Ý kiến, kết luận"), [DataRequired(), Length(max=TEXT_LENGTH)])


class IssueForm(Form):
    """The number and the date that the clerk gave the document."""

    number = LineField(N_("Số, ký hiệu"), [DataRequired(), Length(max=NAME)])
    day = DayField(N_("Ngày văn bản"), [InputRequired()])
    seen = HiddenField()

    @property
    def given_on(self) -> date:
        """The date, of a form that is fine."""
        return cast("date", self.day.data)


class ReopenForm(Form):
    """Why minutes that were issued are opened again."""

    why = LineField(N_("Vì sao mở lại?"), [DataRequired(), Length(max=TITLE_LENGTH)])
