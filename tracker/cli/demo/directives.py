"""The demo's directives: some in half a year, of two directors, by several papers.

One is nobody's yet, one was recalled; the others stand in all four cells. Those that are part of
a group's story stand there, with `by=` and the director.
"""

from dataclasses import dataclass
from datetime import date, time
from functools import partial
from typing import TYPE_CHECKING, Any

from tracker.cli.demo import meetings
from tracker.models import Person, Priority, Strand, Task, TaskStatus, Workstream
from tracker.queries import directives as read
from tracker.services import comments, tasks
from tracker.services import directives as do
from tracker.services.act import Act

if TYPE_CHECKING:
    from tracker.cli.demo.past import Past

CHAIRMAN, VICE = "Toàn", "Vinh"
JUNE = ("158/TB-TĐC", date(2026, 6, 10))
AUGUST = ("203/TB-TĐC", date(2026, 8, 26))
OCTOBER = ("2231/TĐC-KHTC", date(2026, 10, 5))
NOVEMBER = ("287/TB-TĐC", date(2026, 11, 11))


@dataclass(frozen=True, kw_only=True)
class Told:
    """A directive and what became of it. Without a person it is the unit's."""

    group: str
    strand: Strand
    on: date
    title: str
    due: date
    unit: str
    result: str
    person: str = ""
    by: str = VICE
    helping: tuple[str, ...] = ()
    paper: tuple[str, date] | None = None
    item: str = ""
    priority: Priority = Priority.NORMAL
    begun: date | None = None
    progress: int = 0
    finished: date | None = None
    said: str = ""
    recalled: tuple[date, str] | None = None


S, M, C, I = Strand  # noqa: E741 - the four strands, in the order of the board
STORIES = (
    Told(
        group="SOL",
        strand=C,
        on=date(2026, 6, 9),
        title="Rà soát năng lực thử nghiệm mô-đun của các trung tâm kỹ thuật",
        due=date(2026, 7, 10),
        unit="QUATEST 1",
        person="Ánh",
        result="Báo cáo rà soát",
        by=CHAIRMAN,
        helping=("QUATEST 3",),
        paper=JUNE,
        item="mục 2",
        begun=date(2026, 6, 15),
        finished=date(2026, 7, 8),
    ),
    Told(
        group="SOL",
        strand=I,
        on=date(2026, 6, 9),
        title="Đề xuất danh mục pin mặt trời cần kiểm tra trước thông quan",
        due=date(2026, 7, 31),
        unit="Ban QLCL&ĐGSPH",
        person="Đức",
        result="Tờ trình kèm danh mục",
        by=CHAIRMAN,
        helping=("Ban Pháp chế – Kiểm tra",),
        paper=JUNE,
        item="mục 4",
        begun=date(2026, 6, 22),
        finished=date(2026, 8, 19),
        said="Chậm vì chờ ý kiến của hai bộ quản lý ngành.",
    ),
    Told(
        group="SOL",
        strand=S,
        on=date(2026, 8, 25),
        title="Lập bảng đối chiếu TCVN với IEC 61215 và IEC 61730 cho doanh nghiệp",
        due=date(2026, 9, 30),
        unit="Viện TCCLVN",
        person="Thành",
        result="Bảng đối chiếu",
        helping=("Ban Tiêu chuẩn",),
        paper=AUGUST,
        item="mục 1.b",
        begun=date(2026, 9, 1),
        finished=date(2026, 9, 29),
    ),
    Told(
        group="SOL",
        strand=I,
        on=date(2026, 8, 25),
        title="Báo cáo tiến độ lấy mẫu pin mặt trời trên thị trường",
        due=date(2026, 10, 30),
        unit="Ban Pháp chế – Kiểm tra",
        person="Long",
        result="Báo cáo tháng",
        paper=AUGUST,
        item="mục 3",
        priority=Priority.URGENT,
        begun=date(2026, 9, 14),
        progress=60,
        said="Hai tỉnh chưa gửi số liệu; đã có công văn đôn đốc.",
    ),
    Told(
        group="SOL",
        strand=C,
        on=date(2026, 10, 6),
        title="Tổ chức hội nghị phổ biến QCVN về pin mặt trời tại ba miền",
        due=date(2026, 12, 11),
        unit="Ban QLCL&ĐGSPH",
        person="Đức",
        result="Hội nghị, tài liệu",
        paper=OCTOBER,
        recalled=(date(2026, 10, 26), "Lồng vào hội nghị tổng kết năm của Ủy ban."),
    ),
    Told(
        group="GHG",
        strand=C,
        on=date(2026, 11, 10),
        title="Cử chuyên gia tham gia đoàn đánh giá đồng đẳng về thẩm định khí nhà kính",
        due=date(2026, 12, 18),
        unit="BoA",
        result="Quyết định cử",
        paper=NOVEMBER,
        item="mục 2.c",
    ),
    Told(
        group="GHG",
        strand=S,
        on=date(2026, 11, 10),
        title="Góp ý dự thảo thông tư về đo đạc, báo cáo, thẩm định phát thải",
        due=date(2026, 11, 27),
        unit="Viện TCCLVN",
        person="Đạt",
        result="Văn bản góp ý",
        helping=("Ban Pháp chế – Kiểm tra", "Viện Đo lường"),
        paper=NOVEMBER,
        item="mục 2.a",
        priority=Priority.EXPRESS,
        begun=date(2026, 11, 12),
        progress=80,
        said="Đã có dự thảo góp ý, chờ Viện Đo lường xem lại phần hiệu chuẩn.",
    ),
    Told(
        group="SOL",
        strand=M,
        on=date(2026, 11, 18),
        title="Kiểm tra việc dẫn xuất chuẩn mô-đun tham chiếu tại hai phòng thử nghiệm",
        due=date(2027, 1, 15),
        unit="Viện Đo lường",
        person="Bình",
        result="Biên bản kiểm tra",
    ),
)


