"""A programme: its names and its groups."""

from collections.abc import Iterable

from wtforms import BooleanField, SelectMultipleField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from tracker.forms.base import Form, LineField
from tracker.lib.numbers import whole
from tracker.models import Group
from tracker.words import N_

NAME = 200


class ProgrammeForm(Form):
    """What a programme is called, and which groups are in it."""

    name = LineField(N_("Tên chương trình"), [InputRequired(), Length(max=NAME)])
    name_en = LineField(N_("Tên tiếng Anh"), [Length(max=NAME)])
    is_retired = BooleanField(
        N_("Ngừng dùng"), description=N_("Không còn trên bảng điều hành; lịch sử vẫn giữ.")
    )
    groups = SelectMultipleField(
        N_("Các tổ công tác"),
        coerce=whole,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def offer(self, groups: Iterable[Group]) -> "ProgrammeForm":
        """Let these groups be ticked."""
        self.groups.choices = [(group.id, group.name) for group in groups]
        return self
