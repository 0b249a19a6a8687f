"""The CSV file, as Excel in Viet Nam and as a program reads it."""

import csv
from io import StringIO

from tests.exports.reports import VIETNAMESE, empty_facts, make_facts, nasty_facts
from tracker.exports.report.csv import render
from tracker.exports.report.rows import TASK_COLUMNS
from tracker.lib.sheets import csv_plain

HEADS = [head for head, _width, _kind in TASK_COLUMNS]


def read(content):
    text = StringIO(content.decode("utf-8-sig"), newline="")
    return list(csv.DictReader(text, delimiter=";"))


def test_it_begins_with_the_mark_excel_looks_for_and_is_split_by_semicolons():
    content = render(make_facts(), VIETNAMESE)

    assert content.startswith("\ufeffSTT;Mã;Tổ công tác;".encode())
    assert content.endswith(b"\r\n")


def test_it_has_every_task_in_the_order_of_the_plan():
    facts = make_facts(1200)

    assert [row["Mã"] for row in read(render(facts, VIETNAMESE))] == [t.code for t in facts.tasks]


def test_dates_and_shares_are_written_as_people_write_them():
    row = read(render(make_facts(), VIETNAMESE))[1]

    assert (row["Thời hạn"], row["Ngày hoàn thành"], row["Tiến độ"]) == ("02/11/2026", "", "40%")


def test_nothing_typed_can_run():
    rows = read(render(nasty_facts(), VIETNAMESE))

    assert rows[2]["Nhiệm vụ"] == '\'=HYPERLINK("http://example.test")'
    assert csv_plain(rows[2]["Nhiệm vụ"]) == '=HYPERLINK("http://example.test")'
    assert rows[3]["Nhiệm vụ"] == "abctxt.exe"


def test_without_tasks_there_is_the_head():
    content = render(empty_facts(), VIETNAMESE)

    assert content.decode("utf-8-sig") == ";".join(HEADS) + "\r\n"
