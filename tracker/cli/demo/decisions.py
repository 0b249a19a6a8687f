"""What the groups of the demo asked of the director, and what was decided."""

from dataclasses import dataclass
from datetime import date, time
from functools import partial
from typing import TYPE_CHECKING

from tracker.cli.demo import recorded
from tracker.lib.attention import Item, Kind
from tracker.models import Decision
from tracker.services import decisions as do
from tracker.services import hides
from tracker.services.act import Act

if TYPE_CHECKING:
    from tracker.cli.demo.past import Past

DIRECTOR = "Vinh"


@dataclass(frozen=True, kw_only=True)
class Answered:
    """What was decided on a day: an option by its place, and words."""

    on: date
    chosen: int | None = None
    text: str = ""
    document: str = ""
    document_day: date | None = None


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question of the story; `stalls` names items by the beginning of their titles."""

    group: str
    on: date
    by: str
    question: str
    background: str
    wanted: date
    options: tuple[str, ...] = ()
    recommended: int | None = None
    stalls: tuple[str, ...] = ()
    answered: Answered | None = None
    withdrawn: tuple[date, str] | None = None


STORIES = (
    Asked(
        group="HAL",
        on=date(2026, 5, 18),
        by="Hà",
        question="Dừng đoàn khảo sát tại Malaysia, thay bằng họp trực tuyến?",
        background="Dự toán đoàn ra năm nay đã hết. Phía bạn sẵn sàng họp trực tuyến tháng 7.",
        wanted=date(2026, 6, 10),
        options=("Xin bổ sung dự toán đoàn ra", "Dừng đoàn ra, họp trực tuyến"),
        recommended=1,
        stalls=("Khảo sát tổ chức chứng nhận Halal tại Malaysia",),
        answered=Answered(
            on=date(2026, 6, 12),
            chosen=1,
            document="163/TB-TĐC",
            document_day=date(2026, 6, 15),
        ),
    ),
    Asked(
        group="GHG",
        on=date(2026, 6, 22),
        by="Anh",
        question="Ai ký ban hành chương trình công nhận tổ chức kiểm tra xác nhận khí nhà kính?",
        background="Chương trình là tài liệu của Văn phòng Công nhận Chất lượng, được viện dẫn"
        " trong dự thảo thông tư.",
        wanted=date(2026, 7, 3),
        options=("Văn phòng Công nhận Chất lượng", "Trình lãnh đạo Ủy ban ký"),
        recommended=0,
        stalls=("Ban hành chương trình công nhận tổ chức kiểm tra xác nhận khí nhà kính",),
        answered=Answered(
            on=date(2026, 6, 30),
            chosen=0,
            text="Gửi Ban QLCL&ĐGSPH bản đã ký để theo dõi.",
            document="171/TB-TĐC",
            document_day=date(2026, 7, 1),
        ),
    ),
    Asked(
        group="SOL",
        on=date(2026, 7, 20),
        by="Đức",
        question="Giá mua bộ pin chuẩn WPVS vượt dự toán 8 %: bổ sung kinh phí hay giảm số lượng?",
        background="Nhà cung cấp giữ giá đến hết tháng 7.",
        wanted=date(2026, 7, 28),
        options=("Bổ sung từ kinh phí dự phòng", "Mua 3 pin thay vì 4"),
        recommended=0,
        stalls=("Mua sắm bộ pin chuẩn WPVS",),
        answered=Answered(
            on=date(2026, 7, 24),
            chosen=0,
            document="186/TB-TĐC",
            document_day=date(2026, 7, 27),
        ),
    ),
    Asked(
        group="HAL",
        on=date(2026, 8, 20),
        by="Hà",
        question="Giao Ban Hợp tác quốc tế làm đầu mối đàm phán thừa nhận thay QUACERT?",
        background="Phía bạn chỉ nhận thư của cơ quan quản lý.",
        wanted=date(2026, 8, 31),
        stalls=("Thừa nhận chứng nhận Halal", "Đàm phán thừa nhận lẫn nhau"),
        answered=Answered(
            on=date(2026, 9, 3),
            text="Đồng ý. QUACERT chuẩn bị nội dung, Ban Hợp tác quốc tế đứng tên thư.",
            document="207/TB-TĐC",
            document_day=date(2026, 9, 4),
        ),
    ),
    Asked(
        group="SOL",
        on=date(2026, 9, 21),
        by="Uyên",
        question="Phòng nào làm phòng chuẩn khi hai phòng đo Pmax lệch nhau?",
        background="",
        wanted=date(2026, 10, 9),
        stalls=("So sánh liên phòng đo Pmax",),
        withdrawn=(date(2026, 9, 28), "Viện Đo lường đã nhận làm phòng chuẩn."),
    ),
    Asked(
        group="HAL",
        on=date(2026, 11, 10),
        by="Hà",
        question="Có tách phụ gia thực phẩm khỏi thỏa thuận thừa nhận với vùng Vịnh không?",
        background="Hai bên đã thống nhất **mọi nhóm thực phẩm**, chỉ còn khác nhau về phụ gia. Nếu"
        " giữ nguyên phạm vi, mốc ký lùi ít nhất một quý và kế hoạch kiểm tra nhãn lùi theo.",
        wanted=date(2026, 11, 27),
        options=(
            "Tách phụ gia, ký trước phần thực phẩm",
            "Giữ nguyên phạm vi, lùi ký sang quý I",
            "Giao tổ đàm phán thêm một vòng rồi báo cáo",
        ),
        recommended=0,
        stalls=("Thừa nhận chứng nhận Halal", "Đàm phán thừa nhận lẫn nhau"),
    ),
    Asked(
        group="HAL",
        on=date(2026, 11, 12),
        by="Dương",
        question="Giao đơn vị nào thiết kế dấu chứng nhận Halal quốc gia?",
        background="Nhiệm vụ chưa có người phụ trách và chưa rõ sản phẩm.",
        wanted=date(2026, 11, 20),
        options=("QUACERT, thuê thiết kế", "Văn phòng, tổ chức cuộc thi"),
        stalls=("Thiết kế dấu chứng nhận Halal quốc gia",),
        answered=Answered(
            on=date(2026, 11, 19),
            chosen=0,
            text="Trình ba mẫu trước khi chọn.",
        ),
    ),
    Asked(
        group="GHG",
        on=date(2026, 11, 12),
        by="Anh",
        question="Bổ sung 380 triệu đồng mua khí gốc độ tinh khiết cao trong năm nay?",
        background="Còn đủ khí gốc cho **2/6** bình. Công văn đã trình ngày [[12/11/2026]]. Nếu chờ"
        " dự toán năm sau, mốc khí chuẩn lùi sang quý II.",
        wanted=date(2026, 11, 20),
        options=("Bổ sung từ kinh phí dự phòng", "Điều chuyển trong nội bộ Viện", "Chờ năm sau"),
        recommended=0,
        stalls=("Khí chuẩn CO2, CH4", "Chuẩn bị hỗn hợp khí CO2/CH4"),
    ),
    Asked(
        group="SOL",
        on=date(2026, 11, 17),
        by="Đức",
        question="Chuyển 10 mẫu mô-đun sang QUATEST 3 từ ngày [[28/11/2026]]?",
        background="Buồng thử của QUATEST 1 chờ linh kiện; QUATEST 3 còn chỗ cho 10 mẫu.",
        wanted=date(2026, 11, 26),
        options=("Chuyển 10 mẫu", "Chờ QUATEST 1"),
        recommended=0,
        stalls=("Kiểm tra mô-đun nhập khẩu đợt 1", "Lấy mẫu, đo Pmax"),
    ),
)


# What the director does not want to see for two weeks, and why.
HIDDEN = ("HAL", "Ban hành kế hoạch kiểm tra nhãn Halal", 20)
HIDDEN_ON, HIDDEN_UNTIL = date(2026, 11, 20), date(2026, 12, 4)
HIDDEN_BECAUSE = "Chờ kết quả đàm phán với vùng Vịnh."


def tell(past: "Past") -> None:
    """Add the questions, each with its end where it has one, and what the director put off."""
    past.on(HIDDEN_ON, time(18, 0), partial(_hide, past), DIRECTOR)
    for minute, told in enumerate(STORIES):
        made: list[Decision] = []
        past.on(told.on, time(14, minute), partial(_ask, past, told, made), told.by)
        if told.answered is not None:
            answer = partial(_answer, past, told.answered, made)
            past.on(told.answered.on, time(16, minute), answer, DIRECTOR)
            if told.answered.document_day:
                number = partial(_number, past, told.answered, made)
                past.on(told.answered.document_day, time(17, minute), number, told.by)
        if told.withdrawn is not None:
            day, because = told.withdrawn
            past.on(day, time(9, minute), partial(_withdraw, because, made), told.by)


def _hide(past: "Past", act: Act) -> None:
    group, title, slip = HIDDEN
    subject = f"{Kind.MILESTONE}:{past.groups[group].titled(title).code}"
    item = Item(kind=Kind.MILESTONE, subject=subject, slip=slip)
    hides.hide(item, HIDDEN_UNTIL + past.shift, HIDDEN_BECAUSE, by=act)


def _ask(past: "Past", told: Asked, made: list[Decision], act: Act) -> None:
    group = past.groups[told.group]
    question = do.Question(
        question=past.words(told.question),
        background=past.words(told.background),
        options=told.options,
        recommended=told.recommended,
        wanted_from_id=past.persons[DIRECTOR].id,
        wanted_by=told.wanted + past.shift,
        stalls=tuple(group.titled(beginning) for beginning in told.stalls),
    )
    made.append(do.ask(group.group, question, by=act))


def _answer(past: "Past", told: Answered, made: list[Decision], act: Act) -> None:
    given = do.Answer(decided_on=told.on + past.shift, text=told.text, chosen=told.chosen)
    if told.on in past.meetings:
        recorded.decide(past.meetings[told.on], made[0], given, by=act)
    else:
        do.answer(made[0], given, decided_by=past.persons[DIRECTOR].id, by=act)


def _number(past: "Past", told: Answered, made: list[Decision], act: Act) -> None:
    if not made[0].document_number:  # the minutes of a meeting have given it theirs
        do.add_document(made[0], told.document, past.day(told.document_day), by=act)


def _withdraw(because: str, made: list[Decision], act: Act) -> None:
    do.withdraw(made[0], because, by=act)
