"""Plans as offices write them become rows; what is unclear is named with its cell."""

import ast
import json
import time
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.imports.workbooks import raw, text_cell, workbook
from tracker import words
from tracker.errors import ImportRefusedError
from tracker.imports import plan
from tracker.imports.plan import RowKind, from_json, to_json
from tracker.imports.plan.headings import field_of
from tracker.imports.plan.parsing import plan_of
from tracker.imports.plan.strands import strand_of
from tracker.imports.plan.texts import persons, text, units
from tracker.imports.plan.values import document_of, priority_of, share_of, status_from, status_of
from tracker.imports.spreadsheet.book import Book, Merge, Sheet
from tracker.models.enums import Priority, Strand, TaskStatus

TODAY = date(2026, 11, 22)
ROOT = Path(__file__).parents[2]
STATE_OFFICE = ROOT.parent / "shared" / "data" / "ke-hoach-2026-2027.xlsx"
HEADING = [
    "STT", "Nhiệm vụ", "Người phụ trách", "Thời hạn", "Sản phẩm", "Tiến độ (%)", "Ngày hoàn thành",
]  # fmt: skip
STANDARDS = ["I", "Tiêu chuẩn"]


def sheet_of(rows, *, name="Halal", **more):
    filled = {
        number: tuple(float(cell) if type(cell) is int else cell for cell in cells)
        for number, cells in enumerate(rows, start=1)
        if any(cell is not None for cell in cells)
    }
    return Sheet(name=name, rows=filled, **more)


def read(*rows, heading=HEADING, **more):
    """The plan of one sheet; without other rows, of standards."""
    return plan_of(Book((sheet_of([heading, *rows], **more),)), today=TODAY).sheets[0]


def one(value, column, **more):
    """The only row of a sheet with one column besides the title, and its problems."""
    sheet = read(STANDARDS, [1, "Việc", value], heading=["STT", "Nhiệm vụ", column], **more)
    [row] = sheet.rows
    return row, [(problem.code, problem.cell, problem.is_blocking) for problem in sheet.problems]


def seen(sheet, *fields):
    return [tuple(getattr(row, field) for field in fields) for row in sheet.rows]


def told(sheet):
    return [(problem.code, problem.cell) for problem in sheet.problems]


# ---------------------------------------------------------------- a whole file


@pytest.mark.skipif(not STATE_OFFICE.exists(), reason="the office's own plan is not in this place")
def test_the_plan_of_the_office_is_read_whole():
    read_plan = plan.parse(STATE_OFFICE.read_bytes(), STATE_OFFICE.name, today=TODAY)

    kinds = Counter(row.kind for sheet in read_plan.sheets for row in sheet.rows)
    assert [sheet.group_name for sheet in read_plan.sheets] == [
        "Halal", "Pin mặt trời", "Khí nhà kính",
    ]  # fmt: skip
    assert kinds == {RowKind.MILESTONE: 14, RowKind.TASK: 49}
    assert len({(s.name, row.strand) for s in read_plan.sheets for row in s.rows}) == 12
    assert read_plan.all_problems == ()
    assert all(row.milestone for s in read_plan.sheets for row in s.rows if row.kind == "task")


def test_a_row_carries_all_that_its_cells_say():
    heading = [
        "Ghi chú", "Mã", "STT", "Nội dung công việc", "Văn bản giao nhiệm vụ", "Cơ quan chủ trì",
        "Đơn vị phối hợp", "Người thực hiện", "Bắt đầu", "Hạn hoàn thành", "Dự kiến",
        "Kết quả đầu ra", "Tỷ lệ hoàn thành", "Ngày hoàn thành", "Trạng thái", "Mức độ ưu tiên",
    ]  # fmt: skip
    row = [
        "Xong sớm", "hal-47", "1.", "  Soát xét  TCVN ", "185/QĐ-TĐC ngày 12/03/2026, mục 3",
        "Viện TCCLVN", "QUACERT; BoA", "Đ/c Đỗ Mai Lan; TS. Trần Văn Bình", date(2026, 1, 5),
        46_387, "tháng 3/2027", "Dự thảo", "45%", None, "Chờ phê duyệt", "Hỏa tốc",
    ]  # fmt: skip

    sheet = read(["", "", "", "I. TIÊU CHUẨN"], row, heading=heading)

    assert sheet.problems == ()
    assert sheet.rows == (
        plan.PlanRow(
            row=3,
            kind=RowKind.TASK,
            title="Soát xét TCVN",
            strand="standards",
            code="HAL-47",
            assigning_document="185/QĐ-TĐC",
            assigning_date=date(2026, 3, 12),
            assigning_item="3",
            lead_unit="Viện TCCLVN",
            cooperating_units=("QUACERT", "BoA"),
            owner="Đỗ Mai Lan",
            participants=("Trần Văn Bình",),
            start=date(2026, 1, 5),
            due=date(2026, 12, 31),
            forecast=date(2027, 3, 31),
            result="Dự thảo",
            progress=45,
            status="review",
            priority="express",
            note="Xong sớm",
            number_text="1.",
        ),
    )


