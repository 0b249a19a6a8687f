"""The head and the foot of reports: bodies, place, signer, addressees, recipients, address."""

from typing import Any

from wtforms.validators import Length, NumberRange, Optional

from tracker.forms.base import BlockField, ChoiceField, Form, LineField, NumberField
from tracker.models import Authority
from tracker.queries.settings import ReportHeader
from tracker.words import N_

LINE, BLOCK = 200, 1000
MOST_COPIES = 10_000


def _line(label: str, example: str = "", hint: str = "", longest: int = LINE) -> LineField:
    return LineField(
        label, [Length(max=longest)], description=hint, render_kw={"placeholder": example}
    )


def _block(label: str, hint: str = "") -> BlockField:
    return BlockField(label, [Length(max=BLOCK)], description=hint)


class HeaderForm(Form):
    """Each field is one of `ReportHeader`."""

    superior_body = _line(N_("Cơ quan chủ quản"), "BỘ KHOA HỌC VÀ CÔNG NGHỆ")
    superior_body_en = _line(N_("Cơ quan chủ quản (tiếng Anh)"))
    issuing_body = _line(N_("Cơ quan ban hành"), "ỦY BAN TIÊU CHUẨN ĐO LƯỜNG CHẤT LƯỢNG QUỐC GIA")
    issuing_body_en = _line(N_("Cơ quan ban hành (tiếng Anh)"))
    symbol = _line(N_("Ký hiệu văn bản"), "BC-TĐC", N_("Đứng sau dấu gạch chéo: Số: …/BC-TĐC."))
    place = _line(N_("Địa danh"), "Hà Nội", N_("Đứng trước ngày, tháng, năm."))
    place_en = _line(N_("Địa danh (tiếng Anh)"))
    drafting_unit = _line(
        N_("Đơn vị soạn thảo (viết tắt)"), "TH", N_("Ở cuối Nơi nhận: Lưu: VT, TH.")
    )
    drafter = _line(
        N_("Ký hiệu người soạn thảo"), "PL", N_("Chữ viết tắt họ tên, sau «Lưu: VT»."), 20
    )
    copies = NumberField(
        N_("Số bản phát hành"),
        [Optional(), NumberRange(0, MOST_COPIES)],
        description=N_("Trong ngoặc sau ký hiệu người soạn thảo; để trống khi không ghi."),
        render_kw={"inputmode": "numeric", "min": 0},
    )
    signer_form = ChoiceField(
        N_("Hình thức ký"), members=Authority, optional=N_("Ký thẳng, không ghi hình thức")
    )
    signer_authority = _line(
        N_("Thẩm quyền ký"),
        "CHỦ TỊCH",
        N_("Ký thay, thừa lệnh hay thay mặt ai; hình thức ký được tự thêm phía trước."),
    )
    signer_authority_en = _line(N_("Thẩm quyền ký (tiếng Anh)"))
    signer_post = _line(N_("Chức vụ người ký"), "PHÓ CHỦ TỊCH")
    signer_post_en = _line(N_("Chức vụ người ký (tiếng Anh)"))
    signer_name = _line(
        N_("Họ và tên người ký"), "", N_("Không ghi học hàm, học vị trước tên (Nghị định 30/2020).")
    )
    group_signer_form = ChoiceField(
        N_("Hình thức ký báo cáo của một tổ"),
        members=Authority,
        optional=N_("Ký thẳng, không ghi hình thức"),
        description=N_("TM.: Tổ trưởng; Q., KT.: Phó Tổ trưởng; TL., TUQ.: Thư ký của tổ."),
    )
    unit_signer_form = ChoiceField(
        N_("Hình thức ký báo cáo của một đơn vị"),
        members=Authority,
        optional=N_("Ký thẳng, không ghi hình thức"),
        description=N_(
            "Người đứng đầu ký theo chức danh ghi ở đơn vị; KT.: cấp phó; TL., TUQ.: chức vụ để"
            " trống, điền khi ký."
        ),
    )
    addressees = _block(N_("Kính gửi"), N_("Mỗi nơi một dòng; để trống thì gửi cơ quan cấp trên."))
    addressees_en = _block(N_("Kính gửi (tiếng Anh)"))
    recipients = _block(
        N_("Nơi nhận"), N_("Mỗi nơi một dòng; «Như trên» và «Lưu: VT» được tự thêm.")
    )
    recipients_en = _block(N_("Nơi nhận (tiếng Anh)"))
    address = _block(
        N_("Địa chỉ ở chân trang"),
        N_("Mỗi dòng một ý: địa chỉ, điện thoại, thư điện tử; in ở cuối trang đầu."),
    )
    address_en = _block(N_("Địa chỉ ở chân trang (tiếng Anh)"))

    def stored(self) -> dict[str, Any]:
        """The values as they are kept: nothing typed is an empty text, or no copies."""
        return {
            name: value or 0 if name == "copies" else value or ""
            for name, value in self.values().items()
        }

    @property
    def header(self) -> ReportHeader:
        """What was typed, once it is valid."""
        return ReportHeader(**self.stored())
