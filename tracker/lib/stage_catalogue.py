"""The kinds of deliverables and their stages as the tracker ships them.

Sources: TCVN 1-1:2015 (the seven steps), the international harmonized stage codes of ISO (all 46),
and for the rest what practice suggests; `is_verified` tells the first from the last. Where the
catalogue is not verified, pages say so and an administrator corrects it.
"""

from collections.abc import Sequence
from typing import NamedTuple

from tracker.lib.stages import StageRole, WindowUnit

ROUTE, GOAL, DETOUR, LATER, ABANDONED = StageRole
STANDARDS, METROLOGY, CONFORMITY, INSPECTION = (
    "standards",
    "metrology",
    "conformity_assessment",
    "inspection",
)


class StageEntry(NamedTuple):
    """A stage; `window` is the least stay in it, and where that is said."""

    code: str
    name: str
    name_en: str
    role: StageRole = ROUTE
    is_repeatable: bool = False
    window: tuple[int, WindowUnit, str] | None = None


class KindEntry(NamedTuple):
    """A kind of deliverable with its stages in their order."""

    code: str
    name: str
    name_en: str
    strand: str
    source: str
    stages: Sequence[StageEntry]
    is_verified: bool = False


LAW_2006 = "Luật Tiêu chuẩn và quy chuẩn kỹ thuật 2006; đối chiếu với bản sửa đổi 2025"
ISO_CODES = "ISO international harmonized stage codes"
STOPPED = StageEntry("X", "Dừng thực hiện", "Cancelled", ABANDONED)


def _numbered(
    *names: tuple[str, str], later: Sequence[tuple[str, str]] = (), repeatable: frozenset[int]
) -> tuple[StageEntry, ...]:
    """Stages 1, 2, 3 …; the last of `names` is the goal, `later` is the life after it."""
    goal = len(names)
    return (
        *(
            StageEntry(str(n), vi, en, GOAL if n == goal else ROUTE, n in repeatable)
            for n, (vi, en) in enumerate(names, 1)
        ),
        *(
            StageEntry(str(n), vi, en, LATER, is_repeatable=True)
            for n, (vi, en) in enumerate(later, goal + 1)
        ),
        STOPPED,
    )


TCVN = (
    StageEntry("B1", "Đề nghị xây dựng", "Proposal"),
    StageEntry("B2", "Xét duyệt dự án và đưa vào kế hoạch", "Project approved and planned"),
    StageEntry("B3", "Biên soạn dự thảo", "Drafting"),
    StageEntry(
        "B4",
        "Lấy ý kiến và hoàn chỉnh dự thảo",
        "Public comment and revision of the draft",
        is_repeatable=True,
        window=(60, WindowUnit.DAYS, LAW_2006),
    ),
    StageEntry("B5", "Thẩm định", "Appraisal"),
    StageEntry("B6", "Công bố", "Announcement"),
    StageEntry("B7", "Xuất bản và phát hành", "Publication", GOAL),
    STOPPED,
)

QCVN = (
    StageEntry("1", "Lập kế hoạch", "Planning"),
    StageEntry("2", "Ban soạn thảo biên soạn dự thảo", "Drafting by the drafting board"),
    StageEntry(
        "3",
        "Lấy ý kiến và thông báo WTO/TBT",
        "Public comment and WTO/TBT notification",
        is_repeatable=True,
        window=(60, WindowUnit.DAYS, LAW_2006),
    ),
    StageEntry("4", "Thẩm định", "Appraisal"),
    StageEntry(
        "5",
        "Ban hành",
        "Issued by a circular",
        window=(6, WindowUnit.MONTHS, "Thông lệ: có hiệu lực ít nhất 6 tháng sau khi ban hành"),
    ),
    StageEntry("6", "Có hiệu lực", "In force", GOAL),
    StageEntry("7", "Rà soát định kỳ 5 năm", "Five-yearly review", LATER, is_repeatable=True),
    STOPPED,
)


