"""Who is in the demo: units that exist, persons that do not, their posts and accounts."""

from dataclasses import dataclass, field
from datetime import date

from tracker.models import Role, Strand

RENAMED = date(2024, 4, 1)
FORMER = {
    "name": "Tổng cục Tiêu chuẩn Đo lường Chất lượng",
    "name_en": "Directorate for Standards, Metrology and Quality (STAMEQ)",
    "abbreviation": "Tổng cục TCĐLCL",
    "head_title": "Tổng cục trưởng",
    "head_title_en": "Director General",
}
PRESENT = {
    "name": "Ủy ban Tiêu chuẩn Đo lường Chất lượng Quốc gia",
    "name_en": "Commission for the Standards, Metrology and Quality of Vietnam (STAMEQ)",
    "abbreviation": "Ủy ban TCĐLCL Quốc gia",
    "head_title": "Chủ tịch Ủy ban",
    "head_title_en": "Chairman",
}
COMMISSION = "Ủy ban TCĐLCL Quốc gia"
MINISTRY = ("Bộ Khoa học và Công nghệ", "Ministry of Science and Technology", "Bộ KH&CN")
# Abbreviation (as plans write it) → names; all below the commission.
UNITS = {
    "Ban Tiêu chuẩn": ("Ban Tiêu chuẩn", "Standards Department"),
    "Ban Đo lường": ("Ban Đo lường", "Metrology Department"),
    "Ban QLCL&ĐGSPH": (
        "Ban Quản lý chất lượng và Đánh giá sự phù hợp",
        "Quality Management and Conformity Assessment Department",
    ),
    "Ban Kế hoạch – Tài chính": ("Ban Kế hoạch – Tài chính", "Planning and Finance Department"),
    "Ban Hợp tác quốc tế": ("Ban Hợp tác quốc tế", "International Cooperation Department"),
    "Ban Tổ chức cán bộ": ("Ban Tổ chức cán bộ", "Personnel Department"),
    "Ban Pháp chế – Kiểm tra": (
        "Ban Pháp chế – Kiểm tra",
        "Legal Affairs and Inspection Department",
    ),
    "Văn phòng": ("Văn phòng Ủy ban", "Office of the Commission"),
    "Viện TCCLVN": (
        "Viện Tiêu chuẩn Chất lượng Việt Nam",
        "Vietnam Standards and Quality Institute (VSQI)",
    ),
    "Viện Đo lường": ("Viện Đo lường Việt Nam", "Vietnam Metrology Institute (VMI)"),
    "QUATEST 1": (
        "Trung tâm Kỹ thuật Tiêu chuẩn Đo lường Chất lượng 1",
        "Quality Assurance and Testing Centre 1",
    ),
    "QUATEST 2": (
        "Trung tâm Kỹ thuật Tiêu chuẩn Đo lường Chất lượng 2",
        "Quality Assurance and Testing Centre 2",
    ),
    "QUATEST 3": (
        "Trung tâm Kỹ thuật Tiêu chuẩn Đo lường Chất lượng 3",
        "Quality Assurance and Testing Centre 3",
    ),
    "QUACERT": ("Trung tâm Chứng nhận Phù hợp", "Vietnam Certification Centre"),
    "BoA": ("Văn phòng Công nhận Chất lượng", "Bureau of Accreditation"),
    "Trung tâm Đào tạo": (
        "Trung tâm Đào tạo nghiệp vụ Tiêu chuẩn Đo lường Chất lượng",
        "Training Centre for Standards, Metrology and Quality",
    ),
    "HALCERT": ("Trung tâm Chứng nhận Halal Quốc gia", "National Halal Certification Centre"),
}
# What the head of a unit is titled, by how the name of the unit begins.
HEADS = {
    "Ban ": ("Trưởng ban", "Head of Department"),
    "Viện ": ("Viện trưởng", "Director"),
    "Trung tâm ": ("Giám đốc", "Director"),
    "Văn phòng Ủy ban": ("Chánh Văn phòng", "Chief of Office"),
    "Văn phòng Công nhận": ("Giám đốc", "Director"),
}
INSIDE = {"HALCERT": "QUACERT"}
OUTSIDE = {
    "Sở KH&CN các tỉnh": (
        "Sở Khoa học và Công nghệ các tỉnh, thành phố",
        "Provincial Departments of Science and Technology",
    )
}