def test_english_headings_work_too():
    sheet = read(
        ["Standards"],
        [1, "Draft", "Lan", "31 December 2026", "50%"],
        heading=["No.", "Task", "Owner", "Due date", "Progress"],
    )

    assert seen(sheet, "title", "owner", "due", "status") == [
        ("Draft", "Lan", date(2026, 12, 31), "doing")
    ]


def test_a_plan_survives_json():
    sheet = read(
        STANDARDS,
        ["◆", "Mốc", None, "thường xuyên"],
        [1, "A", "A, B", "31/02/2027"],
        [2, "B", "A", TODAY],
    )
    whole = plan.PlanFile((sheet,), (plan.Problem("Khác", None, None, "plan_sheet_hidden"),))

    assert from_json(json.loads(json.dumps(to_json(whole)))) == whole


def test_a_stored_plan_of_another_version_is_still_read():
    stored = to_json(plan.PlanFile((read(STANDARDS, [1, "Việc"]),)))
    stored["sheets"][0]["rows"][0].pop("note")
    stored["sheets"][0]["rows"][0]["later"] = "x"

    assert from_json(stored).sheets[0].rows[0].title == "Việc"


# ---------------------------------------------------------------- headings, sheets, groups


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("STT", "number"), ("Nhiệm vụ", "title"), ("NỘI DUNG CÔNG VIỆC", "title"),
        ("Văn bản giao", "assigning_document"), ("Đơn vị chủ trì thực hiện", "lead_unit"),
        ("Thời hạn\nhoàn thành", "due"), ("Tiến độ (%)", "progress"), ("% hoàn thành", "progress"),
        ("Tiến độ/Kết quả", "progress"), ("Ngày hoàn thành theo kế hoạch", "due"),
        ("Ngày hoàn thành", "finished_on"), ("Tình trạng", "status"), ("Mức độ", "priority"),
        ("Cấu phần", "strand"), ("Mốc", "milestone"), ("Dự kiến", "forecast"), ("Mã", "code"),
        ("Nhie\u0323\u0302m vu\u0323", "title"), ("Kinh phí", None), ("", None),
    ],
)  # fmt: skip
def test_a_heading_is_told_by_its_words(heading, field):
    assert field_of(heading) == field


def test_titles_stand_above_the_heading_and_name_the_group():
    sheet = plan_of(
        Book((sheet_of([
            ["ỦY BAN TIÊU CHUẨN"], ["KẾ HOẠCH 2026–2027"], ["Tổ công tác: Pin mặt trời"], [],
            ["TT", "Nhiệm vụ", "Thời hạn"], ["(1)", "(2)", "(3)"], STANDARDS,
            [1, "Việc", "12/2026"],
        ], name="Sheet1"),)),
        today=TODAY,
    ).sheets[0]  # fmt: skip

    assert sheet.group_name == "Pin mặt trời"
    assert seen(sheet, "row", "title", "due") == [(8, "Việc", date(2026, 12, 31))]
    assert sheet.problems == ()


@pytest.mark.parametrize(
    ("title", "name", "group"),
    [
        ("Kế hoạch của Tổ công tác: Halal", "Sheet1", "Halal"),
        ("TỔ CÔNG TÁC KHÍ NHÀ KÍNH", "Sheet1", "KHÍ NHÀ KÍNH"),
        ("Working group: Halal", "Sheet1", "Halal"),
        ("Kế hoạch năm 2026", "Khí nhà kính", "Khí nhà kính"),
        ("Tổ công tác:", "Trang tính1", None),
        ("Kế hoạch năm 2026", "Trang tính1", None),
        ("Kế hoạch năm 2026", "Kế hoạch", None),
    ],
)
def test_the_group_is_named_by_a_title_or_the_sheet(title, name, group):
    sheet = sheet_of([[title], HEADING, STANDARDS], name=name)

    assert plan_of(Book((sheet,)), today=TODAY).sheets[0].group_name == group


