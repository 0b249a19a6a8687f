import json
from datetime import date

from tracker.lib.plan_file import (
    Column,
    PlanFile,
    PlanRow,
    PlanSheet,
    Problem,
    RowKind,
    from_json,
    to_json,
)

ROW = PlanRow(
    7,
    RowKind.TASK,
    "Soạn dự thảo",
    "standards",
    cooperating_units=("QUATEST 1",),
    due=date(2026, 12, 31),
    participants=("Đỗ Mai Lan",),
)
PROBLEM = Problem("Halal", "G8", 8, "plan_date_unreadable", {"value": "mai"}, is_blocking=True)
FILE = PlanFile(
    (PlanSheet("Halal", "Halal", (ROW,), (PROBLEM,), (Column("B5", "Nhiệm vụ", "title"),)),),
    (Problem("Nháp", None, None, "plan_sheet_hidden"),),
)


def test_a_plan_comes_back_from_json_as_it_went():
    assert from_json(json.loads(json.dumps(to_json(FILE)))) == FILE


def test_fields_that_a_later_version_added_are_left_out():
    stored = to_json(FILE)
    stored["sheets"][0]["rows"][0]["colour"] = "red"

    assert from_json(stored) == FILE


def test_a_problem_says_where_it_is():
    words = {"sheet": "Halal", "cell": "G8", "row": 8, "value": "mai"}

    assert PROBLEM.words == words


def test_all_problems_are_those_of_the_file_then_of_its_sheets():
    assert [problem.sheet for problem in FILE.all_problems] == ["Nháp", "Halal"]
