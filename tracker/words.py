"""What the tracker calls things, in each of its languages; pages, files and mails share it.

Message ids are Vietnamese: Vietnamese needs no catalogue, English is a translation.
"""

import gettext as catalogues
from enum import Enum
from functools import cache
from pathlib import Path

TRANSLATIONS = Path(__file__).parent / "translations"
DEFAULT_LANGUAGE = "vi"
LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}


def N_(message: str) -> str:  # noqa: N802 - the customary name of the marker for extraction
    """Mark a message for translation without translating it here."""
    return message


class Language:
    """One language: sentences, plurals and the labels of codes."""

    def __init__(self, code: str) -> None:
        self.code = code
        self._catalogue = catalogues.translation(
            "messages", TRANSLATIONS, [code], fallback=code == DEFAULT_LANGUAGE
        )

    def gettext(self, message: str, /, **values: object) -> str:
        """Translate and fill in `%(name)s` places."""
        text = self._catalogue.gettext(message) if message else ""
        return text % values if values else text

    def ngettext(self, one: str, many: str, number: int, **values: object) -> str:
        """Translate by number; `%(num)s` is the number itself."""
        text = self._catalogue.ngettext(one, many, number)
        return text % {"num": number, **values}

    def label(self, member: Enum) -> str:
        """The words for a member of an enum of the domain."""
        return self.gettext(LABELS[f"{type(member).__name__}.{member.value}"])

    def sentence(self, code: str, /, **values: object) -> str:
        """The sentence for an error or problem code."""
        return self.gettext(SENTENCES[code], **values)


@cache
def language(code: str) -> Language:
    """The language of that code, or Vietnamese when it is not one of ours."""
    return Language(code if code in LANGUAGES else DEFAULT_LANGUAGE)


# Labels of enum members, by "<Enum>.<value>".
LABELS: dict[str, str] = {
    "Strand.standards": N_("Tiêu chuẩn"),
    "Strand.metrology": N_("Đo lường"),
    "Strand.conformity_assessment": N_("Đánh giá sự phù hợp"),
    "Strand.inspection": N_("Thanh tra, kiểm tra"),
    "TaskStatus.todo": N_("Chưa thực hiện"),
    "TaskStatus.doing": N_("Đang thực hiện"),
    "TaskStatus.blocked": N_("Đang vướng mắc"),
    "TaskStatus.review": N_("Chờ duyệt"),
    "TaskStatus.done": N_("Hoàn thành"),
    "TaskStatus.paused": N_("Tạm dừng"),
    "TaskStatus.dropped": N_("Dừng thực hiện"),
    "Lateness.done_on_time": N_("Hoàn thành đúng hạn"),
    "Lateness.done_late": N_("Hoàn thành quá hạn"),
    "Lateness.on_time": N_("Trong hạn"),
    "Lateness.due_soon": N_("Sắp đến hạn"),
    "Lateness.overdue": N_("Quá hạn"),
    "Priority.normal": N_("Thường"),
    "Priority.urgent": N_("Khẩn"),
    "Priority.express": N_("Hỏa tốc"),
    "Health.no_plan": N_("Chưa có kế hoạch"),
    "Health.late": N_("Chậm tiến độ"),
    "Health.at_risk": N_("Có nguy cơ chậm"),
    "Health.done": N_("Hoàn thành"),
    "Health.not_started": N_("Chưa bắt đầu"),
    "Health.on_track": N_("Đúng tiến độ"),
    "MoveReason.awaiting_comments": N_("Chờ góp ý"),
    "MoveReason.laboratory_capacity": N_("Năng lực thử nghiệm"),
    "MoveReason.no_consensus": N_("Chưa đồng thuận"),
    "MoveReason.budget": N_("Kinh phí"),
    "MoveReason.other_body": N_("Đơn vị khác"),
    "MoveReason.rescoped": N_("Đổi phạm vi"),
    "MoveReason.other": N_("Khác"),
    "ExtensionState.open": N_("Chờ trả lời"),
    "ExtensionState.granted": N_("Đã đồng ý"),
    "ExtensionState.refused": N_("Bị từ chối"),
    "ExtensionState.withdrawn": N_("Đã rút"),
    "DecisionState.open": N_("Chờ quyết định"),
    "DecisionState.answered": N_("Đã có ý kiến"),
    "DecisionState.withdrawn": N_("Đã rút"),
    "Role.head": N_("Tổ trưởng"),
    "Role.deputy": N_("Tổ phó"),
    "Role.secretary": N_("Thư ký"),
    "Role.member": N_("Thành viên"),
    "Role.observer": N_("Quan sát viên"),
    "Density.comfortable": N_("Hiển thị thoáng"),
    "Density.compact": N_("Hiển thị gọn"),
    "Grouping.programme": N_("Theo chương trình"),
    "Grouping.lead": N_("Theo tổ trưởng"),
    "Pillar.spirit": N_("Tinh thần"),
    "Pillar.people": N_("Con người"),
    "Pillar.culture": N_("Văn hóa"),
    "Pillar.action": N_("Hành động"),
    "Pillar.initiative": N_("Sáng kiến"),
    "FeedScope.mine": N_("Việc của tôi"),
    "FeedScope.group": N_("Một tổ công tác"),
    "FeedScope.all": N_("Mọi tổ tôi được xem"),
    "PeriodKind.month": N_("Tháng"),
    "PeriodKind.quarter": N_("Quý"),
    "PeriodKind.half": N_("6 tháng"),
    "PeriodKind.year": N_("Năm"),
    "PeriodKind.week": N_("Tuần"),
    "PeriodKind.custom": N_("Tùy chọn"),
    "PeriodBasis.decree": N_("Theo Nghị định 09/2019/NĐ-CP"),
    "PeriodBasis.calendar": N_("Theo lịch"),
    "PeriodBasis.custom": N_("Tùy chọn"),
    "Frequency.weekly": N_("Hằng tuần"),
    "Frequency.monthly": N_("Hằng tháng"),
    "Frequency.quarterly": N_("Hằng quý"),
    "Frequency.yearly": N_("Hằng năm"),
    "Anchor.day": N_("Vào một ngày trong tháng"),
    "Anchor.weekday": N_("Vào một thứ trong tháng"),
    "Anchor.last_working_day": N_("Ngày làm việc cuối cùng của tháng"),
    "Shift.next": N_("Lùi sang ngày làm việc kế tiếp"),
    "Shift.previous": N_("Đưa lên ngày làm việc liền trước"),
    "Shift.stay": N_("Giữ nguyên"),
    "Weekday.monday": N_("Thứ Hai"),
    "Weekday.tuesday": N_("Thứ Ba"),
    "Weekday.wednesday": N_("Thứ Tư"),
    "Weekday.thursday": N_("Thứ Năm"),
    "Weekday.friday": N_("Thứ Sáu"),
    "Weekday.saturday": N_("Thứ Bảy"),
    "Weekday.sunday": N_("Chủ Nhật"),
    "Relation.idt": N_("IDT – tương đương hoàn toàn"),
    "Relation.mod": N_("MOD – có sửa đổi"),
    "Relation.neq": N_("NEQ – không tương đương"),
    "RiskKind.difficulty": N_("Khó khăn, vướng mắc"),
    "RiskKind.risk": N_("Rủi ro"),
    "RiskBand.low": N_("Thấp"),
    "RiskBand.medium": N_("Trung bình"),
    "RiskBand.high": N_("Cao"),
    "RiskBand.critical": N_("Rất cao"),
    "Likelihood.1": N_("Hiếm khi"),
    "Likelihood.2": N_("Ít khả năng"),
    "Likelihood.3": N_("Có thể"),
    "Likelihood.4": N_("Nhiều khả năng"),
    "Likelihood.5": N_("Gần như chắc chắn"),
    "Impact.1": N_("Không đáng kể"),
    "Impact.2": N_("Nhỏ"),
    "Impact.3": N_("Vừa"),
    "Impact.4": N_("Lớn"),
    "Impact.5": N_("Rất lớn"),
    "Treatment.avoid": N_("Tránh"),
    "Treatment.reduce": N_("Giảm thiểu"),
    "Treatment.share": N_("Chia sẻ"),
    "Treatment.accept": N_("Chấp nhận"),
    "StageRole.route": N_("Trên lộ trình"),
    "StageRole.goal": N_("Đích"),
    "StageRole.detour": N_("Quay lại hoặc làm lại"),
    "StageRole.later": N_("Sau đích"),
    "StageRole.abandoned": N_("Dừng giữa chừng"),
    "WindowUnit.days": N_("ngày (lịch)"),
    "WindowUnit.working_days": N_("ngày làm việc"),
    "WindowUnit.weeks": N_("tuần"),
    "WindowUnit.months": N_("tháng"),
    "ReportKind.periodic": N_("Định kỳ"),
    "ReportKind.consolidated": N_("Tổng hợp các tổ"),
    "ReportKind.annual": N_("Tổng kết năm"),
    "Arrangement.group": N_("Theo tổ công tác"),
    "Arrangement.strand": N_("Theo cấu phần"),
    "Authority.TM": N_("TM. – thay mặt tập thể"),
    "Authority.Q": N_("Q. – quyền"),
    "Authority.KT": N_("KT. – ký thay người đứng đầu"),
    "Authority.TL": N_("TL. – thừa lệnh"),
    "Authority.TUQ": N_("TUQ. – thừa ủy quyền"),
    "Urgency.none": N_("Không"),
    "Urgency.urgent": N_("Khẩn"),
    "Urgency.very_urgent": N_("Thượng khẩn"),
    "Urgency.express": N_("Hỏa tốc"),
    "Orientation.portrait": N_("Khổ dọc"),
    "Orientation.landscape": N_("Khổ ngang"),
    "ReportState.draft": N_("Bản nháp"),
    "ReportState.submitted": N_("Đã trình"),
    "ReportState.returned": N_("Đã trả lại"),
    "ReportState.approved": N_("Đã duyệt"),
    "ReportState.issued": N_("Đã ban hành"),
    "ExportState.waiting": N_("Đang chờ"),
    "ExportState.running": N_("Đang lập tệp"),
    "ExportState.done": N_("Đã xong"),
    "ExportState.fetched": N_("Đã tải về"),
    "ExportState.failed": N_("Không lập được"),
    "MeetingState.planned": N_("Sắp họp"),
    "MeetingState.running": N_("Đang họp"),
    "MeetingState.ended": N_("Chờ ban hành kết luận"),
    "MeetingState.issued": N_("Đã ban hành kết luận"),
    "MeetingState.called_off": N_("Không họp"),
    "Presence.present": N_("Có mặt"),
    "Presence.excused": N_("Vắng có lý do"),
    "Presence.absent": N_("Vắng"),
    "EntryKind.note": N_("Ý kiến, kết luận"),
    "EntryKind.decision": N_("Quyết định"),
    "EntryKind.directive": N_("Ý kiến chỉ đạo"),
    "Section.changed": N_("Đổi màu từ lần họp trước"),
    "Section.late": N_("Chậm tiến độ"),
    "Section.disputed": N_("Tự đánh giá tốt hơn số liệu"),
    "Section.asked": N_("Chờ quyết định"),
    "Section.overdue": N_("Chỉ đạo lần trước quá hạn"),
    "Section.rest": N_("Các cấu phần còn lại"),
    "Section.general": N_("Việc chung"),
    "CodeKind.task": N_("Nhiệm vụ"),
    "CodeKind.milestone": N_("Mốc tiến độ"),
    "CodeKind.deliverable": N_("Sản phẩm"),
    "CodeKind.decision": N_("Kiến nghị"),
}