def test_a_heading_of_two_rows_is_one():
    rows = [
        ["STT", "Nhiệm vụ", "Thời gian", None, "Ghi chú"],
        [None, None, "Bắt đầu", "Kết thúc"],
        STANDARDS,
        [1, "Việc", date(2026, 1, 1), date(2026, 2, 1), "x"],
    ]
    merges = (Merge(1, 1, 2, 1), Merge(1, 2, 2, 2), Merge(1, 3, 1, 4), Merge(1, 5, 2, 5))

    sheet = plan_of(Book((sheet_of(rows, merges=merges),)), today=TODAY).sheets[0]

    assert seen(sheet, "start", "due", "note") == [(date(2026, 1, 1), date(2026, 2, 1), "x")]
    assert sheet.problems == ()


def test_columns_that_are_not_imported_are_named():
    sheet = read(
        STANDARDS, [1, "Việc", 5], heading=["STT", "Nhiệm vụ", "Kinh phí", "Thời hạn", "Hạn"]
    )

    assert told(sheet) == [("plan_column_unknown", "C1"), ("plan_column_unknown", "E1")]
    assert [column.field for column in sheet.columns] == ["number", "title", None, "due", None]


def test_sheets_that_are_no_plan_are_left_aside_and_said_so():
    plans = sheet_of([HEADING, STANDARDS])
    notes = sheet_of([["Cách điền"]], name="Hướng dẫn")
    other = sheet_of([["Số liệu khác"]], name="Số liệu")
    hidden = sheet_of([HEADING], name="Cũ", is_hidden=True)
    blank = sheet_of([], name="Sheet3")

    found = plan_of(Book((plans, notes, other, hidden, blank)), today=TODAY)

    assert [sheet.name for sheet in found.sheets] == ["Halal"]
    assert [(problem.code, problem.sheet) for problem in found.all_problems] == [
        ("plan_sheet_hidden", "Cũ"),
        ("plan_sheet_without_heading", "Số liệu"),
    ]


@pytest.mark.parametrize(
    ("sheets", "code"),
    [
        ((), "import_empty"),
        ((sheet_of([]),), "import_empty"),
        ((sheet_of([["Xin chào"], ["Nhiệm vụ"]]),), "import_no_heading"),
        ((sheet_of([HEADING], is_hidden=True),), "import_no_heading"),
    ],
)
def test_a_book_without_a_plan_is_refused(sheets, code):
    with pytest.raises(ImportRefusedError, match=code):
        plan_of(Book(sheets), today=TODAY)


# ---------------------------------------------------------------- strands, milestones, subtasks


@pytest.mark.parametrize(
    ("said", "strand"),
    [
        ("I. Tiêu chuẩn", "standards"), ("II Đo lường", "metrology"), ("ĐO LƯỜNG", "metrology"),
        ("Cấu phần 3: Đánh giá sự phù hợp", "conformity_assessment"),
        ("ĐGSPH", "conformity_assessment"), ("Thanh tra, kiểm tra", "inspection"),
        ("Phần IV – Công tác thanh tra", "inspection"), ("Standards", "standards"),
        ("conformity-assessment", "conformity_assessment"),
        ("conformity_assessment", "conformity_assessment"),
        ("Tiêu chuẩn Halal", None), ("", None), ("V. Truyền thông", None),
    ],
)  # fmt: skip
def test_a_strand_is_told_by_its_name_alone(said, strand):
    assert strand_of(said) == strand


@pytest.mark.parametrize(
    "section", [["II", "Đo lường"], ["II. Đo lường"], [None, "ĐO LƯỜNG"], ["B. Đo lường"],
                [2, "Đo lường", None, None, None, 45]],
)  # fmt: skip
def test_a_section_row_names_the_strand_of_the_rows_below(section):
    sheet = read(STANDARDS, [1, "Một"], section, [1, "Hai"])

    assert seen(sheet, "title", "strand") == [("Một", "standards"), ("Hai", "metrology")]
    assert sheet.problems == ()


def test_a_merged_section_row_names_the_strand():
    sheet = read(["Thanh tra, kiểm tra"], [1, "Một"], merges=(Merge(2, 1, 2, 7),))

    assert seen(sheet, "title", "strand") == [("Một", "inspection")]


