from datetime import date

from tracker.exports import baselines
from tracker.lib.plan_comparison import PlanItem, compare
from tracker.lib.slip import Slip
from tracker.lib.workdays import Calendar
from tracker.models import Strand
from tracker.queries.baselines import Line
from tracker.words import language

VI, DAY, LATER = language("vi"), date(2026, 12, 1), date(2026, 12, 8)
LINE = Line(
    kind="task",
    code="HAL-1",
    title="=Đo",
    strand="metrology",
    start=None,
    approved=DAY,
    due=DAY,
    forecast=LATER,
    actual=None,
    slip=Slip(7, 5),
    is_live=True,
)
ITEM = PlanItem("task", 1, "HAL-1", "Đo", "metrology", DAY)


def comparison():
    moved = PlanItem("task", 1, "HAL-1", "Đo lại", "standards", LATER, "forecast")
    new, gone = PlanItem("milestone", 1, "HAL-M1", "Mốc", "metrology", None), ITEM
    before = [ITEM, PlanItem("task", 2, "HAL-2", gone.title, "metrology", DAY)]
    strands = [strand.value for strand in Strand]
    return compare(before, [moved, new], strands, Calendar())


def rows(content):
    return [line.split(";") for line in content.decode("utf-8-sig").splitlines()[1:]]


def test_an_approved_plan_says_both_kinds_of_days_and_runs_no_formula():
    assert rows(baselines.lines_csv([LINE], VI)) == [
        [
            *("HAL-1", "Nhiệm vụ", "'=Đo", "Đo lường", ""),
            *("01/12/2026", "01/12/2026", "08/12/2026", "", "7", "5"),
        ]
    ]
    assert baselines.lines_xlsx([LINE], "Kế hoạch", VI, DAY)[:2] == b"PK"


def test_every_difference_is_a_row():
    assert [row[:2] + row[-3:] for row in rows(baselines.comparison_csv(comparison(), VI))] == [
        ["Đã thêm", "HAL-M1", "", "", ""],
        ["Đã bỏ", "HAL-2", "", "", ""],
        ["Dời ngày", "HAL-1", "dự kiến", "7", "5"],
        ["Đã đổi tên", "HAL-1", "dự kiến", "7", "5"],
        ["Đổi cấu phần", "HAL-1", "dự kiến", "7", "5"],
    ]
    assert baselines.comparison_xlsx(comparison(), "So sánh", VI, DAY)[:2] == b"PK"
