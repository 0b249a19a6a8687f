"""What the shipped workbooks say: an invented plan for green hydrogen, and how to fill a plan in.

The standards exist; documents, people, dates and progress are invented.
"""

from datetime import date
from typing import NamedTuple

TITLE = "KẾ HOẠCH TRIỂN KHAI HẠ TẦNG CHẤT LƯỢNG QUỐC GIA 2026–2027"
GROUP = "Hydro xanh"
EXAMPLE_NOTE = "Ví dụ minh họa: số văn bản, tên người, ngày và tiến độ là giả định"


class Section(NamedTuple):
    """The name of a strand."""

    number: str
    name: str


class Milestone(NamedTuple):
    """A ◆ row."""

    title: str
    due: date


class Task(NamedTuple):
    """A numbered row."""

    number: str
    title: str
    document: str
    lead_unit: str
    cooperating: str
    owner: str
    due: date
    result: str
    progress: int
    finished_on: date | None = None
    note: str = ""


SECTIONS = (
    Section("I", "Tiêu chuẩn"),
    Section("II", "Đo lường"),
    Section("III", "Đánh giá sự phù hợp"),
    Section("IV", "Thanh tra, kiểm tra"),
)

_LAN, _BINH, _HA, _DAT = "Đỗ Mai Lan", "Trần Văn Bình", "Nguyễn Thu Hà", "Phan Đình Đạt"
_VY, _QUAN = "Lý Khánh Vy", "Tạ Minh Quân"

