from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from tracker.exports import deliverables
from tracker.lib.stages import Ahead, Countdown, WindowUnit
from tracker.models import Relation, Stage, Strand
from tracker.queries.deliverables import Row
from tracker.words import language

B4 = Stage(code="B4", name="Lấy ý kiến", name_en="Public comment")
B5 = Stage(code="B5", name="Thẩm định", name_en="Appraisal")
ROW = Row(
    code="HAL-D1",
    reference="TCVN 12944:2020",
    title="=Thực phẩm Halal",
    title_en="Halal food",
    group_key="HAL",
    group_name="Tổ Hal",
    group_name_en="Halal group",
    strand=Strand.STANDARDS,
    kind_id=1,
    kind_code="RM",
    kind_name="Chất chuẩn",
    kind_name_en="Reference material",
    stage_id=1,
    stage_on=date(2026, 11, 2),
    iteration=2,
    owner="Ngô Thùy Dương",
    lead_unit="VSQI",
    relation=Relation.MOD,
    based_on="ISO 1:2020",
    replaces="",
    ics="67.040",
    committee="TCVN/TC/F3",
    note="",
    stage=B4,
    countdown=Countdown(date(2027, 1, 1), 39, WindowUnit.DAYS),
    next=Ahead(B5, date(2027, 1, 1)),
    goal=Ahead(B5, date(2027, 1, 1)),
)
BARE = replace(ROW, stage=None, stage_on=None, countdown=None, next=None, goal=None, relation=None)


def lines(rows, lang="vi"):
    made = deliverables.as_csv(rows, language(lang)).decode("utf-8-sig")
    return [line.split(";") for line in made.splitlines()]


def test_a_row_says_all_of_the_register_and_nothing_runs():
    head, row = lines([ROW])

    said = dict(zip(head, row, strict=True))
    assert said["Tên"] == "'=Thực phẩm Halal"
    assert (said["Giai đoạn"], said["Lần"], said["Từ ngày"]) == ("B4", "2", "02/11/2026")
    assert said["Hết thời gian tối thiểu"] == said["Đích, sớm nhất"] == "01/01/2027"
    assert said["Mức độ tương đương"] == "MOD"


def test_what_is_not_known_is_left_empty():
    head, row = lines([BARE])

    said = dict(zip(head, row, strict=True))
    empty = ("Giai đoạn", "Từ ngày", "Lần", "Kế tiếp", "Đích, sớm nhất", "Mức độ tương đương")
    assert {said[name] for name in empty} == {""}


@pytest.mark.parametrize(
    ("lang", "names"),
    [("vi", ["Tổ Hal", "Chất chuẩn"]), ("en", ["Halal group", "Reference material"])],
)
def test_names_are_in_the_readers_language(lang, names):
    _, row = lines([ROW], lang)

    assert [row[1], row[3]] == names


def test_the_workbook_has_real_dates():
    made = deliverables.as_xlsx([ROW, BARE], language("vi"), date(2026, 11, 23))

    book = CalamineWorkbook.from_filelike(BytesIO(made))
    head, row, bare = book.get_sheet_by_name("Danh mục sản phẩm").to_python()
    assert row[head.index("Từ ngày")] == date(2026, 11, 2)
    assert row[head.index("Tên")] == "=Thực phẩm Halal"
    assert bare[head.index("Từ ngày")] == ""