@dataclass(frozen=True)
class PersonScript:
    """A person, and the account where there is one (the part of the address before the @)."""

    full_name: str
    unit: str
    position: str = "Chuyên viên"
    account: str | None = None
    roles: frozenset[str] = frozenset()


# By given name, which is how the stories call them.
PERSONS = {
    "Khôi": PersonScript(
        "Lý Minh Khôi", "Văn phòng", "Quản trị hệ thống", "admin", frozenset({"is_administrator"})
    ),
    "Vinh": PersonScript(
        "Trần Quốc Vinh",
        COMMISSION,
        "Phó Chủ tịch Ủy ban",
        "director",
        frozenset({"is_director"}),
    ),
    # He speaks in meetings and has others write: a person without an account.
    "Toàn": PersonScript("Lê Quang Toàn", COMMISSION, "Chủ tịch Ủy ban"),
    "Ngân": PersonScript("Cao Thu Ngân", "Ban Kế hoạch – Tài chính", "Chuyên viên", "observer"),
    "Hà": PersonScript("Nguyễn Thu Hà", "QUACERT", "Phó Giám đốc", "lead.hal"),
    "Dương": PersonScript("Ngô Thùy Dương", "Viện TCCLVN", "Phó Trưởng phòng", "secretary.hal"),
    "Lan": PersonScript("Đỗ Mai Lan", "QUATEST 3", "Nghiên cứu viên", "member.hal"),
    "Đức": PersonScript("Lê Minh Đức", "Ban QLCL&ĐGSPH", "Phó Trưởng ban", "lead.sol"),
    "Uyên": PersonScript("Bùi Thanh Uyên", "Ban Hợp tác quốc tế", "Chuyên viên", "secretary.sol"),
    "Ánh": PersonScript("Đặng Quang Ánh", "QUATEST 1", "Trưởng phòng", "member.sol"),
    "Anh": PersonScript("Phạm Quốc Anh", "Viện Đo lường", "Phó Viện trưởng", "lead.ghg"),
    "Ước": PersonScript("Hoàng Thị Ước", "BoA", "Chuyên viên chính", "secretary.ghg"),
    "Đạt": PersonScript("Phan Đình Đạt", "Viện TCCLVN", "Chuyên viên", "member.ghg"),
    "Bình": PersonScript("Trần Văn Bình", "Viện Đo lường", "Trưởng phòng"),
    "Yến": PersonScript("Vũ Hải Yến", "Viện Đo lường", "Nghiên cứu viên"),
    "Thành": PersonScript("Phan Thành", "Viện TCCLVN", "Chuyên viên"),
    "Long": PersonScript("Trịnh Đức Long", "Ban Pháp chế – Kiểm tra", "Chuyên viên chính"),
    "Nhung": PersonScript("Mai Hồng Nhung", "Trung tâm Đào tạo", "Phó Giám đốc"),
    "Tuấn": PersonScript("Hồ Anh Tuấn", "QUACERT", "Chuyên gia đánh giá"),
    "Quý": PersonScript("Dương Văn Quý", "Ban Tiêu chuẩn", "Chuyên viên chính"),
    "Mạnh": PersonScript("Đinh Văn Mạnh", "Ban Đo lường", "Chuyên viên"),
}
ADMINISTRATOR = "Khôi"


@dataclass(frozen=True)
class Post:
    """What a person is in a group; without days from the group's first day until now."""

    person: str
    role: Role
    strands: tuple[Strand, ...] = ()
    starts: date | None = None
    ends: date | None = None
    decision: str | None = None