EXAMPLE: tuple[Section | Milestone | Task, ...] = (
    SECTIONS[0],
    Milestone("Công bố TCVN về chất lượng nhiên liệu hydro theo ISO 14687:2019", date(2027, 3, 31)),
    Task(
        "1", "Rà soát tiêu chuẩn quốc tế của ISO/TC 197 và đề xuất danh mục TCVN cần có",
        "112/QĐ-TĐC", "Viện TCCLVN", "Ban Tiêu chuẩn", _LAN, date(2026, 5, 29),
        "Danh mục đề xuất", 100, date(2026, 5, 27),
    ),
    Task(
        "2", "Biên soạn dự thảo TCVN chất lượng nhiên liệu hydro theo ISO 14687:2019",
        "112/QĐ-TĐC", "Viện TCCLVN", "Viện Đo lường; QUATEST 1", _LAN, date(2026, 9, 30),
        "Dự thảo ban kỹ thuật", 100, date(2026, 10, 9), "Chậm do chờ góp ý của ban kỹ thuật",
    ),
    Task(
        "3", "Lấy ý kiến rộng rãi dự thảo TCVN chất lượng nhiên liệu hydro",
        "140/QĐ-TĐC", "Viện TCCLVN", "Ban Tiêu chuẩn", _VY, date(2026, 12, 15),
        "Bản tổng hợp tiếp thu ý kiến", 40,
    ),
    Task(
        "4", "Thẩm định dự thảo TCVN chất lượng nhiên liệu hydro",
        "140/QĐ-TĐC", "Ban Tiêu chuẩn", "Viện TCCLVN", _BINH, date(2027, 2, 26),
        "Hồ sơ thẩm định", 0,
    ),
    Milestone("Công bố TCVN về trạm nạp hydro theo ISO 19880-1:2020", date(2027, 9, 30)),
    Task(
        "5", "Đề xuất dự án TCVN yêu cầu chung đối với trạm nạp hydro",
        "140/QĐ-TĐC", "Viện TCCLVN", "Ban Tiêu chuẩn", _VY, date(2026, 11, 13),
        "Dự án TCVN", 80,
    ),
    Task(
        "6", "Nghiên cứu hài hòa ISO 19880-1:2020 với quy định an toàn trong nước",
        "165/QĐ-TĐC", "Viện TCCLVN", "Ban Pháp chế – Kiểm tra; Văn phòng", _DAT, date(2027, 4, 30),
        "Báo cáo nghiên cứu", 10,
    ),
    Task(
        "6.1", "Khảo sát hai trạm nạp thử nghiệm",
        "165/QĐ-TĐC", "Viện TCCLVN", "QUATEST 3", _DAT, date(2027, 1, 29),
        "Báo cáo khảo sát", 20,
    ),
    Task(
        "6.2", "Hội thảo chuyên đề về khoảng cách an toàn",
        "165/QĐ-TĐC", "Văn phòng", "Viện TCCLVN", _HA, date(2027, 3, 19),
        "Kỷ yếu hội thảo", 0,
    ),
    SECTIONS[1],
    Milestone(
        "Khí chuẩn phân tích tạp chất trong hydro liên kết chuẩn theo ISO 6142-1:2015",
        date(2027, 2, 26),
    ),
    Task(
        "1", "Mua khí nền hydro độ tinh khiết cao và bình chứa",
        "121/QĐ-TĐC", "Viện Đo lường", "Ban Kế hoạch – Tài chính", _BINH, date(2026, 7, 31),
        "Khí nền, bình chứa nhập kho", 100, date(2026, 7, 24),
    ),
    Task(
        "2", "Chuẩn bị hỗn hợp khí chuẩn CO, H2S trong hydro bằng phương pháp khối lượng",
        "121/QĐ-TĐC", "Viện Đo lường", "QUATEST 1", _QUAN, date(2026, 11, 30),
        "Lô khí chuẩn", 55,
    ),
    Task(
        "3", "So sánh liên phòng phân tích tạp chất trong hydro theo ISO 21087:2019",
        "152/QĐ-TĐC", "Viện Đo lường", "QUATEST 1; QUATEST 3", _QUAN, date(2027, 1, 29),
        "Báo cáo so sánh liên phòng", 0,
    ),
    Milestone("Phê duyệt mẫu đồng hồ nạp hydro đầu tiên theo OIML R 139", date(2027, 6, 30)),
    Task(
        "4", "Xây dựng ĐLVN quy trình thử nghiệm hệ thống nạp hydro theo OIML R 139",
        "152/QĐ-TĐC", "Ban Đo lường", "Viện Đo lường", _BINH, date(2026, 12, 31),
        "Dự thảo ĐLVN", 35,
    ),
    Task(
        "5", "Đầu tư chuẩn khối lượng kiểm định đồng hồ nạp hydro tại hiện trường",
        "176/QĐ-TĐC", "Viện Đo lường", "Ban Kế hoạch – Tài chính", _QUAN, date(2027, 4, 30),
        "Bộ chuẩn được hiệu chuẩn", 5,
    ),
    Task(
        "6", "Đào tạo kiểm định viên đồng hồ nạp hydro",
        "176/QĐ-TĐC", "Trung tâm Đào tạo", "Ban Đo lường; Viện Đo lường", _VY, date(2027, 5, 28),
        "15 chứng chỉ", 0,
    ),
    SECTIONS[2],
    Milestone(
        "Công nhận phòng thử nghiệm chất lượng hydro đầu tiên theo ISO/IEC 17025", date(2027, 5, 31)
    ),
    Task(
        "1", "Đánh giá nhu cầu thử nghiệm và năng lực phòng thử nghiệm trong nước",
        "118/QĐ-TĐC", "Ban QLCL&ĐGSPH", "BoA", _HA, date(2026, 8, 28),
        "Báo cáo đánh giá", 100, date(2026, 8, 28),
    ),
    Task(
        "2", "Mở rộng năng lực thử nghiệm tạp chất trong hydro tại QUATEST 1",
        "118/QĐ-TĐC", "QUATEST 1", "Viện Đo lường", _QUAN, date(2027, 2, 26),
        "Hồ sơ đăng ký mở rộng công nhận", 30,
    ),
    Milestone("Thí điểm chứng nhận hydro xanh cho hai nhà sản xuất", date(2027, 10, 29)),
    Task(
        "3", "Xây dựng chương trình chứng nhận hydro xanh dựa trên ISO/TS 19870:2023",
        "160/QĐ-TĐC", "QUACERT", "Ban QLCL&ĐGSPH", _HA, date(2026, 12, 31),
        "Chương trình chứng nhận", 45,
    ),
    Task(
        "4", "Đào tạo 20 chuyên gia đánh giá phát thải của chuỗi sản xuất hydro",
        "160/QĐ-TĐC", "Trung tâm Đào tạo", "QUACERT; BoA", _DAT, date(2027, 3, 31),
        "20 chứng chỉ", 0,
    ),
    Task(
        "5", "Chương trình công nhận tổ chức chứng nhận hydro xanh",
        "160/QĐ-TĐC", "BoA", "QUACERT", _HA, date(2027, 6, 30),
        "Chương trình công nhận", 0,
    ),
    SECTIONS[3],
    Milestone("Ban hành kế hoạch kiểm tra trạm nạp hydro năm 2027", date(2027, 1, 15)),
    Task(
        "1", "Rà soát quy định về kiểm tra an toàn thiết bị điện phân theo ISO 22734:2019",
        "131/QĐ-TĐC", "Ban Pháp chế – Kiểm tra", "Văn phòng", _DAT, date(2026, 10, 30),
        "Báo cáo rà soát", 70, None, "Chờ ý kiến của đơn vị phối hợp",
    ),
    Task(
        "2", "Dự thảo kế hoạch kiểm tra trạm nạp hydro năm 2027",
        "131/QĐ-TĐC", "Ban Pháp chế – Kiểm tra", "Sở KH&CN các tỉnh", _VY, date(2026, 12, 18),
        "Dự thảo kế hoạch", 15,
    ),
    Task(
        "3", "Tập huấn kiểm tra phương tiện đo tại trạm nạp hydro",
        "183/QĐ-TĐC", "Trung tâm Đào tạo", "Ban Đo lường", _VY, date(2027, 3, 31),
        "02 lớp tập huấn", 0,
    ),
    Milestone("Hoàn thành đợt kiểm tra thiết bị điện phân nhập khẩu", date(2027, 8, 31)),
    Task(
        "4", "Khảo sát nhãn và công suất danh định của thiết bị điện phân nhập khẩu",
        "183/QĐ-TĐC", "Ban Pháp chế – Kiểm tra", "QUATEST 3", _DAT, date(2027, 5, 28),
        "Báo cáo khảo sát", 0,
    ),
    Task(
        "5", "Kiểm tra thiết bị điện phân tại ba doanh nghiệp",
        "183/QĐ-TĐC", "Ban Pháp chế – Kiểm tra", "QUATEST 1; QUATEST 3", _QUAN, date(2027, 7, 30),
        "Kết luận kiểm tra", 0,
    ),
)  # fmt: skip

