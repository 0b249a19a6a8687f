"""The workbook, read as Excel's format and by LibreOffice."""

import re
import time
import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from tests.exports.reports import (
    NASTY,
    RISKS,
    VIETNAMESE,
    empty_facts,
    make_facts,
    nasty_facts,
    nasty_whole_facts,
    whole_facts,
)
from tracker.exports.report.rows import TASK_COLUMNS
from tracker.exports.report.xlsx import render
from tracker.queries.report_facts import PlanMilestoneFact, Stamp
from tracker.words import LANGUAGES, language

HEADS = [head for head, _width, _kind in TASK_COLUMNS]


def rows(content, sheet):
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_name(sheet).to_python()


def sheet_xml(content, number):
    return zipfile.ZipFile(BytesIO(content)).read(f"xl/worksheets/sheet{number}.xml").decode()


def test_the_sheets_are_summary_tasks_milestones_and_moved_dates():
    book = CalamineWorkbook.from_filelike(BytesIO(render(make_facts(), VIETNAMESE)))

    assert book.sheet_names == [
        "Tổng hợp",
        "Nhiệm vụ",
        "Các mốc tiến độ",
        "Thay đổi thời hạn",
    ]


def test_every_task_is_there_with_real_dates_and_numbers():
    content = render(make_facts(1200), VIETNAMESE)

    table = rows(content, "Nhiệm vụ")

    assert table[0] == HEADS
    assert len(table) == 1 + 1200
    second = dict(zip(HEADS, table[2], strict=True))
    assert (second["Mã"], second["Tiến độ"], second["STT"]) == ("HAL-2", 0.4, 2)
    assert second["Thời hạn"] == date(2026, 11, 2)
    assert second["Ngày hoàn thành"] == ""


def test_the_summary_has_the_four_cells_as_numbers():
    table = rows(render(make_facts(groups=3, count=60), VIETNAMESE), "Tổng hợp")

    totals = [row for row in table if row[0] == "Cộng"]
    cells = make_facts(groups=3, count=60).statistics.whole
    counts = [cells.total, cells.done_on_time, cells.done_late, cells.open_on_time]
    assert [row[1:7] for row in totals] == [[*counts, cells.open_overdue, cells.due]] * 2
    assert totals[0][7] == pytest.approx(cells.completed_share)
    assert ["Tiêu chuẩn", "Tổ công tác Halal", "Chậm tiến độ", "Có nguy cơ chậm", 3, 7] in [
        row[:6] for row in table
    ]


def test_moved_dates_have_their_reasons():
    first = rows(render(make_facts(), VIETNAMESE), "Thay đổi thời hạn")[1]

    assert first[5:11] == [
        *(date(2026, 11, 1), date(2026, 12, 5), 34, "Chờ góp ý"),
        *("Bộ Nông nghiệp và Môi trường chưa có ý kiến về phụ lục giết mổ", "Trần Văn Bình"),
    ]


def test_difficulties_and_risks_have_a_sheet_where_there_are_any():
    _heads, first, second = rows(render(make_facts(risks=RISKS), VIETNAMESE), "Khó khăn, rủi ro")

    assert first[:3] == ["HAL-R4", "Khó khăn, vướng mắc", "Thiếu chuẩn đo"]
    assert first[9:12] == ["Mượn chuẩn của QUATEST 1.", "HAL-7, HAL-M3", date(2026, 11, 2)]
    assert second[5:7] == [20, "Rất cao"]
    with zipfile.ZipFile(BytesIO(render(make_facts(), VIETNAMESE))) as book:
        assert "xl/worksheets/sheet5.xml" not in book.namelist()


def test_tasks_and_milestones_say_their_slip_in_both_kinds_of_days():
    day, later = date(2026, 12, 1), date(2026, 12, 8)
    facts = make_facts()
    slips = {"slip": 7, "slip_working": 5}
    late = replace(facts.tasks[0], approved=day, forecast=later, **slips)
    milestone = PlanMilestoneFact("HAL-M1", "Mốc", "HAL", "metrology", day, later, None, **slips)
    content = render(replace(facts, tasks=(late,), milestones=(milestone,)), VIETNAMESE)

    task = dict(zip(HEADS, rows(content, "Nhiệm vụ")[1], strict=True))
    heads, told = rows(content, "Các mốc tiến độ")
    names = ("Kế hoạch được duyệt", "Chậm (ngày)", "Chậm (ngày làm việc)")
    assert [task[name] for name in names] == [day, 7, 5]
    told = dict(zip(heads, told, strict=True))
    assert [told[name] for name in ("Kế hoạch", "Dự kiến", *names[1:])] == [day, later, 7, 5]


def test_lists_are_made_for_filtering_and_printing():
    content = render(make_facts(), VIETNAMESE)

    for number, paper in ((2, 8), (3, 9), (4, 9)):
        xml = sheet_xml(content, number)
        assert re.search(r'<pane ySplit="1".* state="frozen"', xml)
        assert '<autoFilter ref="A1:' in xml
        assert re.search(rf'<pageSetup paperSize="{paper}"[^>]* orientation="landscape"', xml)
    book = zipfile.ZipFile(BytesIO(content)).read("xl/workbook.xml").decode()
    assert book.count("_xlnm.Print_Titles") == 3
    styles = zipfile.ZipFile(BytesIO(content)).read("xl/styles.xml").decode()
    assert 'formatCode="dd/mm/yyyy"' in styles


