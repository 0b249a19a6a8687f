import json

import pytest

from tests import factories as make
from tracker import cli
from tracker.cli import deliverables as command
from tracker.lib.stages import StageRole
from tracker.models import Deliverable, StageMove

RECORDS = [
    {"id": 1, "reference": "ISO/DIS 1", "currentStage": 4020, "ownerCommittee": "ISO/TC 207/SC 7"},
    {"id": 2, "reference": "ISO 2:2020", "currentStage": 6060, "ownerCommittee": "ISO/TC 34"},
]


@pytest.fixture
def run(app, runner, tmp_path, set_up, cast):
    """`run(records, "--dry-run")` runs the command on a file, for HAL."""
    with set_up() as session:
        kind = make.kind(session, "ISO")
        make.stage(session, kind, "40.20", is_repeatable=True)
        make.stage(session, kind, "60.60", role=StageRole.GOAL)

    def ran(records, *options, group="HAL"):
        path = tmp_path / "iso.jsonl"
        lines = (one if isinstance(one, str) else json.dumps(one) for one in records)
        path.write_text("\n".join(lines), encoding="utf-8")
        words = ["deliverables", "import", str(path), "--group", group, "--strand", "standards"]
        return runner.invoke(cli.root(), [*words, *options], obj=lambda: app)

    return ran


def references(set_up):
    with set_up() as session:
        return [row.reference for row in session.query(Deliverable).order_by(Deliverable.id)]


def test_records_are_taken_and_twice_changes_nothing(run, set_up):
    first, second = run(RECORDS), run(RECORDS)

    assert "Đã đọc 2 bản ghi, trong đó 2 bản ghi cần lấy.\n2 mới, 0 thay đổi" in first.output
    assert "0 mới, 0 thay đổi, 2 không đổi" in second.output
    assert references(set_up) == ["ISO/DIS 1", "ISO 2:2020"]


def test_what_changed_since_is_followed(run, set_up):
    run(RECORDS)

    answer = run([{**RECORDS[0], "reference": "ISO 1:2026", "currentStage": 6060}])

    assert "1 thay đổi" in answer.output
    assert references(set_up)[0] == "ISO 1:2026"
    with set_up() as session:
        assert session.query(StageMove).count() == 3


def test_a_dry_run_tells_and_writes_nothing(run, set_up):
    answer = run(RECORDS, "--dry-run")

    assert "+ ISO/DIS 1  40.20" in answer.output
    assert "Chưa ghi gì (--dry-run)." in answer.output
    assert references(set_up) == []


@pytest.mark.parametrize(
    "options",
    [("--committee", "ISO/TC 207"), ("--reference", "dis"), ("--committee", "ISO/TC 207/SC 7")],
)
def test_only_what_is_wanted_is_taken(run, set_up, options):
    run(RECORDS, *options)

    assert references(set_up) == ["ISO/DIS 1"]


def test_lines_that_cannot_be_read_are_told_and_the_rest_is_taken(run, set_up):
    answer = run([RECORDS[0], "{broken", {**RECORDS[1], "currentStage": 7777}])

    assert answer.exit_code == 0
    assert "! dòng 2: Dòng không phải một bản ghi JSON" in answer.stderr
    assert "! dòng 3: Loại sản phẩm này không có giai đoạn 77.77." in answer.stderr
    assert "1 không nhập được.\n1 dòng không đọc được." in answer.output
    assert references(set_up) == ["ISO/DIS 1"]


def test_a_file_of_another_kind_is_refused_without_a_flood(run):
    answer = run(["<html>"] * 100)

    assert answer.exit_code == 1
    assert answer.stderr.count("! dòng") == command.MOST_TOLD
    assert "Tệp không có bản ghi nào khớp" in answer.stderr


def test_batches_are_stored_one_by_one(run, set_up, monkeypatch):
    monkeypatch.setattr(command, "BATCH", 3)
    records = [{"id": n, "reference": f"ISO {n}"} for n in range(1, 9)]

    answer = run([*records, {"id": 3, "reference": "ISO 3"}])

    assert "8 mới" in answer.output
    assert "bản ghi đã có ở dòng 3" in answer.stderr.casefold()
    assert len(references(set_up)) == 8


def test_an_unknown_group_or_kind_is_named(run):
    assert "Không có tổ công tác XXX. Các tổ: HAL, SOL." in run(RECORDS, group="XXX").stderr
    assert "Các loại: ISO." in run(RECORDS, "--kind", "ABC").stderr
