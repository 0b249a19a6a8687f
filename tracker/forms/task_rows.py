"""Adding a task or a milestone where it stands, and moving it."""

from collections.abc import Iterable
from typing import Any

from wtforms import HiddenField, StringField
from wtforms.validators import InputRequired, Length

from tracker.forms.base import TITLE_LENGTH, ChoiceField, DayField, Form, LineField
from tracker.forms.messages import language
from tracker.lib.text import fold
from tracker.models import TaskStatus
from tracker.queries.plan import Worker
from tracker.words import N_


class TaskRowForm(Form):
    """A title, and perhaps whose it is and by when. The owner is typed, as a name."""

    title = LineField(N_("Nhiệm vụ"), [InputRequired(), Length(max=TITLE_LENGTH)])
    owner = LineField(N_("Người phụ trách"), [Length(max=200)])
    due = DayField(N_("Thời hạn"))
    milestone = HiddenField()
    back = HiddenField()

    def owner_among(self, workers: Iterable[Worker]) -> int | None:
        """Who is meant by the name; None with an error where nobody, or more than one, is."""
        name: Any = self.owner.data
        if not name:
            return None
        exact = [worker.id for worker in workers if worker.name == name]
        alike = exact or [worker.id for worker in workers if fold(worker.name) == fold(name)]
        if len(alike) == 1:
            return alike[0]
        sentence = (
            N_("Có nhiều người tên «%(name)s»; hãy mở nhiệm vụ để chọn.")
            if alike
            else N_("Chưa có «%(name)s» trong tổ; hãy chọn trong danh sách.")
        )
        self.owner.errors = [language().gettext(sentence, name=name)]
        return None


class MilestoneRowForm(Form):
    """A title, and when it is to be reached."""

    title = LineField(N_("Mốc tiến độ"), [InputRequired(), Length(max=TITLE_LENGTH)])
    baseline = DayField(N_("Ngày theo kế hoạch"))
    back = HiddenField()


class PlaceForm(Form):
    """Where to: `to` a milestone's code or a strand's address; `after` a task's code, "" or end."""

    to = StringField(N_("Chuyển đến"), [InputRequired(), Length(max=60)])
    after = StringField(N_("Vị trí"), [Length(max=60)])
    back = HiddenField()


class MilestonePlaceForm(Form):
    """Which milestone it is to stand behind; or up, down, end, and "" for the first place."""

    after = StringField(N_("Vị trí"), [Length(max=60)])
    back = HiddenField()


class ColumnForm(Form):
    """Into which column a card goes; `slug` is that of the strand whose board is shown."""

    status = ChoiceField(N_("Trạng thái"), [InputRequired()], members=TaskStatus)
    slug = HiddenField()
    back = HiddenField()