def test_a_strand_column_names_it_row_by_row():
    sheet = read(
        ["Một", "Đo lường"], ["Hai", "Tiêu chuẩn"], ["Ba", "Truyền thông"], ["Bốn", None],
        heading=["Nhiệm vụ", "Cấu phần"],
    )  # fmt: skip

    assert seen(sheet, "title", "strand") == [
        ("Một", "metrology"), ("Hai", "standards"), ("Ba", None), ("Bốn", None),
    ]  # fmt: skip
    assert told(sheet) == [("plan_strand_unknown", "B4"), ("plan_strand_missing", "A5")]


def test_a_section_of_no_strand_leaves_its_rows_without_one():
    sheet = read(STANDARDS, [1, "Một"], ["V", "Truyền thông"], [1, "Hai"])

    assert seen(sheet, "title", "strand") == [("Một", "standards"), ("Hai", None)]
    assert told(sheet) == [("plan_section_unknown", "B4"), ("plan_strand_missing", "B5")]


@pytest.mark.parametrize("cells", [["V. Truyền thông"], [None, "V. Truyền thông"]])
def test_a_section_in_one_cell_that_is_no_strand_ends_the_one_above(cells):
    sheet = read(STANDARDS, [1, "Một"], cells, [1, "Hai"])

    assert seen(sheet, "title", "strand") == [("Một", "standards"), ("Hai", None)]


def test_captions_among_tasks_are_passed_over_and_said_so():
    sheet = read(
        STANDARDS, ["A", "Giai đoạn 1"], [1, "Một"], ["Nhóm việc chung"], [2, "Hai"],
        merges=(Merge(5, 1, 5, 7),),
    )  # fmt: skip

    assert seen(sheet, "title", "strand") == [("Một", "standards"), ("Hai", "standards")]
    assert told(sheet) == [("plan_row_ignored", "A3"), ("plan_row_ignored", "A5")]


def test_a_task_belongs_to_the_milestone_above_it_within_its_strand():
    sheet = read(
        STANDARDS, [1, "Trước"], ["◆", "Công bố", None, date(2027, 6, 30), "Mốc"], [2, "Sau"],
        ["II", "Đo lường"], [1, "Khác"],
    )  # fmt: skip

    assert seen(sheet, "kind", "title", "milestone") == [
        ("task", "Trước", None), ("milestone", "Công bố", None), ("task", "Sau", "Công bố"),
        ("task", "Khác", None),
    ]  # fmt: skip
    assert seen(sheet, "due", "result", "status")[1] == (date(2027, 6, 30), None, None)


@pytest.mark.parametrize(
    "row", [["◆", "Công bố"], [None, "◆ Công bố"], [None, "♦Mốc 1: Công bố"], ["M1", "Công bố"],
            ["Mốc 2", "Công bố"], [1, "Công bố", None, None, "Mốc"]],
)  # fmt: skip
def test_a_milestone_is_told_by_its_sign_or_its_word(row):
    [found] = read(STANDARDS, row).rows

    assert (found.kind, found.title) == (RowKind.MILESTONE, "Công bố")


def test_a_kind_and_a_milestone_column_serve_flat_files():
    sheet = read(
        ["Công bố", "Đo lường", "Mốc", None], ["Một", "Đo lường", "Nhiệm vụ", "Công bố"],
        ["Hai", "Đo lường", "Nhiệm vụ con", None],
        heading=["Nhiệm vụ", "Cấu phần", "Loại", "Thuộc mốc"],
    )  # fmt: skip

    assert seen(sheet, "kind", "title", "milestone", "parent_row") == [
        ("milestone", "Công bố", None, None), ("task", "Một", "Công bố", None),
        ("subtask", "Hai", "Công bố", 3),
    ]  # fmt: skip


def test_subtasks_are_told_by_number_or_dash():
    sheet = read(
        STANDARDS, [1, "Một"], [1.1, "Một một"], ["1.2.", "Một hai"], ["1.2.1", "Sâu hơn"],
        [2, "Hai"], [None, "- Hai a"], ["-", "Hai b"], [None, "+ Hai c"],
    )  # fmt: skip

    assert seen(sheet, "kind", "title", "parent_row") == [
        ("task", "Một", None), ("subtask", "Một một", 3), ("subtask", "Một hai", 3),
        ("subtask", "Sâu hơn", 3), ("task", "Hai", None), ("subtask", "Hai a", 7),
        ("subtask", "Hai b", 7), ("subtask", "Hai c", 7),
    ]  # fmt: skip