def test_nothing_typed_can_run():
    for content in (render(nasty_whole_facts(), VIETNAMESE), render(nasty_facts(), VIETNAMESE)):
        parts = zipfile.ZipFile(BytesIO(content))
        assert all(
            b"<f>" not in parts.read(name) and b"<hyperlink" not in parts.read(name)
            for name in parts.namelist()
        )
    titles = [row[5] for row in rows(content, "Nhiệm vụ")][1:]
    assert titles[2] == NASTY[2]
    assert titles[3] == "abctxt.exe"
    assert titles[0] == NASTY[0]


def test_a_text_longer_than_a_cell_is_cut():
    content = render(make_facts(slips=(), tasks=make_facts(1).tasks, narrative={}), VIETNAMESE)
    assert len(rows(content, "Nhiệm vụ")) == 2


def test_the_same_facts_are_the_same_bytes():
    assert render(make_facts(), VIETNAMESE) == render(make_facts(), VIETNAMESE)


def test_the_file_says_what_it_is():
    parts = zipfile.ZipFile(BytesIO(render(make_facts(), VIETNAMESE)))

    assert "Tình hình thực hiện nhiệm vụ" in parts.read("docProps/core.xml").decode()
    assert "rpt-0001" in parts.read("docProps/custom.xml").decode()


@pytest.mark.office
@pytest.mark.parametrize(
    "make", [whole_facts, empty_facts, nasty_facts], ids=lambda make: make.__name__
)
def test_libreoffice_prints_it_in_landscape(run, soffice, tmp_path, make):
    path = tmp_path / "report.xlsx"
    path.write_bytes(render(make(), VIETNAMESE))

    printed = soffice(path)

    size = re.search(r"Page size:\s+([\d.]+) x ([\d.]+)", run("pdfinfo", printed))
    assert [round(float(side) * 25.4 / 72) for side in size.groups()] == [420, 297]
    assert "Kết quả thực hiện nhiệm vụ" in run("pdftotext", printed, "-")


def test_ten_thousand_tasks_take_little_time():
    facts = make_facts(10_000)
    begun = time.perf_counter()

    render(facts, VIETNAMESE)

    print(f"\nXLSX of 10,000 tasks: {time.perf_counter() - begun:.2f} s")


def test_what_happened_in_the_period_has_sheets_of_its_own_where_there_is_any():
    content = render(whole_facts(), VIETNAMESE)
    names = CalamineWorkbook.from_filelike(BytesIO(content)).sheet_names

    assert names[5:] == [
        *("So với báo cáo trước", "Xin ý kiến, quyết định", "Ý kiến chỉ đạo, nhiệm vụ giao"),
        *("Sản phẩm theo giai đoạn", "Sản phẩm chuyển giai đoạn", "Diễn biến qua các kỳ"),
        "Nguyên nhân dời ngày",
    ]
    told = {name: rows(content, name) for name in names}
    change = told["So với báo cáo trước"][3]
    assert (change[0], change[1], change[5:8]) == (
        *("Mới quá hạn", "HAL-0"),
        [date(2026, 11, 1), date(2026, 12, 5), 34],
    )
    assert told["So với báo cáo trước"][1][9] == (
        "Đúng tiến độ (tổ: đúng tiến độ) → Chậm tiến độ (tổ: có nguy cơ chậm)"
    )
    assert told["Xin ý kiến, quyết định"][1][3:6] == [
        *("Chờ quyết định", "Tách riêng\nĐể chung", "Tách riêng"),
    ]
    assert told["Ý kiến chỉ đạo, nhiệm vụ giao"][1][12:15] == [0, "Đang thực hiện", "Quá hạn"]
    assert told["Sản phẩm theo giai đoạn"][2] == ["TCVN", "Tiêu chuẩn", "Dự thảo", 4, 6]
    assert told["Diễn biến qua các kỳ"][1][:4] == [
        *("07/2026", date(2026, 6, 15), date(2026, 7, 14), 41),
    ]
    assert told["Nguyên nhân dời ngày"][2][:3] == ["không ghi nguyên nhân", 1, 1]


def test_the_summary_says_which_paper_it_goes_with():
    stamped = render(make_facts(stamp=Stamp("5/BC-TĐC", date(2026, 11, 16))), VIETNAMESE)
    draft = render(make_facts(stamp=Stamp(is_draft=True)), VIETNAMESE)

    assert [row[0] for row in rows(stamped, "Tổng hợp")[1:4]] == [
        "Từ ngày 15/10/2026 đến ngày 14/11/2026",
        "Số liệu tính đến hết ngày 14/11/2026",
        "Kèm theo Báo cáo số 05/BC-TĐC ngày 16/11/2026",
    ]
    assert rows(draft, "Tổng hợp")[3][0] == "DỰ THẢO"


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_name_of_a_sheet_is_too_long_for_excel(code):
    content = render(whole_facts(), language(code))

    names = CalamineWorkbook.from_filelike(BytesIO(content)).sheet_names
    assert len(names) == 12
    assert max(map(len, names)) <= 31
