"""Files of any kind become cells, and hostile ones harm nobody."""

import csv
import json
import os
import resource
import sys
import threading
import zipfile
from datetime import date, datetime
from io import BytesIO, StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.imports.workbooks import raw, text_cell, workbook
from tracker.errors import ImportRefusedError
from tracker.imports.spreadsheet import archive, delimited, limits, reader, sandbox, xlsx
from tracker.imports.spreadsheet.book import (
    Book,
    Merge,
    Sheet,
    address,
    from_json,
    position,
    to_json,
)
from tracker.lib.sheets import csv_safe

CELLS = st.none() | st.text() | st.floats(allow_nan=False) | st.booleans() | st.dates()
MEGABYTE = 1024 * 1024


def refusal(data, name="plan.xlsx", read=sandbox.read):
    with pytest.raises(ImportRefusedError) as caught:
        read(data, name)
    return caught.value.code, caught.value.values


def rows(data, name="plan.csv"):
    return dict(reader.read(data, name).sheets[0].rows)


# ---------------------------------------------------------------- cells and their names


@pytest.mark.parametrize(
    ("row", "column", "name"),
    [
        (1, 1, "A1"),
        (12, 6, "F12"),
        (3, 26, "Z3"),
        (3, 27, "AA3"),
        (1_048_576, 16_384, "XFD1048576"),
    ],
)
def test_a_cell_is_named_as_in_excel(row, column, name):
    assert address(row, column) == name
    assert position(name) == (row, column)


@pytest.mark.parametrize("name", ["", "A", "12", "A1B", "ABCD1", "A12345678", "Đ1"])
def test_what_is_no_cell_name_has_no_position(name):
    assert position(name) is None


@given(st.lists(st.lists(CELLS, max_size=4), max_size=4))
def test_a_book_survives_json(table):
    sheet = Sheet(
        name="Halal",
        rows={number: tuple(cells) for number, cells in enumerate(table, start=1)},
        merges=(Merge(1, 1, 1, 3),),
        formulas={"A1": True},
        is_hidden=True,
    )

    assert from_json(json.loads(json.dumps(to_json(Book((sheet,)))))) == Book((sheet,))


# ---------------------------------------------------------------- workbooks


def test_cells_of_every_kind_are_read():
    data = workbook(("Tờ 1", [[], ["Chữ", 5, 0.45, True, date(2026, 12, 31)], [None, "B3"]]))

    sheet = sandbox.read(data, "plan.xlsx").sheets[0]

    assert sheet.name == "Tờ 1"
    assert dict(sheet.rows) == {
        2: ("Chữ", 5.0, 0.45, True, date(2026, 12, 31)),
        3: (None, "B3", None, None, None),
    }


def test_merged_ranges_and_hidden_sheets_are_told():
    data = workbook(("Hiện", []), ("Ẩn", []), merges=[("B2:D3", "gộp")], hidden=["Ẩn"])

    book = xlsx.read(data)

    assert [(sheet.name, sheet.is_hidden) for sheet in book.sheets] == [
        ("Hiện", False),
        ("Ẩn", True),
    ]
    assert tuple(book.sheets[0].merges) == (Merge(2, 2, 3, 4),)


def test_a_formula_is_named_with_whether_its_value_is_known():
    data = raw(
        '<row r="1"><c r="A1"><f>1+1</f></c><c r="B1"><f>1+1</f><v>2</v></c>'
        '<c r="C1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="D1" t="e"><v>#N/A</v></c></row>'
    )

    sheet = xlsx.read(data).sheets[0]

    assert dict(sheet.formulas) == {"A1": False, "B1": True, "C1": False, "D1": False}
    assert dict(sheet.rows) == {1: (None, 2.0, None, None)}


def test_a_zero_that_waits_for_computation_is_no_value():
    cells = '<row r="1"><c r="A1"><f>1+1</f><v>0</v></c><c r="B1"><f>1+1</f><v>2</v></c></row>'
    data = raw(cells, calculation='<calcPr fullCalcOnLoad="1"/>')

    assert dict(xlsx.read(data).sheets[0].formulas) == {"A1": False, "B1": True}


