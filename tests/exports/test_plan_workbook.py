"""The shipped workbooks are read back by our own import without a word."""

from collections import Counter
from datetime import date

import time_machine

from tracker.exports import plan_workbook
from tracker.exports.plan_workbook.content import EXAMPLE, NOTES, Milestone, Task
from tracker.imports import plan
from tracker.imports.spreadsheet import sandbox
from tracker.models.enums import Strand

TODAY = date(2026, 11, 22)


def test_the_example_is_read_back_whole_and_without_a_problem():
    read = plan.parse(plan_workbook.example(), "example.xlsx", today=TODAY)

    [sheet] = read.sheets
    kinds = Counter(row.kind for row in sheet.rows)
    assert read.all_problems == ()
    assert sheet.group_name == "Hydro xanh"
    assert kinds == {"milestone": 8, "task": 22, "subtask": 2}
    assert {row.strand for row in sheet.rows} == set(Strand)
    assert {row.status for row in sheet.rows if row.kind != "milestone"} == {
        "todo",
        "doing",
        "done",
    }
    assert all(row.milestone for row in sheet.rows if row.kind != "milestone")


def test_each_value_of_the_example_comes_back():
    [sheet] = plan.parse(plan_workbook.example(), "example.xlsx", today=TODAY).sheets

    written = [
        (task.title, task.document, task.lead_unit, task.owner, task.due, task.result,
         task.progress, task.finished_on, task.note or None)
        for task in EXAMPLE if isinstance(task, Task)
    ]  # fmt: skip
    read = [
        (row.title, row.assigning_document, row.lead_unit, row.owner, row.due, row.result,
         row.progress, row.finished_on, row.note)
        for row in sheet.rows if row.kind != "milestone"
    ]  # fmt: skip
    assert read == written
    assert [(row.title, row.due) for row in sheet.rows if row.kind == "milestone"] == [
        (each.title, each.due) for each in EXAMPLE if isinstance(each, Milestone)
    ]


def test_the_template_is_read_back_empty_and_understood_in_every_column():
    read = plan.parse(plan_workbook.template(), "template.xlsx", today=TODAY)

    [sheet] = read.sheets
    assert (sheet.rows, sheet.group_name, read.all_problems) == ((), None, ())
    assert [column.heading for column in sheet.columns if column.field is None] == []


def test_the_template_explains_itself_in_both_languages():
    book = sandbox.read(plan_workbook.template(), "template.xlsx")

    [notes] = [sheet for sheet in book.sheets if sheet.name == "Hướng dẫn"]
    assert list(notes.rows.values()) == list(NOTES)


def test_the_same_bytes_come_out_whenever_they_are_made():
    with time_machine.travel(date(2026, 1, 1)):
        before = plan_workbook.example(), plan_workbook.template()
    with time_machine.travel(date(2027, 1, 1)):
        after = plan_workbook.example(), plan_workbook.template()

    assert before == after
