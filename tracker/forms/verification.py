"""Which file is to be verified."""

from flask_wtf.file import FileField, FileRequired

from tracker.forms.base import Form
from tracker.words import N_


class VerifyForm(Form):
    """The file; nothing else is asked."""

    file = FileField(
        N_("Tệp báo cáo"),
        [FileRequired(N_("Hãy chọn một tệp."))],
        description=N_("Word, Excel, PDF, HTML hoặc CSV, tối đa 20 MB. Tệp không được lưu lại."),
    )