# Sentences of refusals and problems, by code.
SENTENCES: dict[str, str] = {
    "stale": N_("Có người vừa sửa mục này. Hãy chọn giữ giá trị nào."),
    "not_signed_in": N_("Hãy đăng nhập."),
    "not_allowed": N_("Bạn xem được mục này nhưng không có quyền thay đổi."),
    "too_many_tries": N_("Bạn đã thử quá nhiều lần. Hãy đợi 15 phút rồi thử lại."),
    "password_wrong": N_("Mật khẩu hiện tại không đúng."),
    "sign_in_failed": N_("Thư điện tử hoặc mật khẩu không đúng."),
    "demo_account_refused": N_(
        "Tài khoản dùng thử chỉ đăng nhập được trên chính máy chủ, trừ khi đặt DEMO_PASSWORD."
    ),
    "email_taken": N_("Địa chỉ %(email)s đã có tài khoản."),
    "person_has_account": N_("%(person)s đã có tài khoản."),
    "last_administrator": N_("Phải còn ít nhất một quản trị hệ thống đang hoạt động."),
    "password_too_short": N_("Mật khẩu cần ít nhất %(shortest)s ký tự."),
    "password_is_email": N_("Mật khẩu không được trùng với địa chỉ thư."),
    "invitation_over": N_("Liên kết này đã dùng hoặc đã hết hạn. Hãy xin liên kết mới."),
    "no_such_folder": N_("Không có thư mục %(folder)s."),
    "database_not_up_to_date": N_(
        "Cơ sở dữ liệu chưa ở phiên bản này. Hãy chạy: tracker db upgrade"
    ),
    "database_unreachable": N_(
        "Không dùng được cơ sở dữ liệu (%(problem)s). Hãy kiểm tra DATABASE_URL và DATA_DIR."
    ),
    "setting_not_a_number": N_("%(name)s phải là một số nguyên, không phải «%(value)s»."),
    "setting_no_database": N_("%(name)s phải bắt đầu bằng sqlite:/// hoặc postgresql://."),
    "queue_unreachable": N_(
        "Không dùng được hàng đợi (%(problem)s). Hãy kiểm tra QUEUE_URL và máy chủ của hàng đợi."
    ),
    "setting_no_queue": N_("%(name)s phải bắt đầu bằng sqlite:///, postgresql:// hoặc redis://."),
    "setting_needs_redis": N_(
        "%(name)s trỏ tới Redis nhưng chưa cài gói redis. Hãy chạy: pip install 'nqi-tracker[redis]'"
    ),
    "setting_no_address": N_("%(name)s phải là một địa chỉ như https://nqi.example.org."),
    "nobody_signs_in_as": N_("Không ai đăng nhập bằng %(email)s. Không có gì thay đổi."),
    "demo_place_not_empty": N_(
        "Cơ sở dữ liệu đã có dữ liệu. Không có gì được nạp. (--if-empty chấp nhận điều đó.)"
    ),
    "demo_not_in_a_file": N_(
        "Dữ liệu dùng thử không nằm trong tệp ở đây: hãy xóa cơ sở dữ liệu PostgreSQL."
    ),
    "demo_has_real_people": N_(
        "Đây không phải bản dùng thử: có tài khoản của người thật. Không có gì bị xóa."
    ),
    "backup_missing": N_("Không có tệp %(file)s."),
    "backup_damaged": N_("Tệp %(file)s không phải bản sao lưu, hoặc đã bị hỏng."),
    "backup_of_another": N_("Đây là bản sao lưu của chương trình khác hoặc của định dạng mới hơn."),
    "backup_is_newer": N_(
        "Bản sao lưu do phiên bản mới hơn (%(version)s) tạo ra. Hãy cập nhật chương trình trước."
    ),
    "place_not_empty": N_(
        "Cơ sở dữ liệu đích đã có dữ liệu nên không có gì thay đổi. Hãy khôi phục vào một cơ sở dữ"
        " liệu trống (DATA_DIR hoặc DATABASE_URL khác)."
    ),
    "place_has_other_tables": N_(
        "Cơ sở dữ liệu đích đã có bảng của phiên bản khác. Hãy khôi phục vào cơ sở dữ liệu chưa có"
        " bảng nào; lệnh này tự tạo bảng."
    ),
    "address_in_use": N_("Không mở được %(host)s:%(port)s (%(problem)s). Hãy đặt PORT khác."),
    "group_key_invalid": N_(
        "Mã tổ «%(key)s» không hợp lệ: dùng 2–8 chữ in hoa hoặc số, bắt đầu bằng chữ, ví dụ HAL."
    ),
    "group_key_taken": N_("Mã tổ %(key)s đã được dùng."),
    "group_unknown": N_("Không có tổ công tác %(key)s. Các tổ: %(keys)s."),
    "file_not_writable": N_("Không ghi được tệp %(path)s: %(problem)s"),
    "exports_too_many": N_(
        "Bạn đang chờ %(most)s tệp. Hãy đợi một tệp được lập xong rồi yêu cầu tiếp."
    ),
    "export_failed": N_("Không lập được tệp vì một lỗi của hệ thống. Hãy báo cho quản trị viên."),
    "export_died": N_(
        "Việc lập tệp bị ngắt giữa chừng nhiều lần (có thể máy chủ thiếu bộ nhớ). Hãy thử lại sau."
    ),
    "export_too_long": N_("Việc lập tệp mất quá nhiều thời gian nên đã bị dừng."),
    "export_not_allowed": N_("Bạn không còn quyền xem báo cáo này nên tệp không được lập."),
    "reports_busy": N_("Hệ thống đang lập nhiều báo cáo khác. Hãy thử lại sau một phút."),
    "regime_incomplete": N_("Hãy chọn đủ ngày để biết kỳ báo cáo chốt khi nào."),
    "regime_ends_before_start": N_("Ngày kết thúc phải sau ngày bắt đầu."),
    "regime_starts_too_early": N_("Chế độ báo cáo không bắt đầu trước hôm nay quá một năm."),
    "regime_of_both": N_("Báo cáo là của một tổ hoặc của một đơn vị, không phải của cả hai."),
    "regime_needs_person": N_(
        "Báo cáo không của riêng tổ nào cần có người chịu trách nhiệm để hệ thống nhắc."
    ),
    "regime_person_sees_not": N_(
        "Người này chưa có tài khoản, hoặc không xem được những tổ mà báo cáo nói đến."
    ),
    "regime_working_days": N_(
        "Hạn gửi cách ngày chốt số liệu ít nhất một ngày làm việc, nhiều nhất %(most)s."
    ),
    "template_not_word": N_(
        "Tệp không phải là văn bản Word (.docx). Hãy mở bằng Word hoặc LibreOffice rồi lưu thành"
        " «Word Document (.docx)»."
    ),
    "template_strict": N_(
        "Tệp lưu theo dạng Strict Open XML. Hãy lưu lại thành «Word Document (.docx)» thường."
    ),
    "template_password": N_("Tệp có mật khẩu. Hãy bỏ mật khẩu rồi tải lại."),
    "template_damaged": N_(
        "Tệp bị hỏng hoặc không đúng cấu trúc Word. Hãy mở bằng Word, lưu lại rồi thử lại."
    ),
    "template_too_large": N_("Tệp lớn hơn %(limit_mb)s MB. Hãy giảm cỡ hình trong mẫu."),
    "template_swells": N_("Tệp giải nén ra quá lớn (hơn %(limit_mb)s MB) nên bị từ chối."),
    "template_too_rich": N_(
        "Mẫu có quá nhiều chi tiết. Mẫu chỉ cần phần khung; nội dung do hệ thống điền."
    ),
    "template_macros": N_(
        "Mẫu có chứa mã lệnh (macro). Hãy lưu lại thành «Word Document (.docx)», không có macro."
    ),
    "template_objects": N_(
        "Mẫu có đối tượng nhúng (OLE, ActiveX, tệp đính kèm). Hãy xóa đối tượng hoặc thay bằng hình."
    ),
    "template_external": N_(
        "Mẫu trỏ ra ngoài tệp (%(target)s). Hãy bỏ liên kết: chuột phải, «Remove Hyperlink», hoặc"
        " chèn hình vào trong tệp."
    ),
    "template_external_part": N_(
        "Mẫu lấy nội dung từ nơi khác (tệp con, trộn thư, tệp mẫu đính kèm). Hãy bỏ phần đó."
    ),
    "template_field": N_(
        "Mẫu có trường tự động «%(field)s». Chỉ dùng được trường số trang; trường khác hãy đổi thành"
        " chữ thường (Ctrl+Shift+F9)."
    ),
    "template_tracked": N_("Mẫu còn theo dõi thay đổi. Hãy chấp nhận tất cả thay đổi rồi tải lại."),
    "template_comments": N_("Mẫu còn nhận xét bên lề. Hãy xóa tất cả nhận xét rồi tải lại."),
    "template_picture_kind": N_(
        "Mẫu có hình không phải PNG hoặc JPEG (%(part)s). Hãy thay bằng hình PNG hoặc JPEG."
    ),
    "template_no_picture": N_("Hình %(part)s bị hỏng, sai loại hoặc quá lớn. Hãy thay hình khác."),
    "template_part": N_("Mẫu có phần không dùng được trong văn bản: %(part)s. Hãy bỏ phần đó."),
    "template_unknown": N_(
        "Không có chỗ điền nào tên là [[%(name)s]]. Xem danh sách các chỗ điền bên dưới."
    ),
    "template_not_alone": N_(
        "[[%(name)s]] phải đứng riêng một đoạn trong thân văn bản, không có chữ nào khác bên cạnh."
    ),
    "template_text_in_table": N_("[[%(name)s]] không được nằm trong bảng hay khung chữ."),
    "template_text_once": N_("Mẫu phải có [[%(name)s]] đúng một lần; tệp này có %(count)s lần."),
    "template_brackets": N_("Dấu [[ hoặc ]] không có cặp: «%(text)s»."),
    "template_without": N_(
        "Mẫu không có [[%(name)s]]. Nghị định 30/2020 yêu cầu thành phần này: hãy chắc rằng mẫu đã"
        " có sẵn."
    ),
    "template_known": N_("Tệp này đã có, tên là «%(name)s»."),
    "template_name_taken": N_("Đã có mẫu tên là «%(name)s»."),
    "template_retired": N_("Mẫu «%(name)s» không còn dùng."),
    "report_closed": N_(
        "Báo cáo đã trình nên không sửa được. Hãy trả lại, hoặc mở bản mới nếu đã ban hành."
    ),
    "report_facts_missing": N_(
        "Lời văn nhắc đến số liệu không có trong báo cáo: %(chips)s. Hãy sửa hoặc xóa rồi trình."
    ),
    "report_period_ahead": N_("Kỳ báo cáo bắt đầu ngày %(day)s: chưa có gì để trình."),
    "report_changed": N_("Báo cáo vừa được sửa. Hãy xem lại rồi trình."),
    "report_not_submitted": N_("Báo cáo chưa trình, hoặc đã được duyệt hay trả lại rồi."),
    "report_not_looked_at": N_(
        "Chưa rõ bạn đã xem lần trình nào. Hãy mở trang của báo cáo, xem rồi duyệt hoặc trả lại ở đó."
    ),
    "report_submitted_again": N_(
        "Báo cáo đã được trình lại. Hãy xem bản mới rồi duyệt hoặc trả lại."
    ),
    "report_remarks_needed": N_("Hãy ghi ý kiến trả lại, để người lập biết cần sửa gì."),
    "report_not_approved": N_("Chỉ ban hành báo cáo đã duyệt và chưa ban hành."),
    "report_number_needed": N_("Hãy nhập số văn bản."),
    "report_number_taken": N_(
        "Số %(number)s đã cấp cho một văn bản khác của năm %(year)s. Hãy xem lại số với văn thư."
    ),
    "report_day_wrong": N_("Ngày văn bản phải từ ngày %(day)s đến hôm nay."),
    "report_not_issued": N_("Báo cáo chưa ban hành nên không cần mở bản mới."),
    "report_reason_needed": N_("Hãy ghi vì sao cần bản mới: bản mới sẽ nói rõ điều đó."),
    "record_altered": N_(
        "Bản %(revision)s không còn nguyên như lúc trình: dữ liệu đã bị sửa ngoài hệ thống."
    ),
    "file_altered": N_(
        "Tệp %(name)s không còn nguyên như lúc phát hành: dữ liệu đã bị sửa ngoài hệ thống."
    ),
    "report_period_needed": N_("Hãy chọn kỳ báo cáo, hoặc nhập đủ hai ngày đầu và cuối kỳ."),
    "section_too_long": N_("Mỗi phần dài tối đa %(longest)s ký tự."),
    "membership_ends_before_start": N_("Ngày kết thúc phải sau ngày bắt đầu."),
    "membership_twice": N_("%(person)s đã giữ vai trò này trong cùng thời gian."),
    "person_ambiguous": N_("Có nhiều người tên «%(name)s»: %(found)s. Hãy chọn trong danh sách."),
    "person_near": N_("Đã có %(found)s. Hãy chọn tên đó, hoặc đánh dấu đây là người mới."),
    "persons_both_have_accounts": N_(
        "%(kept)s và %(other)s đều có tài khoản. Hãy khóa một tài khoản trước khi gộp."
    ),
    "person_merged_with_itself": N_("Hãy chọn một người khác để gộp."),
    "person_valid_backwards": N_("Ngày thôi làm việc phải sau ngày bắt đầu."),
    "unit_name_taken": N_("Đã có đơn vị «%(name)s» trong cùng đơn vị cấp trên."),
    "unit_name_before_start": N_(
        "Đơn vị đã có tên khác từ ngày đó trở đi. Hãy chọn ngày muộn hơn."
    ),
    "successor_is_self": N_("Hãy chọn một người khác nhận việc."),
    "too_many_feeds": N_("Mỗi tài khoản có tối đa %(most)s lịch. Hãy thu hồi một lịch cũ trước."),
    "month_of_quarter": N_("Hằng quý: chọn tháng thứ 1, 2 hoặc 3 của quý."),
    "recurrence_starts_in_past": N_("Ngày bắt đầu không được ở quá khứ; kỳ đã qua không tạo lại."),
    "nothing_recurs": N_("Việc định kỳ này không còn kỳ nào nữa."),
    "recurrence_rule_incomplete": N_("Hãy chọn đủ ngày để biết việc lặp lại khi nào."),
    "recurrence_ends_before_start": N_("Ngày kết thúc phải sau ngày bắt đầu."),
    "period_word_unknown": N_(
        "Không hiểu «%(places)s» trong ngoặc nhọn. Dùng được {kỳ}, {kỳ trước}, {kỳ sau}."
    ),
    "group_needed": N_("Hãy chọn tổ công tác."),
    "account_inactive": N_("Tài khoản của %(person)s đang bị khóa. Hãy mở lại trước."),
    "thresholds_out_of_order": N_(
        "Số ngày của «chậm tiến độ» phải lớn hơn số ngày của «có nguy cơ chậm»."
    ),
    "baseline_approved": N_("Ngày kế hoạch của %(code)s chỉ đổi khi phê duyệt lại kế hoạch."),
    "baseline_nothing_to_approve": N_("Kế hoạch chưa có mốc hay nhiệm vụ nào để phê duyệt."),
    "baseline_unknown": N_("Không có lần phê duyệt «%(text)s»."),
    "baseline_twice": N_("Văn bản %(number)s đã được ghi cho kế hoạch này."),
    "document_in_future": N_("Ngày văn bản không được ở tương lai."),
    "unit_in_itself": N_("Đơn vị %(name)s không thể trực thuộc chính nó."),
    "subtask_of_subtask": N_("%(code)s đã là nhiệm vụ thành phần, không chia nhỏ thêm được."),
    "not_waiting_for_approval": N_("%(code)s không ở trạng thái chờ duyệt."),
    "no_such_box": N_("Bảng kiểm của %(code)s vừa được sửa. Hãy xem lại rồi đánh dấu."),
    "declared_sentence_needed": N_("Hãy viết một câu: vì sao đánh giá như vậy."),
    "better_sentence_needed": N_(
        "Mức tự đánh giá tốt hơn mức tính từ kế hoạch. Hãy viết một câu giải thích."
    ),
    "declared_no_plan": N_("«Chưa có kế hoạch» là do hệ thống tính, không tự đánh giá được."),
    "recovery_needed": N_(
        "Cấu phần chậm tiến độ cần nêu biện pháp khắc phục: ai làm gì, bao giờ xong."
    ),
    "nothing_declared": N_("Cấu phần này chưa có tự đánh giá nào để xác nhận."),
    "confirmed_unseen": N_("%(code)s vừa được sửa. Hãy xem lại rồi xác nhận."),
    "declared_meanwhile": N_("%(person)s vừa tự đánh giá lại. Hãy xem rồi xác nhận."),
    "nothing_to_take_back": N_("Trạng thái của %(code)s đã được đổi tiếp, không lấy lại được."),
    "subtask_stays": N_("%(code)s là nhiệm vụ thành phần, luôn nằm cùng nhiệm vụ chính."),
    "progress_out_of_range": N_("Tiến độ phải từ 0 đến 100."),
    "progress_of_finished": N_(
        "%(code)s đã hoàn thành hoặc đang chờ duyệt. Hãy đổi trạng thái trước khi sửa tiến độ."
    ),
    "sentence_needed": N_("Hãy nói rõ lý do khác là gì."),
    "milestone_not_closed": N_("Mốc %(code)s chưa đóng."),
    "outside_years": N_("Ngày phải nằm trong khoảng từ năm 2000 đến năm 2100."),
    "due_before_start": N_("Thời hạn không được trước ngày bắt đầu."),
    "forecast_before_start": N_("Ngày dự kiến không được trước ngày bắt đầu."),
    "reason_needed": N_("Hãy chọn lý do dời ngày."),
    "dependency_exists": N_("Mục này đã chờ %(code)s rồi."),
    "dependency_in_trash": N_("%(code)s đang ở trong thùng rác nên không chờ được."),
    "dependency_not_found": N_("Không tìm thấy mốc hay nhiệm vụ nào như vậy."),
    "dependency_not_one": N_("Có nhiều mục như vậy: %(codes)s. Hãy nhập mã của một mục."),
    "dependency_on_itself": N_("%(code)s không thể chờ chính nó."),
    "dependency_on_whole": N_("Mục này nằm trong %(code)s nên không thể chờ %(code)s."),
    "dependency_ring": N_("Chờ như vậy sẽ thành vòng: %(way)s."),
    "push_changed": N_("Kế hoạch vừa thay đổi. Hãy xem lại những mục bị đẩy rồi lưu."),
    "push_unseen": N_("Ngày mới đẩy những mục này. Hãy xem rồi lưu."),
    "lag_out_of_range": N_("Số ngày làm việc phải từ 0 đến %(most)s."),
    "directive_to_nobody": N_(
        "Hãy chọn người thực hiện, hoặc ít nhất là đơn vị chủ trì để đơn vị cử người."
    ),
    "directive_due_past": N_("Thời hạn %(day)s đã qua. Hãy chọn một ngày từ hôm nay trở đi."),
    "directive_not_recalled": N_("%(code)s không còn ở trạng thái đã thu hồi."),
    "directive_unknown": N_("Không có người hay đơn vị nào tên «%(name)s»."),
    "directive_ambiguous": N_("«%(name)s» có thể là: %(found)s. Hãy chọn một trong các tên này."),
    "directive_two_units": N_(
        "Đã giao cho %(unit)s, nhưng đơn vị chủ trì lại là đơn vị khác. Hãy chọn một."
    ),
    "directive_milestone_elsewhere": N_("Mốc này không thuộc tổ và cấu phần đã chọn."),
    "directive_ended": N_("%(code)s đã kết thúc nên không thu hồi được nữa."),
    "directive_why_needed": N_("Hãy viết một câu: vì sao thu hồi."),
    "extension_not_later": N_("Ngày xin gia hạn phải sau thời hạn hiện tại (%(day)s)."),
    "extension_without_date": N_("%(code)s chưa có thời hạn nên chưa có gì để gia hạn."),
    "extension_of_finished": N_("%(code)s đã kết thúc nên không xin gia hạn được."),
    "extension_open": N_("%(code)s đang có một đề nghị gia hạn chờ trả lời."),
    "extension_settled": N_("Đề nghị gia hạn này đã được trả lời."),
    "extension_overtaken": N_(
        "Thời hạn đã được dời đến %(day)s, không còn sớm hơn ngày xin gia hạn."
    ),
    "extension_why_needed": N_("Hãy viết một câu: vì sao cần gia hạn."),
    "extension_answer_needed": N_("Hãy viết một câu trả lời cho người đề nghị."),
    "decision_settled": N_("%(code)s đã có ý kiến hoặc đã được rút."),
    "decision_empty": N_("Hãy viết điều cần xin ý kiến."),
    "decision_wanted_in_past": N_("Ngày cần có ý kiến không được ở quá khứ."),
    "decision_option_unknown": N_("Hãy chọn một trong các phương án đã nêu."),
    "decision_of_other_group": N_("%(code)s không thuộc tổ công tác này."),
    "decision_answer_needed": N_("Hãy chọn một phương án hoặc viết ý kiến."),
    "decision_day_wrong": N_("Ngày cho ý kiến phải từ ngày xin ý kiến (%(day)s) đến hôm nay."),
    "decision_document_half": N_("Hãy nhập cả số và ngày của văn bản."),
    "decision_document_kept": N_("%(code)s đã có số văn bản %(number)s."),
    "hide_until_wrong": N_("Ngày hiện lại phải sau hôm nay, trong vòng %(most)s ngày."),
    "decision_why_needed": N_("Hãy viết một câu: vì sao rút kiến nghị."),
    "milestone_closed": N_("Mốc %(code)s đã đóng."),
    "evidence_needed": N_("Hãy nhập số hiệu văn bản minh chứng để đóng mốc %(code)s."),
    "closed_in_future": N_("Ngày đạt mốc không được ở tương lai."),
    "comment_empty": N_("Hãy viết nội dung ý kiến."),
    "comment_too_long": N_("Ý kiến dài quá %(longest)s ký tự."),
    "already_in_trash": N_("%(code)s đã ở trong thùng rác."),
    "not_in_trash": N_("%(code)s không còn trong thùng rác."),
    "baseline_needs_document": N_("Hãy nhập số văn bản phê duyệt kế hoạch."),
    # Difficulties and risks.
    "risk_closed": N_("%(code)s đã kết thúc. Hãy mở lại trước khi sửa."),
    "risk_has_happened": N_("%(code)s đã là khó khăn, vướng mắc rồi."),
    "risk_not_judged": N_("Rủi ro cần cả khả năng xảy ra và mức độ ảnh hưởng."),
    "risk_off_scale": N_("Khả năng xảy ra và mức độ ảnh hưởng từ 1 đến 5."),
    "outcome_needed": N_("Hãy viết kết quả: đã xử lý ra sao, hay vì sao không còn."),
    "review_in_past": N_("Ngày rà soát không được trước hôm nay."),
    "blocked_too_many": N_("Nhiều nhất %(most)s nhiệm vụ và mốc."),
    "blocked_unknown": N_("Tổ %(key)s không có nhiệm vụ hay mốc nào mang mã %(codes)s."),
    # Meetings, what is recorded in them and their minutes.
    "chair_not_director": N_("%(person)s không phải lãnh đạo nên không chủ trì được."),
    "meeting_staff_by_director": N_(
        "Cuộc họp đã mở: chỉ lãnh đạo đổi được người chủ trì và người ghi."
    ),
    "meeting_groups_needed": N_(
        "Hãy chọn ít nhất một tổ của bạn; họp về mọi tổ do lãnh đạo triệu tập."
    ),
    "meeting_not_started": N_("Cuộc họp chưa bắt đầu nên chưa ghi được."),
    "minutes_issued": N_("Kết luận đã ban hành. Hãy mở lại cuộc họp rồi ghi; bản mới sẽ là 1.1."),
    "meeting_has_begun": N_("Cuộc họp đã bắt đầu nên không bỏ được."),
    "minutes_not_ready": N_("Chỉ ban hành kết luận của cuộc họp đã kết thúc và chưa ban hành."),
    "minutes_altered": N_(
        "Bản này không còn đúng như khi ban hành: dữ liệu đã bị sửa ngoài hệ thống."
    ),
    "minutes_changed": N_("Nội dung kết luận vừa thay đổi. Hãy xem lại bản dưới đây rồi ban hành."),
    "minutes_not_issued": N_("Kết luận của cuộc họp này chưa ban hành nên không cần mở lại."),
    "minutes_day_wrong": N_("Ngày văn bản phải từ ngày họp (%(day)s) đến hôm nay."),
    "reopening_why_needed": N_("Hãy viết một câu: vì sao mở lại."),
    "question_changed": N_("%(code)s vừa được sửa. Hãy xem lại câu hỏi rồi ghi quyết định."),
    "entry_empty": N_("Hãy viết nội dung."),
    "entry_in_force": N_(
        "Quyết định và chỉ đạo có hiệu lực ngay khi ghi; hãy sửa ở trang của kiến nghị hoặc chỉ đạo."
    ),
    "entry_of_other_meeting": N_("Nội dung này đã được ghi ở cuộc họp khác."),
    # Deliverables and their stages.
    "stage_of_other_kind": N_("Giai đoạn %(stage)s không thuộc loại sản phẩm này."),
    "stage_retired": N_("Giai đoạn %(stage)s đã ngừng dùng."),
    "stage_in_future": N_("Ngày vào giai đoạn không được ở tương lai."),
    "stage_before_last": N_(
        "Ngày vào giai đoạn không được trước lần chuyển gần nhất (%(last)s). Nếu lần đó ghi nhầm, hãy"
        " hoàn tác rồi ghi lại."
    ),
    "stage_not_repeatable": N_(
        "Giai đoạn %(stage)s không lặp lại được. Nếu ghi nhầm, hãy hoàn tác lần chuyển gần nhất."
    ),
    "stage_over": N_("%(code)s đã dừng; hoàn tác lần dừng trước khi chuyển tiếp."),
    "stage_nothing_to_undo": N_("%(code)s chưa có lần chuyển giai đoạn nào để hoàn tác."),
    "stage_moved_meanwhile": N_("Giai đoạn của %(code)s vừa được đổi. Hãy xem lại rồi chuyển."),
    "stage_code_taken": N_("Loại sản phẩm này đã có giai đoạn %(code)s."),
    "kind_code_taken": N_("Mã loại %(code)s đã được dùng."),
    "kind_retired": N_("Loại «%(name)s» đã ngừng dùng."),
    "kind_has_stage": N_(
        "%(code)s đang ở giai đoạn %(stage)s của loại cũ; hoàn tác các lần chuyển trước khi đổi loại."
    ),
    "window_without_unit": N_("Hãy chọn đơn vị của thời gian tối thiểu."),
    "records_none": N_("Tệp không có bản ghi nào khớp điều kiện đã chọn."),
    "records_too_many": N_(
        "Tệp có %(number)s bản ghi khớp, nhiều hơn %(limit)s. Hãy thu hẹp bằng mã ICS, ban kỹ thuật"
        " hoặc số hiệu, hoặc nhập bằng dòng lệnh: tracker deliverables import."
    ),
    "record_twice": N_("Bản ghi đã có ở dòng %(other)s."),
    "record_line_too_long": N_("Dòng dài quá một triệu ký tự nên không được đọc."),
    "record_without_id": N_("Bản ghi không có mã số «id»."),
    "record_without_reference": N_("Bản ghi không có số hiệu «reference»."),
    "record_not_utf8": N_("Dòng không phải văn bản UTF-8."),
    "record_not_json": N_("Dòng không phải một bản ghi JSON (tệp cần ở dạng JSON Lines)."),
    "record_not_text": N_("Giá trị «%(value)s» không phải văn bản."),
    "record_text_too_long": N_("Có giá trị dài quá %(limit)s ký tự."),
    "record_stage_unreadable": N_("Không hiểu giai đoạn «%(value)s»."),
    "record_day_unreadable": N_("Không hiểu ngày «%(value)s»."),
    "record_stage_unknown": N_("Loại sản phẩm này không có giai đoạn %(stage)s."),
    "record_stage_behind": N_(
        "%(code)s đang ở giai đoạn %(now)s, không lùi về %(stage)s được. Hãy kiểm tra rồi sửa tay."
    ),
    "record_in_trash": N_("%(code)s đang ở trong thùng rác."),
    "kind_unknown": N_("Không có loại sản phẩm %(code)s. Các loại: %(codes)s."),
    "milestones_none_chosen": N_("Hãy chọn ít nhất một giai đoạn."),
    "stage_date_needed": N_("Hãy nhập ngày cho giai đoạn đã chọn."),
    # A file that cannot be imported at all.
    "import_empty_file": N_("Tệp trống, không có dữ liệu nào."),
    "import_too_large": N_(
        "Tệp lớn hơn %(limit_mb)s MB. Hãy bỏ hình ảnh hoặc chia thành nhiều tệp."
    ),
    "import_not_a_spreadsheet": N_(
        "Tệp không phải bảng tính. Hãy chọn tệp Excel (.xlsx) hoặc tệp CSV (.csv)."
    ),
    "import_password": N_(
        "Tệp được đặt mật khẩu nên không đọc được. Hãy bỏ mật khẩu trong Excel rồi thử lại."
    ),
    "import_old_format": N_(
        "Tệp ở định dạng Excel cũ (.xls). Hãy mở bằng Excel và lưu lại dạng .xlsx."
    ),
    "import_other_format": N_(
        "Tệp không phải định dạng .xlsx. Hãy mở bằng Excel hoặc LibreOffice và lưu lại dạng .xlsx."
    ),
    "import_damaged": N_("Tệp bị hỏng nên không đọc được. Hãy mở bằng Excel, lưu lại rồi thử lại."),
    "import_zip_bomb": N_(
        "Tệp nén quá nhiều dữ liệu (hơn %(limit_mb)s MB hoặc tỷ lệ nén bất thường) nên bị từ chối."
    ),
    "import_too_many_sheets": N_("Tệp có hơn %(limit)s trang tính."),
    "import_too_many_rows": N_(
        "Trang «%(sheet)s» có hơn %(limit)s dòng. Hãy chia kế hoạch thành nhiều tệp."
    ),
    "import_too_many_columns": N_("Trang «%(sheet)s» có hơn %(limit)s cột."),
    "import_cell_far_away": N_(
        "Ô %(cell)s của trang «%(sheet)s» nằm ngoài phạm vi đọc được (%(rows)s dòng, %(columns)s cột)."
        " Hãy xóa dữ liệu ở ô đó rồi thử lại."
    ),
    "import_too_heavy": N_("Tệp cần quá nhiều bộ nhớ hoặc thời gian để đọc nên bị từ chối."),
    "import_busy": N_("Hệ thống đang đọc nhiều tệp khác. Hãy thử lại sau một phút."),
    "import_empty": N_("Tệp không có dữ liệu nào."),
    "import_no_heading": N_(
        "Không tìm thấy dòng tiêu đề cột trong trang «%(sheet)s». Cần có cột «Nhiệm vụ» và ít nhất"
        " một cột khác, ví dụ «Thời hạn»."
    ),
    # What is wrong with a cell, a row or a sheet of a plan.
    "plan_sheet_hidden": N_("Trang «%(sheet)s» đang ẩn nên được bỏ qua."),
    "plan_sheet_without_heading": N_(
        "Trang «%(sheet)s» không có dòng tiêu đề cột nên được bỏ qua."
    ),
    "plan_column_unknown": N_("Ô %(cell)s: cột «%(value)s» không được nhập."),
    "plan_row_ignored": N_("Dòng %(row)s được bỏ qua: «%(value)s»."),
    "plan_section_unknown": N_(
        "Dòng %(row)s: «%(value)s» không phải tên một cấu phần. Các cấu phần là Tiêu chuẩn, Đo lường,"
        " Đánh giá sự phù hợp, Thanh tra, kiểm tra."
    ),
    "plan_strand_missing": N_(
        "Dòng %(row)s chưa thuộc cấu phần nào. Hãy thêm dòng tên cấu phần phía trên hoặc cột «Cấu phần»."
    ),
    "plan_strand_unknown": N_("Ô %(cell)s: «%(value)s» không phải tên một cấu phần."),
    "plan_title_missing": N_("Ô %(cell)s: dòng này chưa có tên nhiệm vụ."),
    "plan_row_twice": N_("Ô %(cell)s trùng với dòng %(other)s."),
    "plan_text_too_long": N_("Ô %(cell)s dài quá %(limit)s ký tự."),
    "plan_code_foreign": N_(
        "Ô %(cell)s: «%(value)s» không phải mã của hệ thống (ví dụ HAL-47) nên được bỏ qua."
    ),
    "plan_date_unreadable": N_(
        "Ô %(cell)s: không hiểu ngày «%(value)s». Hãy viết dạng 31/12/2026."
    ),
    "plan_date_not_in_calendar": N_("Ô %(cell)s: ngày «%(value)s» không có trong lịch."),
    "plan_date_outside_years": N_(
        "Ô %(cell)s: ngày «%(value)s» nằm ngoài khoảng từ năm 2000 đến năm 2100."
    ),
    "plan_date_open": N_("Ô %(cell)s: «%(value)s» không phải một ngày cố định nên để trống ngày."),
    "plan_date_without_year": N_("Ô %(cell)s: «%(value)s» không ghi năm, được hiểu là năm nay."),
    "plan_start_after_due": N_("Ô %(cell)s: ngày bắt đầu sau thời hạn."),
    "plan_forecast_before_start": N_("Ô %(cell)s: ngày dự kiến trước ngày bắt đầu."),
    "plan_share_out_of_range": N_(
        "Ô %(cell)s: tiến độ «%(value)s» không nằm trong khoảng 0–100%%."
    ),
    "plan_progress_kept_as_note": N_(
        "Ô %(cell)s: «%(value)s» không phải tỷ lệ phần trăm nên được chuyển vào ghi chú."
    ),
    "plan_status_kept_as_note": N_(
        "Ô %(cell)s: không rõ tình trạng «%(value)s» nên được chuyển vào ghi chú."
    ),
    "plan_priority_unknown": N_("Ô %(cell)s: không rõ mức độ «%(value)s» nên để là thường."),
    "plan_formula_value_used": N_(
        "Ô %(cell)s chứa công thức; dùng giá trị lần tính gần nhất: «%(value)s»."
    ),
    "plan_formula_without_value": N_(
        "Ô %(cell)s chứa công thức chưa có kết quả hoặc bị lỗi. Hãy mở bằng Excel và lưu lại, hoặc"
        " gõ giá trị vào ô."
    ),
    # What is noticed when a plan is held against what is there.
    "plan_code_unknown": N_(
        "Ô %(cell)s: tổ này không có %(value)s nên dòng được đối chiếu theo tên."
    ),
    "plan_code_in_trash": N_(
        "Ô %(cell)s: %(value)s đang ở trong thùng rác nên dòng được đối chiếu theo tên."
    ),
    "plan_milestone_of_other_strand": N_(
        "Ô %(cell)s: mốc %(value)s thuộc cấu phần khác; tệp không chuyển mốc sang cấu phần khác được."
    ),
    "plan_milestone_implied": N_("Ô %(cell)s: mốc này chỉ có tên, chưa có ngày."),
    "plan_milestone_left_out": N_(
        "Dòng %(row)s: mốc phía trên chưa nhập được nên nhiệm vụ đứng ngoài mốc."
    ),
    "plan_milestone_done_left": N_(
        "Dòng %(row)s: mốc được đóng trên trang của mốc, bằng số văn bản minh chứng; tệp chỉ đổi ngày."
    ),
    "plan_milestone_closed": N_("Dòng %(row)s: mốc %(code)s đã đóng nên ngày không đổi."),
    "plan_part_without_task": N_(
        "Dòng %(row)s là phần của nhiệm vụ ở dòng %(other)s, mà dòng đó không nhập được."
    ),
    "plan_finished_in_future": N_(
        "Ô %(cell)s: ngày hoàn thành ở tương lai. Nếu đó là thời hạn, hãy đặt tên cột là «Thời hạn»."
    ),
    "plan_finished_today": N_(
        "Dòng %(row)s: đã hoàn thành nhưng không ghi ngày, nên ngày hoàn thành là ngày nhập"
        " (%(day)s)."
    ),
    "plan_finished_left": N_(
        "Ô %(cell)s: tình trạng chưa hoàn thành nên ngày hoàn thành không được nhập."
    ),
    "plan_due_before_start": N_("Dòng %(row)s: thời hạn trước ngày bắt đầu đang có."),
    "plan_name_left_empty": N_("Ô %(cell)s: «%(value)s» được để trống."),
    "plan_name_may_not_be_added": N_(
        "Ô %(cell)s: chưa có «%(value)s», và bạn không có quyền thêm, nên được để trống."
    ),
    "import_not_draft": N_("Lần nhập này đã được xác nhận trước đó."),
    "import_not_applied": N_("Lần nhập này chưa được xác nhận hoặc đã hoàn tác."),
    "import_sheets_open": N_("Hãy chọn tổ cho từng trang của tệp."),
    "import_questions_open": N_("Hãy trả lời các câu hỏi về nhiệm vụ gần giống nhau."),
    "import_rows_left_out": N_("Hãy đồng ý nhập mà không có những dòng không đọc được."),
    "import_changes_nothing": N_("Tệp không có gì khác với kế hoạch đang có."),
    "import_group_unknown": N_("Không có tổ công tác %(key)s."),
    "import_sheet_unknown": N_("Tệp không có trang «%(sheet)s»."),
    "import_group_for_which": N_(
        'Tệp có nhiều trang, trang nào cũng mang tên một tổ. Hãy viết --group "TRANG=MÃ".'
    ),
    "import_group_unclear": N_(
        'Không rõ trang «%(sheet)s» thuộc tổ nào. Hãy thêm --group "%(sheet)s=MÃ".'
    ),
    "not_a_date": N_(
        "«%(text)s» không phải là ngày. Hãy nhập như 15/11/2026, «tháng 3/2027» hoặc «Quý I/2027»."
    ),
    "no_such_day": N_("Không có ngày «%(text)s» trong lịch."),
    "not_a_period": N_(
        "«%(text)s» không phải là kỳ báo cáo. Hãy nhập như 2026-11, 2026-Q4, 2026-H1 hoặc 2026."
    ),
    "no_such_period": N_("Không có kỳ báo cáo «%(text)s»."),
    "period_reversed": N_("Kỳ «%(text)s» có ngày cuối trước ngày đầu."),
    "period_outside_years": N_("Kỳ báo cáo phải nằm trong khoảng từ năm 2000 đến năm 2100."),
    "period_month": N_("Tháng %(number)s năm %(year)s"),
    "period_quarter": N_("Quý %(roman)s năm %(year)s"),
    "period_half_1": N_("6 tháng đầu năm %(year)s"),
    "period_half_2": N_("6 tháng cuối năm %(year)s"),
    "period_year": N_("Năm %(year)s"),
    "period_week": N_("Tuần %(number)s năm %(year)s"),
    "period_custom": N_("Từ ngày %(first)s đến ngày %(last)s"),
    "no_plan": N_("Chưa có mốc tiến độ và nhiệm vụ nào."),
    "milestone_past": N_(
        "Mốc %(milestone)s «%(title)s» chưa đóng, đã quá ngày %(date)s (%(days)s ngày)."
    ),
    "milestone_slip": N_(
        "Mốc %(milestone)s «%(title)s» dự kiến %(forecast)s, chậm %(days)s "
        "ngày so với kế hoạch (%(baseline)s)."
    ),
    "overdue_share": N_(
        "%(overdue)s trong %(open)s nhiệm vụ chưa hoàn thành đã quá hạn (%(percent)s%%)."
    ),
    "task_overdue": N_("%(overdue)s nhiệm vụ quá hạn, lâu nhất %(days)s ngày."),
    "blocked_long": N_("Nhiệm vụ %(task)s vướng mắc từ ngày %(since)s (%(days)s ngày)."),
    "all_closed": N_("Mọi mốc đã đóng, không còn nhiệm vụ chưa hoàn thành."),
    "nothing_begun": N_("Chưa việc nào bắt đầu và chưa có gì đến hạn."),
    "on_plan": N_("Không có mốc chậm, không có nhiệm vụ quá hạn hay vướng mắc kéo dài."),
}