def test_cells_without_a_reference_follow_the_one_before():
    data = raw('<row><c><v>1</v></c><c><f>2</f></c></row><row><c r="C2"/><c><f>3</f></c></row>')

    assert dict(xlsx.read(data).sheets[0].formulas) == {"B1": False, "D2": False}


def test_cells_that_hold_nothing_are_passed_over():
    data = raw('<row r="1"><c r="A1"><v/></c><c r="B1"><v>1</v></c></row>')

    assert dict(xlsx.read(data).sheets[0].rows) == {1: (None, 1.0)}


def test_borders_down_to_the_last_row_are_no_reach():
    data = raw('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"/></row>')

    assert dict(sandbox.read(data, "plan.xlsx").sheets[0].rows) == {1: (1.0,)}


# ---------------------------------------------------------------- refusals


def zipped(**members):
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as written:
        for name, contents in members.items():
            written.writestr(name.replace("__", "/"), contents)
    return stream.getvalue()


def with_flag(data, flag):
    """The same zip, its first member marked in the directory."""
    at = data.index(b"PK\x01\x02") + 8
    return data[:at] + bytes([data[at] | flag]) + data[at + 1 :]


OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ROWS_TOO_MANY = "".join(
    f'<row r="{n}">{text_cell(f"A{n}", "x")}</row>' for n in range(1, limits.ROWS + 2)
)


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"Xin chao", "plan.xlsx", "import_not_a_spreadsheet"),
        (b"%PDF-1.7 \x00", "plan.pdf", "import_not_a_spreadsheet"),
        (b"\x89PNG\r\n\x1a\n\x00", "plan.csv", "import_not_a_spreadsheet"),
        (OLE2 + "EncryptedPackage".encode("utf-16-le"), "plan.xlsx", "import_password"),
        (OLE2 + b"Workbook", "plan.xls", "import_old_format"),
        (zipped(mimetype="application/vnd.oasis"), "plan.ods", "import_other_format"),
        (with_flag(zipped(xl__workbook="x"), 1), "plan.xlsx", "import_password"),
        (b"PK\x03\x04 not a zip", "plan.xlsx", "import_damaged"),
        (raw("<row r='1'>")[:400], "plan.xlsx", "import_damaged"),
        (raw("<row r='1'><c r='A1'>"), "plan.xlsx", "import_damaged"),
        (raw("<row r='1'><c r='1A'><v>1</v></c></row>"), "plan.xlsx", "import_damaged"),
        (raw("", before="<!DOCTYPE x [<!ENTITY a 'b'>]>"), "plan.xlsx", "import_damaged"),
        (raw("", parts=[("xl/big.xml", b" " * 99 * MEGABYTE)]), "plan.xlsx", "import_zip_bomb"),
        (raw("", parts=[("media.bin", b" " * 101 * MEGABYTE)]), "plan.xlsx", "import_zip_bomb"),
        (raw(ROWS_TOO_MANY), "plan.xlsx", "import_too_many_rows"),
        (raw("<row r='1'><c r='CW1'><v>1</v></c></row>"), "plan.xlsx", "import_too_many_columns"),
        (b"a;b\n" * (limits.ROWS + 1), "plan.csv", "import_too_many_rows"),
        (b"a;" * limits.COLUMNS + b"b", "plan.csv", "import_too_many_columns"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused_with_its_reason(data, name, code):
    assert refusal(data, name)[0] == code
    assert refusal(data, name, reader.read)[0] == code


def test_a_file_over_the_limit_is_refused_before_anything_is_started():
    assert refusal(b"") == ("import_empty_file", {})
    assert refusal(b"PK\x03\x04" + bytes(50 * MEGABYTE)) == ("import_too_large", {"limit_mb": 20})


def test_one_cell_in_the_far_corner_is_named_and_harms_nobody():
    data = raw('<row r="1000000"><c r="WQJ1000000"><v>1</v></c></row>')

    code, values = refusal(data)
    assert refusal(data, read=reader.read) == (code, values)

    assert (code, values["cell"], values["sheet"]) == ("import_cell_far_away", "WQJ1000000", "A")


def test_rows_of_all_sheets_count_together(monkeypatch):
    monkeypatch.setattr(limits, "ROWS", 3)
    data = workbook(("A", [["x"], ["x"]]), ("B", [["x"], ["x"]]))

    assert refusal(data, read=reader.read)[0] == "import_too_many_rows"


def test_too_many_sheets_are_refused(monkeypatch):
    monkeypatch.setattr(limits, "SHEETS", 1)

    assert refusal(workbook(("A", []), ("B", [])), read=reader.read)[0] == "import_too_many_sheets"


def test_what_comes_out_of_a_zip_is_counted_whatever_its_directory_says(monkeypatch):
    monkeypatch.setattr(limits, "UNZIPPED_BYTES", 100)
    monkeypatch.setattr(archive, "_check_directory", lambda members: None)

    with pytest.raises(ImportRefusedError, match="import_zip_bomb"):
        archive.parts(raw("<row/>" * 100))


def test_one_long_text_shared_by_all_cells_ends_the_child_only():
    strings = "<sst xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><si><t>"
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 5_000))
    data = raw(cells, parts=[("xl/sharedStrings.xml", strings + "a" * 900_000 + "</t></si></sst>")])

    assert refusal(data) == ("import_too_heavy", {})


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("import os; os.abort()", "import_too_heavy"),
        ("raise SystemExit(1)", "import_damaged"),
        ("import time; time.sleep(30)", "import_too_heavy"),
    ],
)
def test_whatever_happens_to_the_child_is_a_refusal(monkeypatch, tmp_path, code, expected):
    (tmp_path / "mishap.py").write_text(code)
    monkeypatch.setattr(sandbox, "_READER", "mishap")
    monkeypatch.setattr(sandbox, "_ROOT", tmp_path)
    monkeypatch.setattr(limits, "CHILD_WALL_SECONDS", 3)

    assert refusal(b"a;b") == (expected, {})


