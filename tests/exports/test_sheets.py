from datetime import date
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

from xlsxwriter import Workbook

from tracker.exports.sheets import Sheet, csv, rows, xlsx
from tracker.words import language

VI = language("vi")
DAY = date(2026, 11, 23)
COLUMNS = (("Tên", 20, "text"), ("Ngày", 12, "date"), ("Số ngày", 9, "number"))
ROWS = [("=HYPERLINK(1)", date(2026, 12, 1), -3), (None, None, None)]


def test_text_opens_in_excel_and_never_as_a_formula():
    content = csv.render(COLUMNS, ROWS, VI)

    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig").splitlines() == [
        "Tên;Ngày;Số ngày",
        "'=HYPERLINK(1);01/12/2026;-3",
        ";;",
    ]


def test_a_workbook_has_real_dates_and_numbers_and_no_formula():
    made = xlsx.render("Sổ", [Sheet("Một", COLUMNS, ROWS)], VI, date(2026, 11, 23))

    with ZipFile(BytesIO(made)) as book:
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    ns = {"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    assert sheet.findall(".//x:f", ns) == []
    cells = sheet.findall(".//x:row[@r='2']/x:c", ns)
    assert [cell.findtext("x:v", None, ns) for cell in cells[1:]] == ["46357", "-3"]
    assert cells[0].get("t") in {"s", "inlineStr"}


def test_the_same_sheets_are_the_same_bytes():
    def made():
        return xlsx.render("Sổ", [Sheet("Một", COLUMNS, ROWS)], VI, date(2026, 11, 23))

    assert made() == made()


def test_rows_are_written_as_the_library_writes_cells():
    odd = ["a & b < c", " trước", "sau ", "hai\ndòng", "\x07", "_x0041_", "x" * 40_000]
    others = [date(2026, 12, 1), 3, 0.123456789, -1.5, None]

    def made(book, put):
        sheet = book.add_worksheet()
        put(sheet, book.add_format({"bold": True}))
        book.close()
        return ZipFile(out).read("xl/worksheets/sheet1.xml")

    def whole(sheet, face):
        sheet.put(0, 31.5, [*odd, *others], [face] * 12)

    def by_cell(sheet, face):
        sheet.set_row(0, 31.5)
        for column, value in enumerate(odd):
            sheet.write_string(0, column, value[: rows.LONGEST_CELL], face)
        for column, value in enumerate(others, len(odd)):
            sheet.write(0, column, value, face)

    out = BytesIO()
    ours = made(rows.workbook(out), whole)
    out = BytesIO()
    assert ours == made(Workbook(out, rows.OPTIONS), by_cell)


def test_text_that_looks_like_markup_stays_text():
    content = xlsx.render("Sổ", [Sheet("Một", COLUMNS, [("<r>a</r>", None, 1)])], VI, DAY)

    assert b"&lt;r&gt;a&lt;/r&gt;" in ZipFile(BytesIO(content)).read("xl/worksheets/sheet1.xml")
