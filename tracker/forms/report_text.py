"""What is typed into a report."""

from wtforms.validators import Length, Optional
from wtforms.widgets import HiddenInput

from tracker.forms.base import TEXT_LENGTH, BlockField, Form, NumberField
from tracker.services.report_text import TEXTS
from tracker.words import N_


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

    def seen(self, name: str) -> int | None:
        """Over which version of the report that text was typed: its own, else that of the form."""
        own: int | None = self[f"seen_{name}"].data
        return self.version.data if own is None else own


for _name in TEXTS:
    hidden = NumberField(widget=HiddenInput(), validators=[Optional()])
    setattr(NarrativeForm, f"seen_{_name}", hidden)
