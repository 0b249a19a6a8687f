"""What the pages of a meeting ask for: the meeting, who was there, what was said, the document."""

from collections.abc import Iterable, Mapping

from wtforms import TimeField
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
from tracker.forms.tasks import IdsField
from tracker.models import Presence
from tracker.queries.choices import Choice
from tracker.services.meetings import Plan
from tracker.words import N_

NAME = 200
FIELD_OF = {"chair_not_director": "chair_id"}


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

    def plan(self, programmes: Mapping[int, Iterable[int]]) -> Plan:
        """The meeting as it was typed; a programme stands for its groups."""
        chosen = set(self.group_ids.data or ())
        return Plan(
            title=self.title.data,
            held_on=self.held_on.data,
            begins=self.begins.data,
            place=self.place.data or "",
            chair_id=self.chair_id.data,
            group_ids=frozenset(chosen.union(programmes.get(self.programme_id.data, ()))),
            recorder_ids=frozenset(self.recorder_ids.data or ()),
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


class IssueForm(Form):
    """The number and the date that the clerk gave the document."""

    number = LineField(N_("Số, ký hiệu"), [DataRequired(), Length(max=NAME)])
    day = DayField(N_("Ngày văn bản"), [InputRequired()])


class ReopenForm(Form):
    """Why minutes that were issued are opened again."""

    why = LineField(N_("Vì sao mở lại?"), [DataRequired(), Length(max=TITLE_LENGTH)])
