"""The demo's review meetings: seven in half a year, one of them issued twice, and the next one.

What was decided and given on their days is told by `decisions` and `directives`.
"""

from dataclasses import dataclass
from datetime import date, time
from functools import partial
from typing import TYPE_CHECKING

from tracker.models import Meeting, Presence, Strand
from tracker.policies.actor import Actor
from tracker.queries import attendance, minutes
from tracker.queries import meetings as read
from tracker.queries.meetings import Sitting
from tracker.services import meetings as do
from tracker.services.act import Act

if TYPE_CHECKING:
    from tracker.cli.demo.past import Past

CHAIR, RECORDER = "Vinh", "Ngân"
ROOM = "Phòng họp 301, 8 Hoàng Quốc Việt, Hà Nội"
MORNING, AFTERNOON = time(8, 30), time(14, 0)
HOURS = 3
EVERYBODY = Actor(person_id=0, person_name="", is_administrator=True)


@dataclass(frozen=True, kw_only=True)
class Held:
    """A meeting; `notes` are (group or "", strand, words), `papers` numbers and days of issue.

    A second paper is a revision, for the reason `reopened`.
    """

    on: date
    title: str
    begins: time = MORNING
    groups: tuple[str, ...] = ()
    notes: tuple[tuple[str, Strand | None, str], ...] = ()
    excused: tuple[str, ...] = ()
    papers: tuple[tuple[str, date], ...] = ()
    reopened: tuple[date, str, str] | None = None


S, M, C, I = Strand  # noqa: E741 - the four strands, in the order of the board
NEXT = Held(on=date(2026, 11, 26), title="Họp điều hành tháng 11/2026")
STORIES = (
    Held(
        on=date(2026, 6, 12),
        title="Họp về đoàn khảo sát Halal",
        begins=AFTERNOON,
        groups=("HAL",),
        notes=(("HAL", C, "Ban Hợp tác quốc tế bố trí phiên dịch cho buổi họp trực tuyến."),),
        papers=(("163/TB-TĐC", date(2026, 6, 15)),),
    ),
    Held(
        on=date(2026, 7, 24),
        title="Họp điều hành tháng 7/2026",
        begins=AFTERNOON,
        notes=(
            ("SOL", M, "Hợp đồng mua pin chuẩn ký trước ngày 31/7; Văn phòng theo dõi thanh toán."),
            ("GHG", S, "Biểu dương tổ khí nhà kính hoàn thành hồ sơ dự thảo đúng hạn."),
        ),
        excused=("Ước",),
        papers=(("186/TB-TĐC", date(2026, 7, 27)),),
    ),
    Held(
        on=date(2026, 8, 25),
        title="Họp điều hành tháng 8/2026",
        notes=(
            ("", None, "Các tổ chốt số liệu trước ngày 14 hằng tháng; không nhận số liệu bổ sung."),
            ("HAL", S, "Ưu tiên các tiêu chuẩn có doanh nghiệp xuất khẩu đang chờ."),
        ),
        papers=(("203/TB-TĐC", date(2026, 8, 26)),),
    ),
    Held(
        on=date(2026, 9, 3),
        title="Họp về thừa nhận chứng nhận Halal",
        begins=AFTERNOON,
        groups=("HAL",),
        notes=(("HAL", C, "Tổ Halal báo cáo kết quả đàm phán hai tuần một lần."),),
        papers=(("207/TB-TĐC", date(2026, 9, 4)),),
    ),
    Held(
        on=date(2026, 10, 16),
        title="Họp điều hành tháng 10/2026",
        notes=(
            ("SOL", C, "QUATEST 1 báo cáo hằng tuần về buồng thử nhiệt ẩm."),
            ("GHG", M, "Viện Đo lường lập phương án thay thế nếu khí gốc về chậm."),
            ("", None, "Họp tháng 11 xem xét việc quá hạn trước, rồi mới đến việc khác."),
        ),
        excused=("Đức",),
        papers=(("214/TB-TĐC", date(2026, 10, 20)), ("217/TB-TĐC", date(2026, 10, 23))),
        reopened=(
            date(2026, 10, 22),
            "Bổ sung kết luận về kiểm tra hàng nhập khẩu.",
            "Tổ pin mặt trời trình kế hoạch kiểm tra lô hàng nhập khẩu quý IV.",
        ),
    ),
    Held(
        on=date(2026, 11, 10),
        title="Họp điều hành đầu tháng 11/2026",
        notes=(
            ("HAL", C, "Đàm phán với vùng Vịnh là việc gấp nhất của tháng."),
            ("SOL", I, "Kiểm tra đợt 1 không lùi quá ngày 28/11."),
            ("GHG", M, "Đồng ý về chủ trương mua khí gốc; trình phương án kinh phí."),
        ),
        excused=("Anh",),
        papers=(("287/TB-TĐC", date(2026, 11, 11)),),
    ),
    Held(
        on=date(2026, 11, 19),
        title="Họp về dấu chứng nhận Halal",
        begins=AFTERNOON,
        groups=("HAL",),
        notes=(("HAL", I, "Mẫu dấu phải đọc được khi in nhỏ trên nhãn phụ."),),
    ),
)