def test_numbers_below_the_number_of_a_section_are_tasks():
    sheet = read(
        ["1", "Tiêu chuẩn"], ["1.1", "Một"], ["1.1.1", "Con"], ["◆", "Mốc xa"], [None, "- Hai"]
    )

    assert seen(sheet, "kind", "title", "parent_row") == [
        ("task", "Một", None), ("subtask", "Con", 3), ("milestone", "Mốc xa", None),
        ("task", "Hai", None),
    ]  # fmt: skip


# ---------------------------------------------------------------- rows that are none


def test_rows_that_say_nothing_are_skipped():
    sheet = read(
        STANDARDS, [], [1, "Một"], [2], ["◆"], HEADING, [None, "Tổng cộng", None, None, None, 40],
        [3, "Ba"],
    )  # fmt: skip

    assert seen(sheet, "row", "title") == [(4, "Một"), (9, "Ba")]
    assert sheet.problems == ()


def test_signatures_below_the_table_are_no_tasks():
    sheet = read(
        STANDARDS, [1, "Một"], [None, "Hai", "Lan"], [], [None, "NGƯỜI LẬP BIỂU"], ["Nơi nhận:"],
    )  # fmt: skip

    assert seen(sheet, "title") == [("Một",), ("Hai",)]
    assert told(sheet) == [("plan_row_ignored", "B6"), ("plan_row_ignored", "B7")]


def test_a_row_without_a_title_is_unreadable():
    sheet = read(STANDARDS, [1, None, "Lan"])

    assert sheet.rows == ()
    assert [(p.code, p.cell, p.is_blocking) for p in sheet.problems] == [
        ("plan_title_missing", "B3", True)
    ]


def test_the_same_title_twice_in_a_strand_is_named():
    sheet = read(
        STANDARDS, [1, "Lấy ý kiến"], [2, "lay y kien"], ["II", "Đo lường"], [1, "Lấy ý kiến"]
    )

    assert [(p.code, p.cell, p.values) for p in sheet.problems] == [
        ("plan_row_twice", "B4", {"other": 3})
    ]


def test_a_long_text_is_quoted_in_part():
    [problem] = read(STANDARDS, ["A", "x" * 200]).problems

    assert problem.values == {"value": "A " + "x" * 97 + "…"}


def test_the_same_code_twice_is_named():
    sheet = read(STANDARDS, ["HAL-1", "A"], ["HAL-1", "B"], heading=["Mã", "Nhiệm vụ"])

    assert told(sheet) == [("plan_row_twice", "A4")]


# ---------------------------------------------------------------- merged cells


def test_a_cell_merged_downwards_holds_for_each_row():
    sheet = read(STANDARDS, [1, "Một", "Lan"], [2, "Hai"], merges=(Merge(3, 3, 4, 3),))

    assert seen(sheet, "title", "owner") == [("Một", "Lan"), ("Hai", "Lan")]


def test_a_task_over_several_rows_is_one():
    sheet = read(
        STANDARDS, [1, "Một", "Lan", TODAY, "Báo cáo"], [None, None, "Bình", None, "Tờ trình"],
        [2, "Hai"], merges=(Merge(3, 1, 4, 1), Merge(3, 2, 4, 2)),
    )  # fmt: skip

    assert seen(sheet, "title", "owner", "participants", "result") == [
        ("Một", "Lan", ("Bình",), "Báo cáo\nTờ trình"), ("Hai", None, (), None),
    ]  # fmt: skip


# ---------------------------------------------------------------- dates


@pytest.mark.parametrize(
    ("written", "due"),
    [
        (date(2026, 12, 31), date(2026, 12, 31)), (46_387, date(2026, 12, 31)),
        (46_387.75, date(2026, 12, 31)), ("31/12/2026", date(2026, 12, 31)),
        ("5.1.2027", date(2027, 1, 5)), ("tháng 3/2027", date(2027, 3, 31)),
        ("Quý I/2027", date(2027, 3, 31)), ("Quy\u0301 I/2027", date(2027, 3, 31)),
        ("2027-01-05", date(2027, 1, 5)), ("Trước 31/12/2026", date(2026, 12, 31)),
        ("Trong tháng 12/2026", date(2026, 12, 31)), (2027, date(2027, 12, 31)),
        ("Hoàn thành trước ngày 15/11/2026", date(2026, 11, 15)), (None, None), ("  ", None),
    ],
)  # fmt: skip
def test_a_date_is_read_however_it_is_written(written, due):
    row, problems = one(written, "Thời hạn")

    assert (row.due, problems) == (due, [])


