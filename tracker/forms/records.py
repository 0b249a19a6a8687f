"""Bringing a file of records, and which of them are wanted."""

from collections.abc import Iterable

from flask_wtf.file import FileField, FileRequired
from wtforms import SelectChoice
from wtforms.validators import InputRequired, Length

from tracker.forms.base import ChoiceField, Form, IdField, LineField
from tracker.forms.messages import language
from tracker.lib.iso_records import Wanted
from tracker.models import DeliverableKind, Strand
from tracker.words import N_

LONGEST = 500


class RecordsForm(Form):
    """The file, where its records go, and which of them; several words are parted by commas."""

    file = FileField(
        N_("Tệp dữ liệu"),
        [FileRequired(N_("Hãy chọn một tệp."))],
        description=N_(
            "JSON Lines của ISO Open Data, tối đa 20 MB; tệp đầy đủ nhập bằng dòng lệnh."
        ),
    )
    strand = ChoiceField(
        N_("Cấu phần"), [InputRequired()], members=Strand, default=Strand.STANDARDS
    )
    kind_id = IdField(N_("Loại sản phẩm"), [InputRequired()])
    ics = LineField(
        N_("Chỉ mã ICS"), [Length(max=LONGEST)], description=N_("Ví dụ: 67.040, 13.020")
    )
    committees = LineField(
        N_("Chỉ ban kỹ thuật"), [Length(max=LONGEST)], description=N_("Ví dụ: ISO/TC 207/SC 7")
    )
    references = LineField(
        N_("Chỉ số hiệu có"), [Length(max=LONGEST)], description=N_("Ví dụ: 14064, 14067")
    )

    def offer(self, kinds: Iterable[DeliverableKind]) -> "RecordsForm":
        """The kinds there are; ISO's first."""
        english = language().code == "en"
        first = sorted(kinds, key=lambda kind: kind.code != "ISO")
        self.kind_id.choices = [
            SelectChoice(str(kind.id), (english and kind.name_en) or kind.name) for kind in first
        ]
        return self

    def wanted(self) -> Wanted:
        """Which records are wanted."""
        return Wanted(**{name: _words(self[name].data) for name in Wanted.__dataclass_fields__})


def _words(text: str | None) -> tuple[str, ...]:
    return tuple(word.strip() for word in (text or "").split(",") if word.strip())