def _harmonized(*, with_windows: bool) -> tuple[StageEntry, ...]:
    """All 46 codes. Ballots and comments may be held again, so their stages repeat."""
    ballot = (12, WindowUnit.WEEKS, ISO_CODES) if with_windows else None
    final = (8, WindowUnit.WEEKS, ISO_CODES) if with_windows else None
    return (
        StageEntry("00.00", "Nhận đề xuất", "Proposal for new project received"),
        StageEntry("00.20", "Xem xét đề xuất", "Proposal under review"),
        StageEntry("00.60", "Kết thúc xem xét", "Close of review"),
        StageEntry("00.98", "Bỏ đề xuất", "Proposal abandoned", ABANDONED),
        StageEntry("00.99", "Chấp thuận đưa ra bỏ phiếu", "Approved to ballot the proposal"),
        StageEntry("10.00", "Đăng ký đề xuất dự án mới", "Proposal registered", is_repeatable=True),
        StageEntry(
            "10.20", "Bắt đầu bỏ phiếu dự án mới", "New project ballot started", is_repeatable=True
        ),
        StageEntry("10.60", "Kết thúc bỏ phiếu", "Close of voting", is_repeatable=True),
        StageEntry(
            "10.92", "Trả lại bên đề xuất", "Returned to submitter", DETOUR, is_repeatable=True
        ),
        StageEntry("10.98", "Không chấp thuận dự án mới", "New project rejected", ABANDONED),
        StageEntry("10.99", "Chấp thuận dự án mới", "New project approved"),
        StageEntry("20.00", "Đưa vào chương trình công tác", "Registered in work programme"),
        StageEntry(
            "20.20", "Nghiên cứu dự thảo làm việc (WD)", "WD study initiated", is_repeatable=True
        ),
        StageEntry("20.60", "Kết thúc góp ý WD", "Close of comment period", is_repeatable=True),
        StageEntry("20.98", "Xóa dự án", "Project deleted", ABANDONED),
        StageEntry("20.99", "WD được chấp thuận thành CD", "WD approved as CD"),
        StageEntry(
            "30.00", "Đăng ký dự thảo ban kỹ thuật (CD)", "CD registered", is_repeatable=True
        ),
        StageEntry("30.20", "Lấy ý kiến CD", "CD consultation initiated", is_repeatable=True),
        StageEntry("30.60", "Kết thúc góp ý CD", "Close of comment period", is_repeatable=True),
        StageEntry(
            "30.92", "Trả CD về nhóm công tác", "CD referred back to WG", DETOUR, is_repeatable=True
        ),
        StageEntry("30.98", "Hủy dự án", "Project cancelled", ABANDONED),
        StageEntry("30.99", "CD được chấp thuận thành DIS", "CD approved as DIS"),
        StageEntry("40.00", "Đăng ký dự thảo DIS", "DIS registered", is_repeatable=True),
        StageEntry(
            "40.20",
            "Bỏ phiếu DIS (12 tuần)",
            "DIS ballot (12 weeks)",
            window=ballot,
            is_repeatable=True,
        ),
        StageEntry("40.60", "Kết thúc bỏ phiếu DIS", "Close of voting", is_repeatable=True),
        StageEntry(
            "40.92", "Trả DIS về TC/SC", "DIS referred back to TC or SC", DETOUR, is_repeatable=True
        ),
        StageEntry(
            "40.93",
            "Bỏ phiếu DIS lần mới",
            "Decision for a new DIS ballot",
            DETOUR,
            is_repeatable=True,
        ),
        StageEntry("40.98", "Hủy dự án", "Project cancelled", ABANDONED),
        StageEntry("40.99", "DIS được chấp thuận thành FDIS", "DIS approved as FDIS"),
        StageEntry(
            "50.00",
            "Đăng ký bản cuối hoặc FDIS",
            "Final text or FDIS registered",
            is_repeatable=True,
        ),
        StageEntry(
            "50.20",
            "Bỏ phiếu FDIS (8 tuần) hoặc gửi bản in thử",
            "FDIS ballot (8 weeks) or proof sent",
            window=final,
            is_repeatable=True,
        ),
        StageEntry(
            "50.60", "Kết thúc bỏ phiếu FDIS", "Close of voting; proof returned", is_repeatable=True
        ),
        StageEntry(
            "50.92",
            "Trả FDIS về TC/SC",
            "FDIS referred back to TC or SC",
            DETOUR,
            is_repeatable=True,
        ),
        StageEntry("50.98", "Hủy dự án", "Project cancelled", ABANDONED),
        StageEntry("50.99", "Chấp thuận xuất bản", "Approved for publication"),
        StageEntry("60.00", "Đang xuất bản", "Under publication"),
        StageEntry("60.60", "Đã xuất bản", "Published", GOAL),
        StageEntry(
            "90.20", "Soát xét định kỳ", "Under systematic review", LATER, is_repeatable=True
        ),
        StageEntry("90.60", "Kết thúc soát xét", "Close of review", LATER, is_repeatable=True),
        StageEntry("90.92", "Cần sửa đổi", "To be revised", LATER, is_repeatable=True),
        StageEntry("90.93", "Giữ nguyên hiệu lực", "Confirmed", LATER, is_repeatable=True),
        StageEntry("90.99", "Đề nghị hủy bỏ", "Withdrawal proposed", LATER, is_repeatable=True),
        StageEntry(
            "95.20",
            "Bắt đầu bỏ phiếu hủy bỏ",
            "Withdrawal ballot started",
            LATER,
            is_repeatable=True,
        ),
        StageEntry(
            "95.60", "Kết thúc bỏ phiếu hủy bỏ", "Close of voting", LATER, is_repeatable=True
        ),
        StageEntry("95.92", "Không hủy bỏ", "Decision not to withdraw", LATER, is_repeatable=True),
        StageEntry("95.99", "Đã hủy bỏ", "Withdrawn", LATER),
    )


