"""The demo's work that comes again: a monthly report, a quarterly meeting, a yearly plan.

They belong to greenhouse gases, metrology. Each Monday what is due soon is made; on Friday it is
answered, all but the report of two months ago, which nobody wrote.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tracker.lib.recurrence import Anchor, Frequency, Shift
from tracker.models import Milestone, Occurrence, Task, TaskStatus, Workstream
from tracker.queries import recurrences as read
from tracker.services import checklists, recurrences, tasks
from tracker.services.act import Act

GROUP = "GHG"
SET_UP = date(2026, 8, 3)  # a Monday
WEEK = timedelta(weeks=1)
FRIDAY = timedelta(days=4)
AHEAD = timedelta(days=4)
MISSED = 2  # months ago


@dataclass(frozen=True)
class Told:
    """One of them: who does it, and when."""

    title: str
    owner: str
    result: str
    description: str
    rule: dict[str, object]


STORIES = (
    Told(
        "Báo cáo tháng {kỳ} về chế tạo khí chuẩn",
        "Đạt",
        "Báo cáo tháng",
        "- [ ] Số liệu của Viện Đo lường\n- [ ] Kết quả của QUATEST 1\n- [ ] Trình tổ trưởng",
        {"frequency": Frequency.MONTHLY, "day": 25, "lead_days": 20, "shift": Shift.NEXT},
    ),
    Told(
        "Họp kỹ thuật khí chuẩn quý {kỳ}",
        "Ước",
        "Biên bản họp",
        "- [ ] Giấy mời\n- [ ] Tài liệu\n- [ ] Biên bản",
        {
            "frequency": Frequency.QUARTERLY,
            "anchor": Anchor.WEEKDAY,
            "month": 3,
            "nth": 2,
            "weekday": 1,
            "lead_days": 30,
        },
    ),
    Told(
        "Kế hoạch so sánh liên phòng năm {kỳ sau}",
        "Anh",
        "Kế hoạch năm",
        "- [ ] Đề xuất của các phòng\n- [ ] Dự toán",
        {
            "frequency": Frequency.YEARLY,
            "anchor": Anchor.LAST_WORKING_DAY,
            "month": 12,
            "lead_days": 60,
        },
    ),
)


def mondays(last: date) -> Iterator[date]:
    """When what is due soon is made."""
    day = SET_UP
    while day <= last:
        yield day
        day += WEEK


def set_up(
    told: Told, workstream: Workstream, milestone: Milestone, owner_id: int, act: Act
) -> None:
    """Somebody sets it up."""
    recurrences.create(
        workstream,
        told.title,
        by=act,
        milestone_id=milestone.id,
        owner_id=owner_id,
        result=told.result,
        description=told.description,
        **told.rule,
    )


def make(act: Act) -> None:
    """The night makes what is due soon."""
    recurrences.make_due(by=act)


def answer(last: date, act: Act) -> None:
    """Each owner finishes what is due by Tuesday, and ticks a box of what comes next."""
    for occurrence, task in read.open_instances():
        by = replace(act, person_id=task.owner_id)
        if task.due and task.due > act.today + AHEAD:
            _begin(task, by)
        elif not _is_missed(occurrence, last):
            _finish(task, by)


def _begin(task: Task, by: Act) -> None:
    if task.status is TaskStatus.TODO:
        checklists.tick(task, 0, on=True, by=by)
        tasks.change_status(task, TaskStatus.DOING, by=by)


def _finish(task: Task, by: Act) -> None:
    for number in range(task.description.count("[ ]") + task.description.count("[x]")):
        checklists.tick(task, number, on=True, by=by)
    tasks.change_status(task, TaskStatus.DONE, by=by)


def _is_missed(occurrence: Occurrence, last: date) -> bool:
    day = occurrence.day
    monthly = occurrence.recurrence.frequency is Frequency.MONTHLY
    return monthly and (last.year - day.year) * 12 + last.month - day.month == MISSED
