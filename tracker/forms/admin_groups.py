"""Working groups and the posts in them."""

from typing import Any

from typing_extensions import override
from wtforms import BooleanField, SelectMultipleField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from tracker.forms.base import ChoiceField, DayField, Form, IdField, LineField
from tracker.forms.messages import language
from tracker.forms.picking import PersonField, PickForm
from tracker.models import Role, Strand
from tracker.words import N_

NAME = 200


class GroupForm(Form):
    """What a group is; each field is a column."""

    name = LineField(
        N_("Tên tổ công tác"),
        [InputRequired(), Length(max=NAME)],
        description=N_("Viết ngắn, như Halal hoặc Pin mặt trời."),
    )
    name_en = LineField(N_("Tên tiếng Anh"), [Length(max=NAME)])
    decision_number = LineField(
        N_("Số quyết định thành lập"), [Length(max=100)], render_kw={"placeholder": "123/QĐ-TĐC"}
    )
    decision_date = DayField(N_("Ngày quyết định"), render_kw={"placeholder": "15/11/2026"})
    is_restricted = BooleanField(
        N_("Hạn chế người xem"),
        description=N_("Chỉ người của tổ, lãnh đạo và quản trị hệ thống thấy tổ này."),
    )
    needs_approval = BooleanField(
        N_("Hoàn thành phải được duyệt"),
        description=N_("Nhiệm vụ báo xong sẽ chờ tổ trưởng, tổ phó hoặc thư ký duyệt."),
    )


class NewGroupForm(PickForm, GroupForm):
    """A group and its first people, in one go."""

    key = LineField(
        N_("Mã tổ"),
        [Length(max=20)],
        description=N_("Đứng trước số nhiệm vụ, như HAL-47; không đổi được. Để trống: tự đặt."),
        render_kw={"autocapitalize": "characters", "autocomplete": "off"},
    )
    head = PersonField(N_("Tổ trưởng"))
    deputy = PersonField(N_("Tổ phó"))
    second_deputy = PersonField(N_("Tổ phó thứ hai"))
    secretary = PersonField(N_("Thư ký"))

    taken: frozenset[str] = frozenset()

    POSTS = (
        ("head", Role.HEAD),
        ("deputy", Role.DEPUTY),
        ("second_deputy", Role.DEPUTY),
        ("secretary", Role.SECRETARY),
    )

    @property
    def named(self) -> list[tuple[Role, str]]:
        """The posts that were filled in, with the names."""
        return [(role, self[name].data) for name, role in self.POSTS if self[name].data]

    @override
    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """A key that is taken is told together with what else is wrong."""
        fine = super().validate(*args, **kwargs)
        key = (self.key.data or "").upper()
        if key in self.taken:
            self.refuse("key", "group_key_taken", key=key)
        return bool(fine) and key not in self.taken

    def details(self) -> dict[str, Any]:
        """The columns of the group besides key and names."""
        return self.values("decision_number", "decision_date", "is_restricted", "needs_approval")


class StrandsField(SelectMultipleField):
    """Some of the four strands, as boxes to tick; none ticked means all four."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: str | None = None, **kwargs: Any) -> None:
        super().__init__(label, [Optional()], choices=self._labelled, **kwargs)

    @staticmethod
    def _labelled() -> list[tuple[str, str]]:
        return [(strand.value, language().label(strand)) for strand in Strand]

    def process_formdata(self, valuelist: list[str]) -> None:
        """In the order of the board; a choice between two versions comes as one text."""
        ticked = {one for value in valuelist for one in value.split(",") if one}
        self.data = [strand.value for strand in Strand if strand.value in ticked]


class PostForm(Form):
    """A post in a group; each field is a column of `Membership`."""

    role = ChoiceField(N_("Vai trò"), [InputRequired()], members=Role)
    strands = StrandsField(
        N_("Cấu phần"), description=N_("Không chọn cấu phần nào nghĩa là cả bốn.")
    )
    unit_id = IdField(
        N_("Đơn vị đại diện"),
        [Optional()],
        description=N_("Để trống nếu là đơn vị của chính người đó."),
    )
    starts_on = DayField(N_("Từ ngày"), [InputRequired()])
    ends_on = DayField(N_("Đến hết ngày"), description=N_("Để trống khi chưa kết thúc."))
    decision_number = LineField(N_("Số quyết định"), [Length(max=100)])


class NewPostForm(PickForm, PostForm):
    """A post and who takes it."""

    person = PersonField(
        N_("Họ và tên"),
        [InputRequired()],
        description=N_("Chọn người đã có hoặc gõ tên người mới."),
    )


class EndPostForm(PickForm):
    """The end of a post, and perhaps who takes it over."""

    ends_on = DayField(N_("Ngày cuối giữ vai trò"), [InputRequired()])
    person = PersonField(
        N_("Người thay"),
        description=N_("Để trống nếu không có người thay. Người thay bắt đầu từ ngày hôm sau."),
    )
    decision_number = LineField(N_("Số quyết định thay"), [Length(max=100)])