NOTES = (
    ("Cách điền", "How to fill in"),
    (
        "Mỗi trang tính là kế hoạch của một tổ công tác. Tên tổ ghi ở dòng «Tổ công tác: …».",
        "Each sheet is the plan of one working group, named in the line “Tổ công tác: …”.",
    ),
    (
        "Các cột có thể đổi thứ tự, bỏ bớt hoặc thêm; chỉ cột «Nhiệm vụ» là bắt buộc.",
        "Columns may be moved, left out or added; only “Nhiệm vụ” (task) is required.",
    ),
    (
        (
            "Dòng tên cấu phần (I. Tiêu chuẩn, II. Đo lường, III. Đánh giá sự phù hợp,"
            " IV. Thanh tra, kiểm tra) cho biết các dòng bên dưới thuộc cấu phần nào."
        ),
        (
            "A row with the name of a strand says to which strand the rows below belong:"
            " I standards, II metrology, III conformity assessment, IV inspection."
        ),
    ),
    (
        "Dòng có dấu ◆ ở cột STT là mốc tiến độ; các nhiệm vụ bên dưới thuộc mốc đó.",
        "A row with ◆ in the first column is a milestone; the tasks below belong to it.",
    ),
    (
        "Nhiệm vụ thành phần đánh số 1.1, 1.2 hoặc bắt đầu bằng dấu gạch «-».",
        "Subtasks are numbered 1.1, 1.2 or begin with a dash.",
    ),
    (
        (
            "Ngày ghi dạng 31/12/2026; cũng có thể ghi «tháng 3/2027» hoặc «Quý I/2027», được hiểu"
            " là ngày cuối kỳ. «Thường xuyên» nghĩa là không có thời hạn cố định."
        ),
        (
            "Dates as 31/12/2026; “tháng 3/2027” (month) and “Quý I/2027” (quarter) mean their last"
            " day. “Thường xuyên” means that there is no fixed date."
        ),
    ),
    (
        "Tiến độ từ 0 đến 100. Không ghi tình trạng thì suy ra từ tiến độ và ngày hoàn thành.",
        "Progress is from 0 to 100. Without a status, it follows from progress and finish date.",
    ),
    (
        "Nhiều đơn vị phối hợp cách nhau bằng dấu chấm phẩy.",
        "Cooperating units are separated by semicolons.",
    ),
    (
        (
            "Cột Mã để trống với nhiệm vụ mới; hệ thống sẽ cấp mã (ví dụ HAL-47). Giữ nguyên mã khi"
            " nhập lại để cập nhật đúng nhiệm vụ."
        ),
        (
            "Leave the code of a new task empty; it will be given one (such as HAL-47). Keep the"
            " code when importing again, so that the same task is updated."
        ),
    ),
)
