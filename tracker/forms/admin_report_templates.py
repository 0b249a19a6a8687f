"""Bringing a Word file as a layout of reports, and what it is called."""

from flask_wtf.file import FileField, FileRequired
from wtforms.validators import InputRequired, Length

from tracker.forms.base import Form, LineField
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