SUGGESTED = "Theo thông lệ"

CATALOGUE = (
    KindEntry(
        "TCVN",
        "TCVN",
        "TCVN",
        STANDARDS,
        "TCVN 1-1:2015",
        TCVN,
        is_verified=True,
    ),
    KindEntry(
        "QCVN",
        "QCVN",
        "QCVN",
        STANDARDS,
        SUGGESTED,
        QCVN,
    ),
    KindEntry(
        "ISO",
        "ISO/IEC",
        "ISO/IEC",
        STANDARDS,
        ISO_CODES,
        _harmonized(with_windows=True),
        is_verified=True,
    ),
    KindEntry(
        "SMIIC",
        "OIC/SMIIC",
        "OIC/SMIIC",
        STANDARDS,
        ISO_CODES,
        _harmonized(with_windows=False),
    ),
    KindEntry(
        "NMS",
        "Chuẩn đo lường quốc gia",
        "National measurement standard",
        METROLOGY,
        SUGGESTED,
        _numbered(
            ("Đề xuất", "Proposal"),
            ("Đầu tư, nghiên cứu", "Investment and research"),
            ("Lắp đặt", "Installation"),
            ("Đánh giá đặc trưng và độ không đảm bảo đo", "Characterisation and uncertainty"),
            ("So sánh quốc tế", "International comparison"),
            ("Hồ sơ trình phê duyệt", "Dossier for approval"),
            ("Quyết định phê duyệt và giao giữ", "Approved and entrusted"),
            later=(("Duy trì, dẫn xuất", "Maintenance and dissemination"),),
            repeatable=frozenset({4, 5}),
        ),
    ),
    KindEntry(
        "CMC",
        "CMC",
        "CMC",
        METROLOGY,
        SUGGESTED,
        _numbered(
            ("Chuẩn bị", "Preparation"),
            ("Đánh giá ngang hàng", "Peer review"),
            ("Nộp APMP", "Submitted to APMP"),
            ("Xem xét trong RMO", "Intra-RMO review"),
            ("Xem xét liên RMO (JCRB)", "Inter-RMO review (JCRB)"),
            ("Công bố trong KCDB", "Published in the KCDB"),
            later=(("Tạm ẩn", "Greyed out"), ("Khôi phục", "Reinstated")),
            repeatable=frozenset({2, 4, 5}),
        ),
    ),
    KindEntry(
        "KC",
        "So sánh chủ chốt, bổ trợ",
        "Key or supplementary comparison",
        METROLOGY,
        SUGGESTED,
        _numbered(
            ("Đăng ký", "Registration"),
            ("Thống nhất quy trình (protocol)", "Protocol agreed"),
            ("Đo", "Measurement"),
            ("Báo cáo kết quả", "Results reported"),
            ("Draft A", "Draft A"),
            ("Draft B", "Draft B"),
            ("Phê duyệt, công bố", "Approved and published"),
            repeatable=frozenset({3, 5, 6}),
        ),
    ),
    KindEntry(
        "DLVN",
        "ĐLVN",
        "ĐLVN",
        METROLOGY,
        SUGGESTED,
        _numbered(
            ("Đề xuất", "Proposal"),
            ("Biên soạn", "Drafting"),
            ("Góp ý", "Comments"),
            ("Thẩm định", "Appraisal"),
            ("Ban hành", "Issued"),
            repeatable=frozenset({3}),
        ),
    ),
    KindEntry(
        "PDM",
        "Phê duyệt mẫu",
        "Type approval",
        METROLOGY,
        SUGGESTED,
        _numbered(
            ("Nộp hồ sơ", "Application"),
            ("Xem xét hồ sơ", "Review of the application"),
            ("Thử nghiệm mẫu", "Type test"),
            ("Đánh giá", "Evaluation"),
            ("Quyết định phê duyệt mẫu", "Type approved"),
            later=(("Gia hạn", "Extended"), ("Đình chỉ", "Suspended")),
            repeatable=frozenset({3}),
        ),
    ),
    KindEntry(
        "RM",
        "Chất chuẩn",
        "Reference material",
        METROLOGY,
        SUGGESTED,
        _numbered(
            ("Sản xuất", "Production"),
            ("Đánh giá đồng nhất, ổn định", "Homogeneity and stability"),
            ("Gán giá trị", "Value assignment"),
            ("Chứng nhận (ISO 17034)", "Certification (ISO 17034)"),
            ("Phân phối", "Distribution"),
            repeatable=frozenset({2, 3}),
        ),
    ),
    KindEntry(
        "SCHEME",
        "Chương trình chứng nhận",
        "Certification scheme",
        CONFORMITY,
        SUGGESTED,
        _numbered(
            ("Nghiên cứu", "Study"),
            ("Ban hành chương trình", "Scheme issued"),
            ("Thí điểm", "Pilot"),
            ("Vận hành", "In operation"),
            repeatable=frozenset({3}),
        ),
    ),
    KindEntry(
        "ACC",
        "Công nhận",
        "Accreditation",
        CONFORMITY,
        SUGGESTED,
        _numbered(
            ("Nộp hồ sơ", "Application"),
            ("Xem xét hồ sơ", "Review of the application"),
            ("Đánh giá tại chỗ", "On-site assessment"),
            ("Khắc phục", "Corrective action"),
            ("Thẩm xét", "Review of the assessment"),
            ("Quyết định công nhận", "Accredited"),
            later=(("Giám sát", "Surveillance"), ("Đánh giá lại", "Reassessment")),
            repeatable=frozenset({3, 4}),
        ),
    ),
    KindEntry(
        "DESIG",
        "Chỉ định",
        "Designation",
        CONFORMITY,
        SUGGESTED,
        _numbered(
            ("Hồ sơ", "Application"),
            ("Đánh giá năng lực", "Assessment of competence"),
            ("Quyết định chỉ định", "Designated"),
            later=(("Giám sát", "Surveillance"), ("Hết hạn", "Expired")),
            repeatable=frozenset({2}),
        ),
    ),
    KindEntry(
        "MRA",
        "MRA, MoU",
        "MRA, MoU",
        CONFORMITY,
        SUGGESTED,
        _numbered(
            ("Tiếp xúc", "First contact"),
            ("Đàm phán", "Negotiation"),
            ("Ký", "Signature"),
            ("Triển khai", "Implementation"),
            repeatable=frozenset({2}),
        ),
    ),
    KindEntry(
        "PLAN",
        "Kế hoạch kiểm tra",
        "Inspection plan",
        INSPECTION,
        "Thông tư 01/2024/TT-BKHCN",
        _numbered(
            ("Kế hoạch kiểm tra được duyệt", "Plan approved"),
            ("Quyết định kiểm tra", "Decision to inspect"),
            ("Kiểm tra nội dung", "Inspection"),
            ("Lập biên bản", "Minutes"),
            ("Lấy mẫu, thử nghiệm", "Sampling and testing"),
            ("Thông báo kết quả", "Result notified"),
            ("Xử lý, báo cáo", "Settlement and report"),
            repeatable=frozenset({3, 4, 5}),
        ),
        is_verified=True,
    ),
)
