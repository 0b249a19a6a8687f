"""Kinds of deliverables and their stages, as an administrator edits them."""

from typing import Any

from wtforms import BooleanField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, Regexp

from tracker.forms.base import ChoiceField, Form, LineField, NumberField
from tracker.lib.stages import StageRole, WindowUnit
from tracker.models import Strand
from tracker.words import N_

LONGEST = 200
# In any unit: ten years of months, or years of days.
LONGEST_WINDOW = 1000


class KindForm(Form):
    """A kind of deliverable; each field is a column of `DeliverableKind`."""

    name = LineField(N_("Tên loại"), [DataRequired(), Length(max=LONGEST)])
    name_en = LineField(N_("Tên tiếng Anh"), [Length(max=LONGEST)])
    strand = ChoiceField(N_("Cấu phần"), [InputRequired()], members=Strand)
    source = LineField(
        N_("Nguồn của lộ trình"),
        [Length(max=LONGEST)],
        description=N_("Văn bản quy định các giai đoạn, ví dụ TCVN 1-1:2015."),
    )
    is_verified = BooleanField(
        N_("Đã đối chiếu với văn bản"),
        description=N_("Khi chưa, các trang ghi rõ «gợi ý, chưa đối chiếu văn bản»."),
    )
    is_retired = BooleanField(
        N_("Ngừng dùng"),
        description=N_("Không chọn được cho sản phẩm mới; sản phẩm đang có vẫn giữ nguyên."),
    )


class NewKindForm(KindForm):
    """A kind that is not there yet."""

    code = LineField(
        N_("Mã loại"),
        [DataRequired(), Regexp(r"^[A-Za-z][A-Za-z0-9]{0,9}$")],
        description=N_("Chữ không dấu và số, ví dụ TCVN; không đổi được về sau."),
    )


class StageEntryForm(Form):
    """A stage of a kind; each field is a column of `Stage`."""

    code = LineField(
        N_("Mã giai đoạn"), [DataRequired(), Length(max=20)], render_kw={"placeholder": "40.20"}
    )
    name = LineField(N_("Tên giai đoạn"), [DataRequired(), Length(max=LONGEST)])
    name_en = LineField(N_("Tên tiếng Anh"), [Length(max=LONGEST)])
    role = ChoiceField(
        N_("Vị trí trên lộ trình"),
        [InputRequired()],
        members=StageRole,
        default=StageRole.ROUTE,
    )
    is_repeatable = BooleanField(
        N_("Lặp lại được"), description=N_("Cho phép quay lại; mỗi lần được đếm.")
    )
    window = NumberField(
        N_("Thời gian tối thiểu"),
        [Optional(), NumberRange(1, LONGEST_WINDOW)],
        description=N_("Ở lại giai đoạn ít nhất bao lâu; để trống nếu không quy định."),
        render_kw={"inputmode": "numeric", "min": 1},
    )
    window_unit = ChoiceField(
        N_("Đơn vị"), [Optional()], members=WindowUnit, optional=N_("– chọn đơn vị –")
    )
    window_source = LineField(N_("Văn bản quy định thời gian"), [Length(max=LONGEST)])
    is_retired = BooleanField(
        N_("Ngừng dùng"), description=N_("Giai đoạn đã dùng không bị xóa, chỉ không chọn được nữa.")
    )

    def entered(self) -> dict[str, Any]:
        """The values as `services.stages` takes them; a unit without a number says nothing."""
        values = self.values()
        if values["window"] is None:
            values["window_unit"] = None
        return values