# What the history is about, by `Change.kind`.
KINDS: dict[str, str] = {
    "account": N_("tài khoản"),
    "attendance": N_("người dự họp"),
    "baseline": N_("kế hoạch được duyệt"),
    "calendar_day": N_("ngày của lịch làm việc"),
    "comment": N_("ý kiến"),
    "declaration": N_("tự đánh giá"),
    "decision": N_("kiến nghị"),
    "deliverable": N_("sản phẩm"),
    "deliverable_kind": N_("loại sản phẩm"),
    "dependency": N_("liên kết chờ"),
    "directive": N_("ý kiến chỉ đạo"),
    "extension_request": N_("đề nghị gia hạn"),
    "group": N_("tổ công tác"),
    "meeting": N_("cuộc họp"),
    "meeting_entry": N_("nội dung ghi tại cuộc họp"),
    "membership": N_("vai trò trong tổ"),
    "milestone": N_("mốc tiến độ"),
    "person": N_("người"),
    "programme": N_("chương trình"),
    "recurrence": N_("việc định kỳ"),
    "report": N_("báo cáo"),
    "report_regime": N_("chế độ báo cáo"),
    "report_template": N_("mẫu báo cáo"),
    "risk": N_("khó khăn, rủi ro"),
    "setting": N_("cài đặt"),
    "stage": N_("giai đoạn"),
    "task": N_("nhiệm vụ"),
    "unit": N_("đơn vị"),
}