@pytest.mark.parametrize(
    ("written", "code", "is_blocking"),
    [
        ("31/02/2027", "plan_date_not_in_calendar", True),
        ("sắp xong", "plan_date_unreadable", True),
        (12, "plan_date_unreadable", True),
        (date(1900, 1, 5), "plan_date_outside_years", True),
        ("31/12/1926", "plan_date_outside_years", True),
        ("thường xuyên", "plan_date_open", False),
        ("Hàng tháng", "plan_date_open", False),
        ("hằng năm", "plan_date_open", False),
    ],
)
def test_what_is_no_date_is_named_and_the_row_stays(written, code, is_blocking):
    row, problems = one(written, "Thời hạn")

    assert (row.title, row.due) == ("Việc", None)
    assert problems == [(code, "C3", is_blocking)]


def test_a_date_without_a_year_is_of_this_year_and_said_so():
    row, problems = one("15/12", "Thời hạn")

    assert (row.due, problems) == (date(2026, 12, 15), [("plan_date_without_year", "C3", False)])


@pytest.mark.parametrize(
    "written",
    ["01/03/2026 - 30/06/2026", "01/03/2026–30/06/2026", "1/3/2026 đến 30/6/2026"],
)
def test_a_span_is_start_and_due(written):
    row, problems = one(written, "Thời gian thực hiện")

    assert (row.start, row.due, problems) == (date(2026, 3, 1), date(2026, 6, 30), [])


def test_dates_in_the_wrong_order_are_named():
    sheet = read(
        STANDARDS, [1, "A", date(2026, 3, 1), date(2026, 2, 1), date(2026, 1, 1)],
        heading=["STT", "Nhiệm vụ", "Bắt đầu", "Thời hạn", "Dự kiến"],
    )  # fmt: skip

    assert told(sheet) == [("plan_start_after_due", "C3"), ("plan_forecast_before_start", "E3")]
    assert one("5/3/2026 - 1/2/2026", "Thời hạn")[1] == [("plan_start_after_due", "C3", True)]


# ---------------------------------------------------------------- shares and states


@pytest.mark.parametrize(
    ("written", "fractions", "share"),
    [
        (45.0, False, 45), (0.45, True, 45), (1.0, True, 100), (1.0, False, 1), ("45%", False, 45),
        ("45,6 %", False, 46), ("0,45", False, 45), ("0", False, 0), (0.0, False, 0),
        (99.5, False, 100), (None, False, None),
    ],
)  # fmt: skip
def test_a_share_is_read_as_number_fraction_or_text(written, fractions, share):
    assert share_of(written, as_fraction=fractions).value == share


def test_a_column_of_fractions_is_told_from_a_column_of_percents():
    fractions = read(STANDARDS, [1, "A", *[None] * 3, 0.45], [2, "B", *[None] * 3, 1])
    percents = read(STANDARDS, [1, "A", *[None] * 3, 45], [2, "B", *[None] * 3, 1])
    zeros = read(STANDARDS, [1, "A", *[None] * 3, 0])

    assert [seen(s, "progress") for s in (fractions, percents, zeros)] == [
        [(45,), (100,)], [(45,), (1,)], [(0,)],
    ]  # fmt: skip


def test_a_share_out_of_range_is_named():
    assert one(120, "Tiến độ")[1] == [("plan_share_out_of_range", "C3", True)]
    assert one(-5, "Tiến độ")[1] == [("plan_share_out_of_range", "C3", True)]
    assert one("120%", "Tiến độ")[1] == [("plan_share_out_of_range", "C3", True)]


def test_words_in_the_column_of_shares_are_a_state_or_a_note():
    stated, without = one("Đang thực hiện", "Tiến độ")
    kept, problems = one("Đã trình Bộ ký", "Tiến độ")

    assert (stated.status, stated.note, without) == ("doing", None, [])
    assert (kept.status, kept.note) == (None, "Đã trình Bộ ký")
    assert problems == [("plan_progress_kept_as_note", "C3", False)]


