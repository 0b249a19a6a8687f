import csv
from datetime import date
from io import BytesIO, StringIO

from python_calamine import CalamineWorkbook

from tracker.exports import risks as files
from tracker.models import RiskKind, Strand, TaskStatus, Treatment
from tracker.queries.risks import Blocked, Named, Row
from tracker.words import language

ROWS = [
    Row(
        code="HAL-R2",
        kind=RiskKind.RISK,
        title="=Có thể thiếu chuẩn",
        description="Vì **một**\nphòng",
        group_key="HAL",
        group=Named("Halal", "Halal group"),
        strand=Strand.METROLOGY,
        likelihood=4,
        impact=5,
        owner="Trần Văn An",
        treatment=Treatment.REDUCE,
        response="Mượn",
        review_on=date(2026, 11, 1),
        is_due=True,
        happened_on=None,
        closed_on=None,
        outcome="",
        blocks=(Blocked("task", 1, "HAL-7", "Đo", TaskStatus.BLOCKED, is_over=False),),
    ),
    Row(
        code="HAL-R3",
        kind=RiskKind.DIFFICULTY,
        title="Thiếu chuẩn",
        description="",
        group_key="HAL",
        group=Named("Halal", None),
        strand=Strand.METROLOGY,
        likelihood=2,
        impact=2,
        owner="",
        treatment=None,
        response="",
        review_on=None,
        is_due=False,
        happened_on=date(2026, 10, 2),
        closed_on=date(2026, 11, 3),
        outcome="Xong",
    ),
]


def test_the_register_is_a_table_with_its_words():
    text = files.as_csv(ROWS, language("vi")).decode("utf-8-sig")
    _heads, risk, difficulty = csv.reader(StringIO(text), delimiter=text[2])

    assert risk[:3] == ["HAL-R2", "Rủi ro", "Halal"]
    assert risk[6:11] == ["4 – Nhiều khả năng", "5 – Rất lớn", "20", "Rất cao", "Giảm thiểu"]
    assert risk[14:16] == ["có", "HAL-7"]
    assert difficulty[1] == "Khó khăn, vướng mắc"
    assert difficulty[8:10] == ["", ""]
    assert difficulty[18] == "Xong"


def test_the_workbook_has_real_dates_and_runs_nothing():
    content = files.as_xlsx(ROWS, language("vi"), date(2026, 11, 23))
    sheet = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    risk = next(row for row in sheet if row[0] == "HAL-R2")

    assert risk[4] == "=Có thể thiếu chuẩn"
    assert (risk[8], risk[13]) == (20, date(2026, 11, 1))
