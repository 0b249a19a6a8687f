"""Minutes for the tests of their files."""

from datetime import date

from tracker.queries.minutes_facts import (
    Assignment,
    Attendee,
    Chapter,
    Conclusion,
    MinutesFacts,
    Replaced,
)
from tracker.queries.report_facts import Name, Organisation, Signature

BODY = Organisation(
    issuing=Name("Ủy ban Tiêu chuẩn Đo lường Chất lượng Quốc gia", "STAMEQ"),
    superior=Name("Bộ Khoa học và Công nghệ", "Ministry of Science and Technology"),
    signature=Signature(Name("Phó Chủ tịch"), Name("KT. Chủ tịch"), "TS. Trần Quốc Vinh"),
    symbol="TĐC",
    drafting_unit="KHTC",
)


def make_minutes(**values):
    usual = {
        "organisation": BODY,
        "title": "Họp điều hành tháng 11/2026",
        "held_on": date(2026, 11, 5),
        "place": "Phòng 301",
        "chair": "Trần Quốc Vinh",
        "chair_post": "Phó Chủ tịch Ủy ban",
        "made_on": date(2026, 11, 6),
        "groups": (Name("Tổ công tác Halal", "Halal working group"),),
        "attendees": (
            Attendee("Trần Quốc Vinh", "Phó Chủ tịch Ủy ban", "present"),
            Attendee("Nguyễn Thu Hà", "Phó Giám đốc", "present"),
            Attendee("Trần An", "", "excused"),
        ),
        "chapters": (
            Chapter("", Name(""), (Conclusion("note", "Chốt số liệu trước ngày 14.\nĐúng hạn."),)),
            Chapter(
                "HAL",
                Name("Tổ công tác Halal", "Halal working group"),
                (
                    Conclusion("note", "đã nghe báo cáo.", "metrology"),
                    Conclusion("decision", "Tách phụ gia.", "", "HAL-Q3", "Có tách không?"),
                    Conclusion("decision", "Mua pin.", "standards", "HAL-Q4", "Mua pin."),
                ),
            ),
        ),
        "assignments": (
            Assignment(
                "HAL-50",
                "Rà soát năng lực",
                "HAL",
                "metrology",
                unit=Name("QUACERT", "Certification Centre"),
                person="Nguyễn Thu Hà",
                cooperating=(Name("Viện Đo lường", "VMI"),),
                due=date(2026, 12, 15),
                result="Báo cáo",
            ),
        ),
        "recipients": ("Ban Kế hoạch – Tài chính", "Lưu: VT, cũ"),
        "group_ids": (1,),
        "replaced": Replaced("1.0", "45/TB-TĐC", date(2026, 11, 6), "Thiếu một kết luận."),
    }
    return MinutesFacts(**{**usual, **values})