def tell(past: "Past") -> None:
    """Add the meetings, each from the day it was called to its minutes."""
    for told in STORIES:
        first, last = told.begins, told.begins.replace(hour=told.begins.hour + HOURS, minute=45)
        past.on(told.on, first.replace(hour=first.hour - 1), partial(_plan, past, told), CHAIR)
        past.on(told.on, first, partial(_start, past, told), CHAIR)
        past.on(told.on, last, partial(_write, past, told), RECORDER)
        for number, day in told.papers[:1]:
            past.on(day, time(17, 30), partial(_issue, past, told, number, day), RECORDER)
        if told.reopened:
            day, why, words = told.reopened
            past.on(day, time(9, 0), partial(_reopen, past, told, why, words), RECORDER)
            number, day = told.papers[1]
            past.on(day, time(17, 30), partial(_issue, past, told, number, day), RECORDER)
    past.on(date(2026, 11, 20), time(16, 0), partial(_plan, past, NEXT), CHAIR)


def _plan(past: "Past", told: Held, act: Act) -> None:
    past.meetings[told.on] = do.plan(
        do.Plan(
            title=told.title,
            held_on=told.on + past.shift,
            begins=told.begins,
            place=ROOM,
            chair_id=past.persons[CHAIR].id,
            group_ids=[past.groups[key].group.id for key in told.groups],
            recorder_ids=[past.persons[RECORDER].id],
        ),
        by=act,
    )


def _start(past: "Past", told: Held, act: Act) -> None:
    do.start(past.meetings[told.on], by=act)


def _write(past: "Past", told: Held, act: Act) -> None:
    """The roll, the notes, and the end."""
    meeting = past.meetings[told.on]
    excused = {past.persons[name].id for name in told.excused}
    for person in attendance.unmarked(_sitting(meeting)):
        absent = person.id in excused
        do.attend(meeting, person, Presence.EXCUSED if absent else Presence.PRESENT, by=act)
    for number, (key, strand, words) in enumerate(told.notes):
        _note(past, told, number, key, strand, words, act)
    do.end(meeting, by=act)


def _note(
    past: "Past", told: Held, number: int, key: str, strand: Strand | None, words: str, act: Act
) -> None:
    stream = past.groups[key].workstreams[strand] if key and strand else None
    said = do.Said(
        uid=f"demo-{told.on}-{number}",
        text=past.words(words),
        item=f"workstream:{stream.id}" if stream else "",
        group_id=stream.group_id if stream else None,
        workstream_id=stream.id if stream else None,
    )
    do.note(past.meetings[told.on], said, by=act)


def _issue(past: "Past", told: Held, number: str, day: date, act: Act) -> None:
    meeting = past.meetings[told.on]
    facts = minutes.gather(_sitting(meeting), act.today, "")
    do.issue(meeting, facts, number, day + past.shift, by=act)


def _reopen(past: "Past", told: Held, why: str, words: str, act: Act) -> None:
    do.reopen(past.meetings[told.on], why, by=act)
    _note(past, told, len(told.notes), "SOL", I, words, act)


def _sitting(meeting: Meeting) -> Sitting:
    sitting = read.find(EVERYBODY, meeting.id)
    assert sitting is not None  # noqa: S101 - an administrator sees it
    return sitting