def tell(past: "Past") -> None:
    """Add the directives, each with what became of it. The deputy types what the chairman says."""
    for minute, told in enumerate(STORIES):
        made: list[Task] = []
        past.on(told.on, time(10, minute), partial(_give, past, told, made), VICE)
        if told.begun:
            past.on(told.begun, time(9, minute), partial(_begin, told, made), told.person)
        if told.finished:
            past.on(told.finished, time(16, minute), partial(_finish, made), told.person)
        if told.said:
            said = told.finished or date(2026, 11, 16)
            past.on(said, time(16, 20 + minute), partial(_say, told, made), told.person)
        if told.recalled:
            day, why = told.recalled
            past.on(day, time(10, 30), partial(_recall, why, made), told.by)


def give(
    workstream: Workstream, title: str, giver: Person, details: dict[str, Any], act: Act
) -> Task:
    """One of a group's story; `details` are further fields of what is wanted."""
    wanted = do.Wanted(workstream=workstream, title=title, **details)
    return do.give(wanted, given_by=giver.id, by=act)


def _give(past: "Past", told: Told, made: list[Task], act: Act) -> None:
    document, day = told.paper or (None, None)
    wanted = do.Wanted(
        workstream=past.groups[told.group].workstreams[told.strand],
        title=told.title,
        due=told.due + past.shift,
        result=told.result,
        owner_id=past.persons[told.person].id if told.person else None,
        lead_unit_id=past.units[told.unit].id,
        cooperating_unit_ids=[past.units[unit].id for unit in told.helping],
        priority=told.priority,
        assigning_document=document,
        assigning_date=past.day(day),
        assigning_item=told.item or None,
    )
    if told.on in past.meetings:
        made.append(meetings.direct(past.meetings[told.on], wanted, by=act))
    else:
        made.append(do.give(wanted, given_by=past.persons[told.by].id, by=act))


def _begin(told: Told, made: list[Task], act: Act) -> None:
    tasks.change_status(made[0], TaskStatus.DOING, by=act)
    if told.progress:
        tasks.set_progress(made[0], told.progress, by=act)


def _finish(made: list[Task], act: Act) -> None:
    tasks.change_status(made[0], TaskStatus.DONE, by=act, may_approve=True)


def _say(told: Told, made: list[Task], act: Act) -> None:
    comments.write(made[0], told.said, by=act)


def _recall(why: str, made: list[Task], act: Act) -> None:
    directive = read.of_task(made[0])
    assert directive is not None  # noqa: S101 - given above
    do.recall(directive, made[0], why, by=act)
