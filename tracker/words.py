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

    def gettext(self, message: str, **values: object) -> str:
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

    def sentence(self, code: str, **values: object) -> str:
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
    "Role.head": N_("Tổ trưởng"),
    "Role.deputy": N_("Tổ phó"),
    "Role.secretary": N_("Thư ký"),
    "Role.member": N_("Thành viên"),
    "Role.observer": N_("Quan sát viên"),
    "Pillar.spirit": N_("Tinh thần"),
    "Pillar.people": N_("Con người"),
    "Pillar.culture": N_("Văn hóa"),
    "Pillar.action": N_("Hành động"),
    "Pillar.initiative": N_("Sáng kiến"),
}

# Sentences of refusals and problems, by code.
SENTENCES: dict[str, str] = {
    "stale": N_("Có người vừa sửa mục này. Hãy chọn giữ giá trị nào."),
}