@dataclass(frozen=True)
class GroupFacts:
    """A group before anything was planned."""

    key: str
    name: str
    name_en: str
    decision_number: str
    decision_date: date
    head: str
    secretary: str
    posts: tuple[Post, ...]
    # The approvals of its plan: document number and day; none leaves the plan a draft.
    approvals: tuple[tuple[str, date], ...] = ()
    # From that day on finished tasks wait for approval.
    approves_from: date | None = None
    # Strands where nobody came to the last check-in, so that they show as not up to date.
    silent: frozenset[Strand] = field(default_factory=frozenset)


S, M, C, I = Strand  # noqa: E741 - the four strands, in the order of the board
GROUPS = (
    GroupFacts(
        "HAL",
        "Halal",
        "Halal",
        "123/QĐ-TĐC",
        date(2026, 1, 15),
        "Hà",
        "Dương",
        (
            Post("Hà", Role.HEAD),
            Post("Đạt", Role.DEPUTY, ends=date(2026, 5, 31), decision="123/QĐ-TĐC"),
            Post("Bình", Role.DEPUTY, (M,), starts=date(2026, 6, 1), decision="588/QĐ-TĐC"),
            Post("Đạt", Role.MEMBER, (I,), starts=date(2026, 6, 1), decision="588/QĐ-TĐC"),
            Post("Dương", Role.SECRETARY),
            Post("Lan", Role.MEMBER, (S, M, C)),
            Post("Uyên", Role.MEMBER, (S, C)),
            Post("Thành", Role.MEMBER, (S,)),
            Post("Yến", Role.MEMBER, (M,)),
            Post("Tuấn", Role.MEMBER, (C,)),
            Post("Nhung", Role.MEMBER, (S, C)),
            Post("Long", Role.MEMBER, (I,)),
            Post("Mạnh", Role.MEMBER, (I,), ends=date(2026, 8, 31), decision="123/QĐ-TĐC"),
            Post("Ngân", Role.OBSERVER),
        ),
        approvals=(
            ("215/QĐ-TĐC", date(2026, 2, 9)),
            ("1047/QĐ-TĐC", date(2026, 8, 3)),
        ),
        approves_from=date(2026, 9, 1),
    ),
    GroupFacts(
        "SOL",
        "Pin mặt trời",
        "Solar panels",
        "1140/QĐ-TĐC",
        date(2025, 12, 1),
        "Đức",
        "Uyên",
        (
            Post("Đức", Role.HEAD),
            Post("Anh", Role.DEPUTY, (M,)),
            Post("Uyên", Role.SECRETARY),
            Post("Ánh", Role.MEMBER, (M, C, I)),
            Post("Yến", Role.MEMBER, (M, C)),
            Post("Bình", Role.MEMBER, (M,)),
            Post("Quý", Role.MEMBER, (S, C)),
            Post("Long", Role.MEMBER, (I,)),
            Post("Thành", Role.MEMBER, (S,), ends=date(2026, 10, 31), decision="1140/QĐ-TĐC"),
            Post("Ngân", Role.OBSERVER),
        ),
        approvals=(("1302/QĐ-TĐC", date(2025, 12, 29)),),
        silent=frozenset({I}),
    ),
    GroupFacts(
        "GHG",
        "Khí nhà kính",
        "Greenhouse gases",
        "254/QĐ-TĐC",
        date(2026, 3, 2),
        "Anh",
        "Ước",
        (
            Post("Anh", Role.HEAD),
            Post("Quý", Role.DEPUTY, (S, C)),
            Post("Ước", Role.SECRETARY),
            Post("Đạt", Role.MEMBER),
            Post("Ánh", Role.MEMBER, (M, C)),
            Post("Bình", Role.MEMBER, (M, I)),
            Post("Yến", Role.MEMBER, (S,)),
            Post("Nhung", Role.MEMBER),
            Post("Uyên", Role.MEMBER, (S,)),
            Post("Tuấn", Role.MEMBER, (M, C)),
            Post("Long", Role.MEMBER, (I,)),
            Post("Hà", Role.MEMBER, (I,)),
            Post("Mạnh", Role.MEMBER, (M,)),
            Post("Ngân", Role.OBSERVER),
        ),
        silent=frozenset({M}),
    ),
)
