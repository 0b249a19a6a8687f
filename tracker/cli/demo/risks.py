"""The demo's difficulties and risks: four a group, spread over the heat map, some over."""

from dataclasses import dataclass
from datetime import date, time
from functools import partial
from typing import TYPE_CHECKING

from tracker.models import Risk, RiskKind, Strand, Treatment
from tracker.services import risks
from tracker.services.act import Act

if TYPE_CHECKING:
    from tracker.cli.demo.past import GroupPast, Past


@dataclass(frozen=True, kw_only=True)
class Told:
    """One entry: `grade` is likelihood and impact of a risk, `blocks` begins a title.

    `closed` is the day and how it ended; `judged` a day on which it was judged anew.
    """

    strand: Strand
    on: date
    title: str
    description: str
    owner: str
    response: str
    review: date
    grade: tuple[int, int] | None = None
    treatment: Treatment | None = None
    blocks: str = ""
    judged: tuple[date, tuple[int, int]] | None = None
    happened: date | None = None
    closed: tuple[date, str] | None = None


STANDARDS, METROLOGY, ASSESSMENT, INSPECTION = Strand
STORIES: dict[str, tuple[Told, ...]] = {
    "HAL": (
        Told(
            strand=ASSESSMENT,
            on=date(2026, 10, 28),
            title="Đoàn đánh giá nước ngoài hoãn chuyến đi hai lần",
            description="Cơ quan công nhận phía bạn thay đoàn trưởng. **Chưa có kết quả đánh giá"
            " thì chưa ký được thỏa thuận thừa nhận.**",
            owner="Hà",
            response="Uyên đề nghị đánh giá trực tuyến phần hồ sơ; chốt lịch trước [[04/12/2026]].",
            review=date(2026, 12, 4),
            blocks="Đánh giá năng lực HALCERT",
        ),
        Told(
            strand=ASSESSMENT,
            on=date(2026, 8, 17),
            title="Phía vùng Vịnh có thể không chấp nhận phạm vi phụ gia thực phẩm",
            description="Hai bên hiểu khác nhau về phụ gia có nguồn gốc động vật.",
            owner="Uyên",
            response="Chuẩn bị hai phương án phạm vi; xin ý kiến lãnh đạo trước vòng đàm phán 3.",
            review=date(2026, 12, 1),
            grade=(3, 4),
            treatment=Treatment.REDUCE,
            judged=(date(2026, 11, 6), (4, 5)),
            blocks="Thừa nhận chứng nhận Halal",
        ),
        Told(
            strand=METROLOGY,
            on=date(2026, 6, 22),
            title="Lô chất chuẩn DNA lợn có thể không đồng nhất",
            description="Lô đầu sản xuất bằng thiết bị mới.",
            owner="Yến",
            response="Làm thêm một lô dự phòng.",
            review=date(2026, 10, 1),
            grade=(3, 3),
            treatment=Treatment.REDUCE,
            happened=date(2026, 9, 21),
            closed=(date(2026, 10, 14), "Lô thứ hai đạt độ đồng nhất; dùng lô thứ hai."),
        ),
        Told(
            strand=INSPECTION,
            on=date(2026, 9, 14),
            title="Nhãn «Halal» giả có thể tăng dịp cuối năm",
            description="Hàng bán trên mạng khó truy nguồn.",
            owner="Long",
            response="Phối hợp quản lý thị trường lập danh sách sàn cần theo dõi.",
            review=date(2026, 11, 13),
            grade=(4, 2),
            treatment=Treatment.SHARE,
        ),
    ),
    "SOL": (
        Told(
            strand=INSPECTION,
            on=date(2026, 11, 12),
            title="Buồng thử cách điện ướt hỏng bơm",
            description="Linh kiện phải nhập; 13 trong 20 mẫu chưa đo được.",
            owner="Ánh",
            response="Mượn buồng thử của QUATEST 3 cho 6 mẫu; thay bơm khi linh kiện về.",
            review=date(2026, 11, 27),
            blocks="Lấy mẫu, đo Pmax",
        ),
        Told(
            strand=METROLOGY,
            on=date(2026, 7, 6),
            title="Pin tham chiếu gửi hiệu chuẩn ở nước ngoài có thể về muộn",
            description="Phòng hiệu chuẩn nhận mẫu theo đợt.",
            owner="Bình",
            response="Đặt chỗ đợt cuối năm; chuẩn bị pin tham chiếu thứ hai.",
            review=date(2026, 12, 14),
            grade=(3, 4),
            treatment=Treatment.REDUCE,
            blocks="Chuẩn đầu pin mặt trời",
        ),
        Told(
            strand=STANDARDS,
            on=date(2026, 5, 18),
            title="IEC có thể ra bản mới của IEC 61853 ngay sau khi chấp nhận",
            description="Ban kỹ thuật quốc tế đang soát xét phần 3.",
            owner="Quý",
            response="Theo dõi chương trình của IEC/TC 82; chấp nhận bản hiện hành.",
            review=date(2027, 1, 15),
            grade=(2, 2),
            treatment=Treatment.ACCEPT,
        ),
        Told(
            strand=ASSESSMENT,
            on=date(2026, 4, 20),
            title="Phòng thử nghiệm có thể không kịp hồ sơ công nhận",
            description="Thiếu người lập hồ sơ không đảm bảo đo.",
            owner="Đức",
            response="Cử chuyên gia của BoA hướng dẫn ba buổi.",
            review=date(2026, 9, 30),
            grade=(3, 3),
            treatment=Treatment.REDUCE,
            closed=(
                date(2026, 10, 6),
                "Đã được công nhận ngày [[06/10/2026]], rủi ro không xảy ra.",
            ),
        ),
    ),
    "GHG": (
        Told(
            strand=METROLOGY,
            on=date(2026, 11, 12),
            title="Thiếu kinh phí mua khí gốc độ tinh khiết cao",
            description="Còn đủ khí gốc cho 2 trong 6 bình.",
            owner="Anh",
            response="Trình lãnh đạo bổ sung kinh phí; trong lúc chờ pha trước hai bình CO2.",
            review=date(2026, 11, 30),
            blocks="Chuẩn bị hỗn hợp khí",
        ),
        Told(
            strand=INSPECTION,
            on=date(2026, 9, 8),
            title="Góp ý về khung kiểm tra có thể không thống nhất giữa các bộ",
            description="Trách nhiệm kiểm tra báo cáo kiểm kê đang chia cho nhiều cơ quan.",
            owner="Long",
            response="Họp riêng với cơ quan quản lý môi trường trước khi lấy ý kiến rộng rãi.",
            review=date(2026, 11, 10),
            grade=(4, 4),
            treatment=Treatment.AVOID,
            blocks="Khung kiểm tra báo cáo kiểm kê",
        ),
        Told(
            strand=ASSESSMENT,
            on=date(2026, 8, 24),
            title="Ít tổ chức đăng ký công nhận kiểm tra xác nhận",
            description="Thị trường còn mới, chi phí đánh giá cao.",
            owner="Ước",
            response="Hội thảo giới thiệu; miễn phí đánh giá sơ bộ đợt đầu.",
            review=date(2027, 1, 29),
            grade=(3, 2),
            treatment=Treatment.REDUCE,
        ),
        Told(
            strand=STANDARDS,
            on=date(2026, 7, 13),
            title="Thuật ngữ khí nhà kính dịch khác nhau giữa các tiêu chuẩn",
            description="Ba tiêu chuẩn do ba nhóm biên soạn.",
            owner="Nhung",
            response="Dùng chung bảng thuật ngữ Việt – Anh.",
            review=date(2026, 12, 21),
            grade=(5, 1),
            treatment=Treatment.REDUCE,
        ),
    ),
}


