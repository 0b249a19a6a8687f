"""Accounts: who may sign in, and as what."""

from wtforms import BooleanField, RadioField, SearchField, SelectChoice, SelectField
from wtforms.validators import InputRequired, Length, Optional

from tracker.forms.base import ChoiceField, Form, IdField, LineField, NumberField, clean
from tracker.forms.choosing import WordsField
from tracker.forms.picking import PersonField, PickForm
from tracker.forms.validators import Email
from tracker.models import Role
from tracker.queries.accounts import AccountSearch
from tracker.words import N_

MAIL, LINK = "mail", "link"


class RolesForm(Form):
    """What an account may do everywhere; posts in groups are given in the groups."""

    is_administrator = BooleanField(
        N_("Quản trị hệ thống"),
        description=N_("Tài khoản, cài đặt, và mọi việc của mọi tổ công tác."),
    )
    is_director = BooleanField(
        N_("Lãnh đạo"),
        description=N_("Xem mọi tổ, duyệt kế hoạch và báo cáo, cho ý kiến chỉ đạo."),
    )


class NewAccountForm(PickForm, RolesForm):
    """An invitation."""

    person = PersonField(
        N_("Họ và tên"),
        [InputRequired()],
        description=N_("Chọn người đã có hoặc gõ tên người mới."),
    )
    email = LineField(
        N_("Thư điện tử"),
        [InputRequired(), Email(), Length(max=200)],
        description=N_("Dùng để đăng nhập."),
        render_kw={"type": "email", "autocomplete": "off"},
    )
    group_id = IdField(
        N_("Vào tổ công tác"),
        [Optional()],
        description=N_("Có thể để trống và thêm vào tổ sau."),
    )
    role = ChoiceField(N_("Vai trò trong tổ"), [Optional()], members=Role, default=Role.MEMBER)
    delivery = RadioField(
        N_("Gửi lời mời"),
        choices=[
            SelectChoice(MAIL, N_("Bằng thư điện tử")),
            SelectChoice(LINK, N_("Tôi tự gửi liên kết")),
        ],
        default=LINK,
    )


class LinkForm(Form):
    """How a link reaches the person."""

    delivery = SelectField(choices=[SelectChoice(MAIL), SelectChoice(LINK)], default=LINK)


class LockForm(Form):
    """The end of an account and who takes the open tasks."""

    successor = IdField(N_("Giao việc đang mở cho"), [Optional()])
    leaves_groups = BooleanField(
        N_("Kết thúc các vai trò trong tổ công tác"),
        description=N_("Chọn khi người này chuyển công tác hoặc nghỉ hưu."),
    )


class AccountSearchForm(Form):
    """What of the list is shown."""

    class Meta(Form.Meta):
        """Asked by GET."""

        csrf = False

    q = SearchField(N_("Tìm"), filters=[clean])
    role = WordsField(
        N_("Vai trò"),
        [
            ("", N_("Mọi vai trò")),
            ("administrator", N_("Quản trị hệ thống")),
            ("director", N_("Lãnh đạo")),
        ],
    )
    state = WordsField(
        N_("Trạng thái"),
        [
            ("", N_("Mọi trạng thái")),
            ("active", N_("Đang dùng")),
            ("invited", N_("Đã mời")),
            ("waiting", N_("Chưa mời")),
            ("locked", N_("Đã khóa")),
        ],
    )
    page = NumberField(default=1)

    @property
    def search(self) -> AccountSearch:
        """As the query takes it; what nobody can have asked for is as if not asked."""
        return AccountSearch(words=self.q.data or "", role=self.role.asked, state=self.state.asked)
