"""Persons and units."""

from typing import Any

from wtforms import BooleanField, SearchField, SelectChoice, SelectField
from wtforms.validators import InputRequired, Length, Optional

from tracker.forms.base import DayField, Form, IdField, LineField, NumberField, clean
from tracker.forms.choosing import WordsField
from tracker.forms.validators import Email
from tracker.queries.people import PersonSearch
from tracker.words import DEFAULT_LANGUAGE, LANGUAGES, N_

NAME = 200
HEAD = ("head_title", "head_title_en")


class PersonForm(Form):
    """A person; each field is a column."""

    full_name = LineField(N_("Họ và tên"), [InputRequired(), Length(max=NAME)])
    sort_name = LineField(
        N_("Sắp xếp theo"),
        [Length(max=NAME)],
        description=N_("Chỉ điền khi tên gọi không phải chữ cuối, như tên người nước ngoài."),
    )
    unit_id = IdField(N_("Đơn vị"), [Optional()])
    position = LineField(N_("Chức vụ"), [Length(max=NAME)])
    email = LineField(
        N_("Thư điện tử"),
        [Optional(), Email(), Length(max=NAME)],
        render_kw={"type": "email", "autocomplete": "off"},
    )
    locale = SelectField(
        N_("Ngôn ngữ"),
        choices=[SelectChoice(code, name) for code, name in LANGUAGES.items()],
        default=DEFAULT_LANGUAGE,
    )
    valid_from = DayField(N_("Làm việc từ ngày"))
    valid_to = DayField(
        N_("Làm việc đến hết ngày"),
        description=N_("Sau ngày này không chọn được người này nữa; lịch sử vẫn giữ."),
    )


class PersonSearchForm(Form):
    """What of the list is shown."""

    class Meta(Form.Meta):
        """Asked by GET."""

        csrf = False

    q = SearchField(N_("Tìm"), filters=[clean])
    unit = IdField(N_("Đơn vị"), [Optional()])
    state = WordsField(
        N_("Còn làm việc"),
        [
            ("here", N_("Đang làm việc")),
            ("gone", N_("Đã thôi")),
            ("all", N_("Tất cả")),
        ],
    )
    page = NumberField(default=1)

    @property
    def search(self) -> PersonSearch:
        """As the query takes it; what nobody can have asked for is as if not asked."""
        return PersonSearch(
            words=self.q.data or "",
            unit_id=self.unit.data if isinstance(self.unit.data, int) else None,
            state=self.state.asked,
        )


class MergeForm(Form):
    """Which of two rows is kept."""

    other_id = NumberField(N_("Người bị gộp"), [InputRequired()])


class UnitForm(Form):
    """A unit's place and end."""

    parent_id = IdField(N_("Trực thuộc"), [Optional()])
    valid_to = DayField(
        N_("Hoạt động đến hết ngày"),
        description=N_("Khi đơn vị giải thể hoặc sáp nhập; tên vẫn đúng cho quá khứ."),
    )


class UnitNameForm(Form):
    """What a unit is called, from a day on."""

    name = LineField(N_("Tên đơn vị"), [InputRequired(), Length(max=NAME)])
    abbreviation = LineField(N_("Tên viết tắt"), [Length(max=40)])
    name_en = LineField(N_("Tên tiếng Anh"), [Length(max=NAME)])
    head_title = LineField(
        N_("Chức danh người đứng đầu"),
        [Length(max=NAME)],
        description=N_("Ký báo cáo của đơn vị."),
        render_kw={"placeholder": "Viện trưởng"},
    )
    head_title_en = LineField(
        N_("Chức danh người đứng đầu (tiếng Anh)"),
        [Length(max=NAME)],
        render_kw={"placeholder": "Director"},
    )


class RenameForm(UnitNameForm):
    """A new name and the day from which it is true."""

    valid_from = DayField(N_("Mang tên này từ ngày"), [InputRequired()])

    def renamed(self) -> dict[str, Any]:
        """The arguments of `services.people.rename_unit`."""
        names = ("name", "name_en", "abbreviation", *HEAD)
        return {"values": self.values(*names), "valid_from": self.valid_from.data}


class NewUnitForm(UnitNameForm):
    """A unit with its first name."""

    parent_id = IdField(N_("Trực thuộc"), [Optional()])


class UnitSearchForm(Form):
    """What of the tree is shown."""

    class Meta(Form.Meta):
        """Asked by GET."""

        csrf = False

    q = SearchField(N_("Tìm"), filters=[clean])
    ended = BooleanField(N_("Cả đơn vị đã kết thúc"))
