from dataclasses import replace
from datetime import date
from io import BytesIO
from subprocess import run

import pytest
from docx import Document
from python_calamine import CalamineWorkbook

from tracker.exports.report import directives as files
from tracker.lib.lateness import FourCells, Lateness
from tracker.models import Priority, Strand, TaskStatus
from tracker.queries.directives import Head, Line, UnitName
from tracker.words import language

TODAY = date(2026, 11, 23)
VI, EN = language("vi"), language("en")
QUATEST = UnitName("Trung tâm 1", "Centre 1", "QUATEST 1")
LINE = Line(
    code="HAL-48",
    title="=Hồ sơ đăng ký",
    group_key="HAL",
    group_name="Halal",
    group_name_en="Halal",
    strand=Strand.METROLOGY,
    document="214/TB-TĐC",
    document_date=date(2026, 10, 20),
    item="mục 4",
    given_by="Lê Quang Toàn",
    given_on=date(2026, 10, 21),
    lead_unit=QUATEST,
    cooperating=(UnitName("BoA", None, None), QUATEST),
    owner="Trần Văn Bình",
    due=date(2026, 11, 20),
    forecast=date(2026, 12, 5),
    finished_on=None,
    result="Hồ sơ AFL",
    progress=30,
    priority=Priority.URGENT,
    status=TaskStatus.DOING,
    lateness=Lateness.OVERDUE,
    days_late=3,
    recalled_why="",
    note="Đang bổ sung.",
)
DONE = replace(
    LINE,
    status=TaskStatus.DONE,
    lateness=Lateness.DONE_LATE,
    finished_on=date(2026, 11, 22),
    document="",
    item="",
)
NOBODY = replace(LINE, owner="", note="Chờ.", lateness=Lateness.ON_TIME, cooperating=())
RECALLED = replace(
    LINE, status=TaskStatus.DROPPED, lateness=None, recalled_why="Lồng vào\nhội nghị năm."
)
LINES = [LINE, DONE, NOBODY, RECALLED]
HEAD = Head(FourCells(done_on_time=2, done_late=1, open_on_time=4, open_overdue=1, dropped=1))
# The columns people expect (domain.md §1.5).
HEADS = [
    *("STT", "Nhiệm vụ", "Văn bản giao", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời hạn"),
    *("Sản phẩm", "Tiến độ, kết quả", "Tình trạng", "Ghi chú"),
]


def test_the_text_opens_in_excel_and_runs_nothing():
    made = files.as_csv([replace(LINE, result="=cmd()", owner="")], HEAD, VI, TODAY)
    heads, row = made.decode("utf-8").splitlines()

    assert heads == "\ufeff" + ";".join(HEADS)
    assert row == (
        "1;'=Hồ sơ đăng ký (HAL-48);214/TB-TĐC (20/10/2026), mục 4;Trung tâm 1;BoA; Trung tâm 1;"
        "20/11/2026;'=cmd();30%;Đang thực hiện, quá hạn;Chưa có người nhận. Đang bổ sung."
    ).replace("BoA; Trung", '"BoA; Trung').replace("Trung tâm 1;20/11", 'Trung tâm 1";20/11')


def test_the_workbook_has_real_dates_and_the_four_cells():
    book = CalamineWorkbook.from_filelike(BytesIO(files.as_xlsx(LINES, HEAD, VI, TODAY)))
    rows, sums = (book.get_sheet_by_name(name).to_python() for name in book.sheet_names)

    assert book.sheet_names == ["Ý kiến chỉ đạo, nhiệm vụ giao", "Tổng hợp"]
    assert rows[0] == HEADS
    assert [row[0] for row in rows[1:]] == [1, 2, 3, 4]
    assert rows[1][1] == "=Hồ sơ đăng ký (HAL-48)"
    assert rows[1][5] == date(2026, 11, 20)
    assert rows[2][2] == "Ý kiến chỉ đạo của Lê Quang Toàn ngày 21/10/2026"
    assert rows[2][7:9] == ["Xong ngày 22/11/2026", "Hoàn thành quá hạn"]
    assert rows[3][9] == "Chưa có người nhận. Chờ."
    assert rows[4][8:] == ["Dừng thực hiện", "Đã thu hồi: Lồng vào hội nghị năm."]
    assert [row[1] for row in sums[1:]] == [8, 2, 1, 4, 1, 3, 4, 1]
    assert [row[2] for row in sums[1:] if row[2] != ""] == [0.25, 0.75]


def test_the_paper_is_an_annex_with_the_columns_of_a_report():
    document = Document(BytesIO(files.as_docx(LINES, HEAD, VI, TODAY)))
    (table,) = document.tables
    said = [paragraph.text for paragraph in document.paragraphs if paragraph.text]

    assert [cell.text for cell in table.rows[0].cells] == HEADS
    assert len(table.rows) == 1 + len(LINES)
    assert said[:2] == ["Phụ lục", "DANH MỤC NHIỆM VỤ LÃNH ĐẠO GIAO VÀ TÌNH HÌNH THỰC HIỆN"]
    assert "Số liệu đến ngày 23/11/2026" in said[2]
    assert "Tính trên 4 nhiệm vụ đến hạn: tỷ lệ hoàn thành 75%, tỷ lệ quá hạn 25%." in said[-1]
    (section,) = document.sections
    assert section.page_width > section.page_height
    assert section.left_margin.mm == pytest.approx(30, abs=0.1)


def test_the_same_list_is_the_same_bytes_and_units_are_named_in_the_language():
    for kind in files.KINDS.values():
        assert kind.render(LINES, HEAD, VI, TODAY) == kind.render(LINES, HEAD, VI, TODAY)
    assert "Centre 1" in files.as_csv([LINE], HEAD, EN, TODAY).decode()


def test_paper_ends_where_nobody_reads_on():
    document = Document(BytesIO(files.as_docx([LINE] * 501, Head(), VI, TODAY)))

    assert len(document.tables[0].rows) == 501
    assert "Bảng in 500 dòng trong tổng số 501 dòng" in document.paragraphs[-1].text


@pytest.mark.parametrize("name", ["docx", "xlsx"])
def test_libreoffice_opens_it(soffice, tmp_path, name):
    path = tmp_path / f"list.{name}"
    path.write_bytes(files.KINDS[name].render(LINES, HEAD, VI, TODAY))
    printed = run(["pdftotext", soffice(path), "-"], capture_output=True, check=True)

    assert "HAL-48" in printed.stdout.decode()