def test_the_child_gets_no_secret_of_the_server(monkeypatch, tmp_path):
    (tmp_path / "teller.py").write_text(
        "import json, os, sys\n"
        "json.dump({'refused': 'x', 'values': {'names': sorted(os.environ)}}, sys.stdout)"
    )
    monkeypatch.setenv("SECRET_KEY", "s3cret")
    monkeypatch.setattr(sandbox, "_READER", "teller")
    monkeypatch.setattr(sandbox, "_ROOT", tmp_path)

    assert "SECRET_KEY" not in refusal(b"a;b")[1]["names"]
    assert "SECRET_KEY" in os.environ


def test_only_so_many_files_are_read_at_once(monkeypatch):
    monkeypatch.setattr(sandbox, "_turns", threading.BoundedSemaphore(1))
    monkeypatch.setattr(limits, "CHILD_WALL_SECONDS", 0.01)

    with sandbox._turns:
        assert refusal(b"a;b") == ("import_busy", {})


def test_reading_a_small_file_starts_quickly():
    data = workbook(("A", [["STT", "Nhiệm vụ"]]))
    sandbox.read(data, "plan.xlsx")
    begun = os.times()

    sandbox.read(data, "plan.xlsx")

    ended = os.times()  # the child's own time, however busy the machine is
    assert ended.children_user - begun.children_user < 2


# ---------------------------------------------------------------- the child, looked at from inside


def test_the_child_answers_in_json(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["reader", "Halal.csv"])
    monkeypatch.setattr(sys, "stdin", type("Stdin", (), {"buffer": BytesIO(b"a;b")})())
    monkeypatch.setattr(reader, "_limit", lambda: None)

    reader.main()

    assert from_json(json.loads(capsys.readouterr().out)["book"]).sheets[0].rows == {1: ("a", "b")}


