"""Bringing a plan file, and what is chosen before it is confirmed."""

from collections.abc import Mapping
from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, HiddenField

from tracker.forms.base import Form, clean
from tracker.forms.messages import language
from tracker.forms.tasks import MoveForm
from tracker.queries.importing import NEW, Answers, Preview
from tracker.words import N_

LONGEST_NAME = 200


class UploadForm(Form):
    """The file. `chosen` is the name of one that was refused: browsers never send it again."""

    file = FileField(
        N_("Tệp kế hoạch"),
        [FileRequired(N_("Hãy chọn một tệp."))],
        description=N_("Excel (.xlsx) hoặc CSV, tối đa 20 MB và 20.000 dòng mỗi trang."),
    )


class PreviewForm(MoveForm):
    """Why dates move, and that rows nobody can read stay out; `seen` tells what was shown."""

    seen = HiddenField()
    without_left_out = BooleanField(N_("Nhập mà không có những dòng này"))

    def fits(self, preview: Preview) -> bool:
        """Whether everything that has to be said was said."""
        fine = bool(self.validate())
        if preview.counts["moves"] and self.reason.data is None:
            self.refuse("reason", "reason_needed")
            fine = False
        if preview.left_out and not self.without_left_out.data:
            self.refuse("without_left_out", "import_rows_left_out")
            fine = False
        for code, is_open in (
            ("import_sheets_open", bool(preview.open_sheets)),
            ("import_questions_open", any(row.is_asked for row in preview.rows)),
        ):
            if is_open:
                self.form_errors.append(language().sentence(code))
                fine = False
        return fine


def answers_in(sent: Mapping[str, Any], shown: Preview) -> Answers:
    """What the form says about sheets, titles and names that were shown; the rest is ignored."""
    groups = {
        sheet.sheet.name: str(sent[f"group-{sheet.number}"])
        for sheet in shown.sheets
        if f"group-{sheet.number}" in sent and sent[f"group-{sheet.number}"] != "?"
    }
    same = {
        row.name: str(sent[row.name])
        for row in shown.asked
        if sent.get(row.name) in {NEW, *(thing.code for thing in row.candidates)}
    }
    names = {
        name.key: (clean(str(sent[name.key])) or "")[:LONGEST_NAME]
        for name in shown.names
        if name.key in sent
    }
    return Answers(groups, same, names)