@pytest.mark.parametrize(
    ("progress", "finished", "status"),
    [(100, None, "done"), (40, TODAY, "done"), (None, TODAY, "done"), (0, None, "todo"),
     (40, None, "doing"), (None, None, None)],
)  # fmt: skip
def test_the_state_follows_from_share_and_day(progress, finished, status):
    assert status_from(progress, finished) == status


@pytest.mark.parametrize(
    ("written", "status"),
    [
        ("Chưa thực hiện", "todo"), ("ĐANG TRIỂN KHAI", "doing"), ("Vướng mắc", "blocked"),
        ("Chờ duyệt", "review"), ("Hoàn thành đúng hạn", "done"), ("Tạm dừng", "paused"),
        ("Dừng thực hiện", "dropped"), ("Quá hạn", None), (None, None),
    ],
)  # fmt: skip
def test_a_state_is_told_by_its_words(written, status):
    assert (status_of(written).value, status_of(written).problem) == (status, None)


def test_an_unknown_state_goes_to_the_note():
    row, problems = one("Đã họp, chờ văn bản", "Tình trạng")

    assert (row.status, row.note) == (None, "Đã họp, chờ văn bản")
    assert problems == [("plan_status_kept_as_note", "C3", False)]


def test_every_label_of_the_domain_is_understood():
    assert [status_of(words.LABELS[f"TaskStatus.{s.value}"]).value for s in TaskStatus] == list(
        TaskStatus
    )
    assert [priority_of(words.LABELS[f"Priority.{p.value}"]).value for p in Priority] == list(
        Priority
    )
    assert [strand_of(words.LABELS[f"Strand.{s.value}"]) for s in Strand] == list(Strand)


def test_an_unknown_priority_is_named():
    assert one("Tối mật", "Mức độ")[1] == [("plan_priority_unknown", "C3", False)]


# ---------------------------------------------------------------- texts


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("QUATEST 1; QUATEST 3", ("QUATEST 1", "QUATEST 3")),
        ("QUATEST 1, QUATEST 3", ("QUATEST 1", "QUATEST 3")),
        ("Ban Thanh tra, kiểm tra", ("Ban Thanh tra, kiểm tra",)),
        ("- Ban A\n- Ban B\n- Ban A", ("Ban A", "Ban B")), ("", ()),
    ],
)  # fmt: skip
def test_units_are_parted_only_where_another_begins(written, names):
    assert units(written) == names


def test_polite_words_are_no_part_of_a_name():
    assert persons("Đ/c Đỗ Mai Lan, TS. Trần Văn Bình, Bà Nguyễn Thu Hà") == (
        "Đỗ Mai Lan", "Trần Văn Bình", "Nguyễn Thu Hà",
    )  # fmt: skip
    assert persons("Ông Ích Khiêm") == ("Ích Khiêm",)
    assert persons("Bành Thị Anh") == ("Bành Thị Anh",)


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("185/QĐ-TĐC", ("185/QĐ-TĐC", None, None)),
        ("185/QĐ-TĐC (ngày 12/03/2026)", ("185/QĐ-TĐC", date(2026, 3, 12), None)),
        ("KL số 5, mục 2.1", ("KL số 5", None, "2.1")),
        ("Họp ngày 45/13/2026", ("Họp ngày 45/13/2026", None, None)), ("", (None, None, None)),
    ],
)  # fmt: skip
def test_a_document_is_parted_into_number_date_and_item(written, parts):
    assert document_of(written, TODAY) == parts


def test_text_is_stored_composed_and_without_controls():
    row, _ = one("Báo\u0007 ca\u0301o\u200b  quy\u0301\r\n\n dòng\u00a0hai ", "Ghi chú")

    assert row.note == "Báo cáo quý\ndòng hai"
    assert text(True) == "x"
    assert text(False) == ""
    assert text(1.5) == "1.5"


def test_remarks_of_several_columns_are_one_note():
    sheet = read(
        STANDARDS, [1, "A", "một", "hai"], heading=["STT", "Nhiệm vụ", "Ghi chú", "Vướng mắc"]
    )

    assert seen(sheet, "note") == [("một\nhai",)]


def test_an_endless_text_is_named():
    assert one("x" * 5_001, "Ghi chú")[1] == [("plan_text_too_long", "C3", True)]
    assert told(read(STANDARDS, [1, "x" * 501])) == [("plan_text_too_long", "B3")]


