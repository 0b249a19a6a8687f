"""Bringing a Word file as a layout of reports, and what it is called."""

from flask_wtf.file import FileField, FileRequired
from wtforms.validators import InputRequired, Length

from tracker.forms.base import Form, IdField, LineField
from tracker.words import N_

NAME = 120


class NameForm(Form):
    """What a template is called."""

    name = LineField(
        N_("Tên mẫu"),
        [InputRequired(), Length(max=NAME)],
        render_kw={"placeholder": "Mẫu của Ủy ban"},
    )


class UploadForm(NameForm):
    """The file and its name."""

    file = FileField(
        N_("Tệp Word"),
        [FileRequired(N_("Hãy chọn một tệp."))],
        description=N_("Word (.docx), tối đa 5 MB; không có macro, liên kết ngoài, tệp nhúng."),
    )


class ChooseForm(Form):
    """Which template a report, or all reports to come, are laid out by; none is the shipped one."""

    template_id = IdField(N_("Mẫu báo cáo Word"))

    def offer(self, choices: list[tuple[int, str]], shipped: str) -> "ChooseForm":
        """Let these be chosen."""
        self.template_id.choices = [("", shipped), *choices]
        return self