def test_the_child_limits_its_memory_time_and_core(monkeypatch):
    asked = {}
    monkeypatch.setattr(resource, "setrlimit", lambda what, limit: asked.update({what: limit}))

    reader._limit()

    assert asked == {
        resource.RLIMIT_AS: (limits.CHILD_MEMORY_BYTES,) * 2,
        resource.RLIMIT_CPU: (limits.CHILD_CPU_SECONDS,) * 2,
        resource.RLIMIT_CORE: (0, 0),
    }


def test_the_child_tells_of_too_much_text_and_of_no_memory(monkeypatch):
    monkeypatch.setattr(limits, "TEXT_CHARACTERS", 3)
    assert reader.answer(b"ab;cd", "a.csv") == {"refused": "import_too_heavy", "values": {}}

    def no_memory(data, file_name):
        raise MemoryError

    monkeypatch.setattr(reader, "read", no_memory)
    assert reader.answer(b"ab;cd", "a.csv") == {"refused": "import_too_heavy", "values": {}}


# ---------------------------------------------------------------- text with separators


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_csv_is_read_with_any_usual_separator_and_encoding(separator, encoding):
    text = separator.join(["STT", "Nhiệm vụ", "Thời hạn"]) + "\r\n1" + separator + "Đo lường"

    assert rows(text.encode(encoding)) == {1: ("STT", "Nhiệm vụ", "Thời hạn"), 2: ("1", "Đo lường")}


def test_the_old_vietnamese_code_page_is_read():
    assert rows("Nhiê\u0323m vu\u0323;Đo lươ\u0300ng".encode("cp1258")) == {
        1: ("Nhiê\u0323m vu\u0323", "Đo lươ\u0300ng")
    }


def test_the_hint_of_excel_names_the_separator_and_is_no_row():
    assert rows(b"sep=,\r\na,b;c\r\n") == {1: ("a", "b;c")}


def test_commas_inside_texts_do_not_make_columns():
    text = "STT;Nhiệm vụ\n1;Thanh tra, kiểm tra, giám sát, xử lý\n2;Một, hai, ba, bốn\n"

    assert rows(text.encode())[2] == ("1", "Thanh tra, kiểm tra, giám sát, xử lý")


def test_a_formula_in_csv_is_no_value_but_our_own_guard_is_taken_off():
    sheet = delimited.read("=1+1;'=x;-5;'tên'".encode(), name="A").sheets[0]

    assert dict(sheet.rows) == {1: (None, "=x", "-5", "'tên'")}
    assert dict(sheet.formulas) == {"A1": False}


def test_empty_text_is_a_sheet_without_rows():
    assert rows(b"\n\n;;\n") == {}


def test_a_number_without_end_is_only_text():
    data = raw('<row r="1"><c r="A1"><v>1e999</v></c></row>')

    assert dict(xlsx.read(data).sheets[0].rows) == {1: ("inf",)}


def test_a_time_of_day_is_left_off_a_date():
    data = workbook(("A", [[datetime(2026, 5, 1, 8, 30)]]))  # noqa: DTZ001 - Excel knows no zones

    assert dict(xlsx.read(data).sheets[0].rows) == {1: (date(2026, 5, 1),)}


def test_an_endless_field_is_refused():
    assert refusal(b'"' + b"x" * 200_000 + b'"', "a.csv", reader.read)[0] == "import_damaged"


TEXTS = st.text(st.characters(exclude_categories=["C", "Z"]), max_size=8)


@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=1, max_size=5))
def test_csv_written_by_us_reads_back(table):
    guarded = StringIO()
    csv.writer(guarded, delimiter=";").writerows(
        [["STT", "Nhiệm vụ", "Ghi chú"], *([csv_safe(cell) for cell in row] for row in table)]
    )

    read = rows(guarded.getvalue().encode("utf-8-sig"))

    expected = {
        number: tuple(cell or None for cell in row)
        for number, row in enumerate(table, start=2)
        if any(row)
    }
    assert {number: row for number, row in read.items() if number > 1} == expected