def test_a_page_of_brackets_takes_no_time():
    begun = time.process_time()

    for column in ("Văn bản giao", "Tình trạng", "Thời hạn", "Đơn vị phối hợp", "Tiến độ"):
        one("(" * 30_000, column)
    field_of("(" * 30_000)

    assert time.process_time() - begun < 2


def test_a_code_that_is_not_ours_is_left_aside_and_said_so():
    for code in ("NV-01a", "HAL-M3"):
        row, problems = one(code, "Mã")
        assert (row.code, problems) == (None, [("plan_code_foreign", "C3", False)])


# ---------------------------------------------------------------- formulas


def test_a_formula_is_named_and_its_last_value_used_or_missed():
    cells = [
        text_cell(f"{column}1", heading) for column, heading in zip("ABCD", HEADING, strict=False)
    ]
    data = raw(
        f'<row r="1">{"".join(cells)}</row><row r="2">{text_cell("A2", "I. Tiêu chuẩn")}</row>'
        f'<row r="3"><c r="A3"><f>1</f><v>1</v></c>{text_cell("B3", "Một")}'
        '<c r="D3"><f>D2+1</f><v>46387</v></c></row>'
        f'<row r="4"><c r="A4"><f>A3+1</f></c>{text_cell("B4", "Hai")}'
        '<c r="D4"><f>D3+1</f></c></row>'
    )

    sheet = plan.parse(data, "plan.xlsx", today=TODAY).sheets[0]

    assert seen(sheet, "title", "due") == [("Một", date(2026, 12, 31)), ("Hai", None)]
    assert [(p.code, p.cell, p.is_blocking) for p in sheet.problems] == [
        ("plan_formula_value_used", "D3", False),
        ("plan_formula_without_value", "D4", True),
    ]


# ---------------------------------------------------------------- the same plan in other clothes


def test_a_workbook_and_a_csv_file_of_the_same_plan_are_read_alike():
    rows = [
        HEADING,
        STANDARDS,
        ["◆", "Mốc xa", None, "30/06/2027"],
        ["1", "Việc", "Lan", "Quý I/2027"],
    ]
    lines = "\r\n".join(";".join(cell or "" for cell in row) for row in rows)

    book = plan.parse(workbook(("Halal", rows)), "x.xlsx", today=TODAY)
    text_file = plan.parse(lines.encode("utf-8-sig"), "Halal.csv", today=TODAY)

    assert book == text_file
    assert [row.due for row in book.sheets[0].rows] == [date(2027, 6, 30), date(2027, 3, 31)]


@given(st.permutations(range(len(HEADING))))
def test_columns_may_stand_in_any_order(order):
    rows = [
        ["◆", "Công bố", None, date(2027, 6, 30), "Mốc"],
        [1, "Một", "Lan", "31/12/2026", "Báo cáo", 100, date(2026, 5, 1)],
        ["1.1", "Con", "Bình", None, None, 40, None],
    ]
    shuffled = [[row[i] if i < len(row) else None for i in order] for row in rows]

    sheet = read(["I. Tiêu chuẩn"], *shuffled, heading=[HEADING[i] for i in order])

    assert sheet.rows == read(["I. Tiêu chuẩn"], *rows).rows
    assert sheet.problems == ()


NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
CELLS = st.none() | st.text(max_size=12) | NUMBERS | st.dates() | st.booleans()


@given(st.lists(st.lists(CELLS, max_size=8), max_size=8))
def test_whatever_stands_in_the_cells_nothing_breaks(rows):
    sheet = read(*rows)

    assert from_json(json.loads(json.dumps(to_json(plan.PlanFile((sheet,)))))).sheets[0] == sheet
    assert all(row.title and "\n" not in row.title for row in sheet.rows)
    assert all(words.language("vi").sentence(p.code, **p.words) for p in sheet.problems)


# ---------------------------------------------------------------- words


def codes_in(folder):
    """All strings of the source that look like codes of refusals and problems."""
    trees = [ast.parse(path.read_text("utf-8")) for path in (ROOT / folder).rglob("*.py")]
    return {
        node.value
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node.value.isidentifier()
        and node.value.startswith(("import_", "plan_"))
    }


def test_every_refusal_and_problem_has_a_sentence():
    known = {code for code in words.SENTENCES if code.startswith(("import_", "plan_"))}

    assert codes_in("tracker/imports") - known == set()