# The fields of the history, by column; those alike in several tables are written once.
FIELDS: dict[str, str] = {
    "abbreviation": N_("tên viết tắt"),
    "blocked_days": N_("vướng mắc quá số ngày"),
    "address": N_("địa chỉ ở chân trang"),
    "address_en": N_("địa chỉ ở chân trang (tiếng Anh)"),
    "copies": N_("số bản phát hành"),
    "drafter": N_("ký hiệu người soạn thảo"),
    "signer_form": N_("hình thức ký"),
    "group_signer_form": N_("hình thức ký báo cáo của một tổ"),
    "unit_signer_form": N_("hình thức ký báo cáo của một đơn vị"),
    "drafting_unit": N_("đơn vị soạn thảo"),
    "head_title": N_("chức danh người đứng đầu"),
    "head_title_en": N_("chức danh người đứng đầu (tiếng Anh)"),
    "issuing_body": N_("cơ quan ban hành"),
    "issuing_body_en": N_("cơ quan ban hành (tiếng Anh)"),
    "late_slip_days": N_("mốc chậm quá số ngày"),
    "overdue_least": N_("số nhiệm vụ quá hạn ít nhất"),
    "overdue_percent": N_("tỷ lệ nhiệm vụ quá hạn"),
    "place": N_("địa danh"),
    "place_en": N_("địa danh (tiếng Anh)"),
    "risk_slip_days": N_("mốc có nguy cơ chậm quá số ngày"),
    "signer_authority": N_("thẩm quyền ký"),
    "signer_authority_en": N_("thẩm quyền ký (tiếng Anh)"),
    "signer_name": N_("người ký"),
    "signer_post": N_("chức vụ người ký"),
    "signer_post_en": N_("chức vụ người ký (tiếng Anh)"),
    "superior_body": N_("cơ quan chủ quản"),
    "superior_body_en": N_("cơ quan chủ quản (tiếng Anh)"),
    "symbol": N_("ký hiệu văn bản"),
    "anchor": N_("ngày trong tháng theo"),
    "answer": N_("trả lời"),
    "begins": N_("giờ bắt đầu"),
    "chair_id": N_("người chủ trì"),
    "decided": N_("đã có ý kiến"),
    "decided_by_id": N_("người quyết định"),
    "decision_id": N_("kiến nghị"),
    "ended_at": N_("lúc kết thúc"),
    "held_on": N_("ngày họp"),
    "issued": N_("ban hành"),
    "item": N_("mục đang xem xét"),
    "meeting_id": N_("cuộc họp"),
    "post": N_("chức vụ, đơn vị"),
    "presence": N_("có mặt"),
    "recorders": N_("người ghi"),
    "reopened_for": N_("lý do mở lại"),
    "record": N_("bản trình"),
    "remarks": N_("ý kiến trả lại"),
    "revision": N_("lần ban hành"),
    "started_at": N_("lúc bắt đầu"),
    "struck_at": N_("lúc gạch bỏ"),
    "text": N_("nội dung"),
    "uid": N_("mã gửi"),
    "meeting.place": N_("địa điểm"),
    "asked_at": N_("lúc xin"),
    "asked_by_id": N_("người xin"),
    "given_by_id": N_("người chỉ đạo"),
    "given_at": N_("lúc chỉ đạo"),
    "recalled_at": N_("lúc thu hồi"),
    "recalled_why": N_("lý do thu hồi"),
    "answered_at": N_("lúc trả lời"),
    "answered_by_id": N_("người trả lời"),
    "assigning_date": N_("ngày văn bản giao"),
    "assigning_document": N_("văn bản giao"),
    "assigning_item": N_("mục giao trong văn bản"),
    "based_on": N_("tài liệu gốc"),
    "awaits": N_("chờ quyết định"),
    "background": N_("bối cảnh"),
    "baseline": N_("ngày theo kế hoạch"),
    "body": N_("nội dung"),
    "chosen": N_("phương án được chọn"),
    "closed_on": N_("ngày đạt mốc"),
    "risk.closed_on": N_("ngày kết thúc"),
    "blocks": N_("đang chặn"),
    "happened_on": N_("ngày xảy ra"),
    "impact": N_("mức độ ảnh hưởng"),
    "likelihood": N_("khả năng xảy ra"),
    "outcome": N_("kết quả xử lý"),
    "response": N_("biện pháp"),
    "review_on": N_("ngày rà soát"),
    "treatment": N_("cách xử lý rủi ro"),
    "risk.kind": N_("loại"),
    "code": N_("mã"),
    "committee": N_("ban kỹ thuật"),
    "cooperating_units": N_("đơn vị phối hợp"),
    "counts_from": N_("tạo từ ngày"),
    "day": N_("ngày trong tháng"),
    "decided_on": N_("ngày cho ý kiến"),
    "decision_date": N_("ngày quyết định"),
    "decision_number": N_("số quyết định"),
    "description": N_("mô tả"),
    "document_date": N_("ngày văn bản"),
    "document_number": N_("số văn bản"),
    "due": N_("thời hạn"),
    "email": N_("thư điện tử"),
    "ends_on": N_("ngày kết thúc"),
    "evidence": N_("minh chứng"),
    "evidence_date": N_("ngày minh chứng"),
    "facts": N_("số liệu"),
    "file": N_("tệp"),
    "finished_on": N_("ngày hoàn thành"),
    "forecast": N_("ngày dự kiến"),
    "frequency": N_("tần suất"),
    "full_name": N_("họ và tên"),
    "groups": N_("các tổ công tác"),
    "ics": N_("mã ICS"),
    "is_active": N_("đang dùng"),
    "is_administrator": N_("quản trị hệ thống"),
    "is_director": N_("lãnh đạo"),
    "is_paused": N_("tạm dừng"),
    "is_repeatable": N_("lặp lại được"),
    "is_restricted": N_("hạn chế người xem"),
    "is_retired": N_("ngừng dùng"),
    "is_verified": N_("đã đối chiếu văn bản"),
    "is_working": N_("là ngày làm việc"),
    "iteration": N_("lần"),
    "key": N_("mã"),
    "kind_id": N_("loại sản phẩm"),
    "lag": N_("số ngày làm việc chờ thêm"),
    "language": N_("ngôn ngữ"),
    "lead_days": N_("tạo trước thời hạn (ngày)"),
    "lead_unit_id": N_("đơn vị chủ trì"),
    "locale": N_("ngôn ngữ"),
    "milestone_id": N_("mốc tiến độ"),
    "milestones": N_("mốc tiến độ"),
    "month": N_("tháng"),
    "name": N_("tên"),
    "name_en": N_("tên tiếng Anh"),
    "named": N_("tên đơn vị"),
    "narrative": N_("nhận định"),
    "difficulties": N_("khó khăn, vướng mắc"),
    "next": N_("phương hướng kỳ tới"),
    "recommendations": N_("kiến nghị, đề xuất"),
    "results": N_("kết quả"),
    "needs_approval": N_("cần duyệt hoàn thành"),
    "note": N_("ghi chú"),
    "nth": N_("lần thứ trong tháng"),
    "owner_id": N_("người phụ trách"),
    "options": N_("các phương án"),
    "question": N_("điều xin ý kiến"),
    "addressee": N_("kính gửi"),
    "addressee_en": N_("kính gửi (tiếng Anh)"),
    "addressees": N_("kính gửi"),
    "addressees_en": N_("kính gửi (tiếng Anh)"),
    "arranged_by": N_("xếp chương theo"),
    "basis": N_("cách tính kỳ"),
    "closing_day": N_("chốt ngày"),
    "closing_months": N_("chốt vào các tháng"),
    "due_on": N_("hạn gửi"),
    "ended_on": N_("đến ngày"),
    "orientation": N_("chiều phụ lục"),
    "urgency": N_("mức độ khẩn"),
    "period_kind": N_("kỳ báo cáo"),
    "recipients": N_("nơi nhận"),
    "recipients_en": N_("nơi nhận (tiếng Anh)"),
    "responsible_id": N_("người chịu trách nhiệm"),
    "template_id": N_("mẫu báo cáo"),
    "is_laid_out_as_shipped": N_("theo thể thức có sẵn"),
    "file_name": N_("tên tệp"),
    "sha256": N_("dấu SHA-256 của tệp"),
    "size": N_("cỡ tệp"),
    "uploaded_by_id": N_("người tải lên"),
    "weekday": N_("thứ trong tuần"),
    "working_days": N_("số ngày làm việc để gửi"),
    "recommended": N_("phương án đề nghị"),
    "new_day": N_("ngày xin gia hạn"),
    "old_day": N_("thời hạn khi xin"),
    "parent_id": N_("cấp trên"),
    "participants": N_("người cùng thực hiện"),
    "person_id": N_("người"),
    "pillar": N_("trụ cột"),
    "position": N_("thứ tự"),
    "person.position": N_("chức vụ"),
    "predecessor_milestone_id": N_("mốc được chờ"),
    "predecessor_task_id": N_("nhiệm vụ được chờ"),
    "priority": N_("mức độ"),
    "progress": N_("tiến độ"),
    "reference": N_("số hiệu"),
    "relation": N_("mức độ tương đương"),
    "replaces": N_("thay thế"),
    "reason": N_("lý do"),
    "result": N_("sản phẩm"),
    "role": N_("vai trò"),
    "shift": N_("khi rơi vào ngày nghỉ"),
    "sentence": N_("diễn giải"),
    "single_keys": N_("phím tắt một chữ"),
    "sort_name": N_("tên dùng để sắp xếp"),
    "source": N_("nguồn"),
    "source_id": N_("mã bản ghi gốc"),
    "stage.role": N_("vị trí trên lộ trình"),
    "stage_id": N_("giai đoạn"),
    "stage_on": N_("ngày vào giai đoạn"),
    "stages": N_("các giai đoạn"),
    "strand": N_("cấu phần"),
    "stage_code": N_("mã giai đoạn"),
    "stalls": N_("đang chờ quyết định"),
    "start": N_("ngày bắt đầu"),
    "starts_on": N_("ngày bắt đầu"),
    "state": N_("trạng thái"),
    "status": N_("trạng thái"),
    "status_since": N_("ngày đổi trạng thái"),
    "strands": N_("cấu phần"),
    "submitted_on": N_("ngày trình"),
    "successor_milestone_id": N_("mốc phải chờ"),
    "successor_task_id": N_("nhiệm vụ phải chờ"),
    "theme": N_("giao diện"),
    "title": N_("tên"),
    "title_en": N_("tên tiếng Anh"),
    "unit_id": N_("đơn vị"),
    "valid_from": N_("có từ ngày"),
    "valid_to": N_("đến ngày"),
    "value": N_("giá trị"),
    "waited_for_by": N_("đang được chờ bởi"),
    "waits_for": N_("chờ"),
    "wanted_by": N_("cần trước ngày"),
    "wanted_from_id": N_("xin ý kiến của"),
    "withdrawn_because": N_("lý do rút"),
    "withdrawn_on": N_("ngày rút"),
    "window": N_("thời gian tối thiểu"),
    "window_source": N_("nguồn của thời gian tối thiểu"),
    "window_unit": N_("đơn vị thời gian"),
    "workstream_id": N_("cấu phần"),
}