def tell(past: "Past") -> None:
    """Let the entries be recorded, judged anew, come true and end."""
    for group in past.groups.values():
        for minute, told in enumerate(STORIES[group.facts.key]):
            _tell(past, group, told, time(10, 30 + minute))


def _tell(past: "Past", group: "GroupPast", told: Told, clock: time) -> None:
    entry = _Entry(past, group, told)
    past.on(told.on, clock, entry.record, group.facts.secretary)
    if told.judged:
        past.on(told.judged[0], time(15, 20), entry.judge, told.owner)
    if told.happened:
        past.on(told.happened, time(15, 30), entry.happen, group.facts.secretary)
    if told.closed:
        close = partial(entry.close, told.closed[1])
        past.on(told.closed[0], time(15, 40), close, group.facts.head)


class _Entry:
    """One entry, from the day it is recorded."""

    def __init__(self, past: "Past", group: "GroupPast", told: Told) -> None:
        self.past, self.group, self.told = past, group, told
        self.risk: Risk

    def record(self, act: Act) -> None:
        told, past = self.told, self.past
        likelihood, impact = told.grade or (None, None)
        self.risk = risks.create(
            self.group.workstreams[told.strand],
            RiskKind.RISK if told.grade else RiskKind.DIFFICULTY,
            told.title,
            blocks=[self.group.titled(told.blocks).code] if told.blocks else [],
            by=act,
            description=told.description,
            likelihood=likelihood,
            impact=impact,
            owner_id=past.persons[told.owner].id,
            treatment=told.treatment,
            response=past.words(told.response),
            review_on=past.day(told.review),
        )

    def judge(self, act: Act) -> None:
        assert self.told.judged  # noqa: S101 - told so
        likelihood, impact = self.told.judged[1]
        risks.edit(self.risk, {"likelihood": likelihood, "impact": impact}, by=act)

    def happen(self, act: Act) -> None:
        risks.happen(self.risk, by=act)

    def close(self, outcome: str, act: Act) -> None:
        risks.close(self.risk, self.past.words(outcome), by=act)
