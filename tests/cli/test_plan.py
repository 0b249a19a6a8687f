from datetime import date

import pytest

from tests import factories as make
from tests.imports.workbooks import workbook
from tracker import cli
from tracker.exports import plan_workbook
from tracker.models import Change, Import, Strand, Task

HEADING = ["STT", "Nhiệm vụ", "Người phụ trách", "Thời hạn"]
DUE = date(2026, 12, 31)


@pytest.fixture
def run(app, runner, tmp_path, root):
    """`run(workbook, "--dry-run")` runs the command on a file."""

    def ran(data, *options, name="Kế hoạch.xlsx"):
        path = tmp_path / name
        path.write_bytes(data)
        return runner.invoke(root, ["plan", "import", str(path), *options], obj=lambda: app)

    return ran


@pytest.fixture
def root():
    return cli.root()


def a_plan(*rows, name="Hal"):
    return workbook((name, [HEADING, ["I. Tiêu chuẩn"], *rows]))


SMALL = a_plan(["◆", "Công bố TCVN", None, DUE], [1, "Soạn dự thảo", "Đỗ Mai Lan", DUE])


def titles(set_up):
    with set_up() as session:
        tasks = session.query(Task).filter(Task.code.startswith("HAL-")).order_by(Task.position)
        return [task.title for task in tasks]


def test_a_plan_is_imported_and_can_be_taken_back_in_the_browser(run, set_up):
    result = run(SMALL)

    assert result.exit_code == 0, result.output
    assert "Hal → Tổ công tác Hal (HAL)" in result.output
    assert "+     3  ◆ Công bố TCVN" in result.output
    assert "2 mới · 1 người sẽ thêm" in result.output
    assert titles(set_up) == ["Soạn dự thảo"]
    with set_up() as session:
        import_ = session.query(Import).one()
        assert (import_.state, import_.person_id) == ("applied", None)
        assert session.query(Change).filter_by(cause=f"import:{import_.id}").count() == 3


def test_a_dry_run_writes_nothing(run, set_up):
    result = run(SMALL, "--dry-run")

    assert result.exit_code == 0
    assert "Chưa ghi gì" in result.output
    assert titles(set_up) == []
    with set_up() as session:
        assert session.query(Import).count() == 0


def test_the_same_file_twice_changes_nothing(run, set_up):
    run(SMALL)

    result = run(SMALL)

    assert result.exit_code == 0
    assert "2 không đổi" in result.output
    assert "Tệp không có gì khác với kế hoạch đang có." in result.output


def test_rows_that_stay_are_listed_when_asked_for(run):
    run(SMALL)

    assert "=     4  Soạn dự thảo [HAL-1]" not in run(SMALL).output
    assert "=     4  Soạn dự thảo [HAL-1]" in run(SMALL, "--all-rows").output


def test_a_sheet_goes_into_the_group_that_is_said(run, set_up):
    example = plan_workbook.example()

    unclear = run(example)
    done = run(example, "--group", "hal")

    assert (unclear.exit_code, done.exit_code) == (1, 0)
    assert 'Hãy thêm --group "Hydro xanh=MÃ"' in unclear.output
    assert len(titles(set_up)) == 24


def test_a_key_alone_is_for_the_sheets_without_a_group(run, set_up):
    two = workbook(
        ("Hal", [HEADING, ["I. Tiêu chuẩn"], [1, "Một"]]),
        ("Khác", [HEADING, ["I. Tiêu chuẩn"], [1, "Hai"]]),
    )

    assert run(two, "--group", "HAL").exit_code == 0
    assert titles(set_up) == ["Một", "Hai"]


@pytest.mark.parametrize(
    ("group", "sentence"),
    [
        ("XYZ", "Không có tổ công tác XYZ."),
        ("Không có=HAL", "Tệp không có trang «Không có»."),
    ],
)
def test_a_group_or_sheet_that_is_not_there_is_refused(run, group, sentence):
    result = run(SMALL, "--group", group)

    assert result.exit_code == 1
    assert sentence in result.output


def test_a_key_alone_for_sheets_that_all_have_a_group_is_refused(run):
    two = workbook(*((name, [HEADING, ["I. Tiêu chuẩn"], [1, "Một"]]) for name in ("Hal", "Sol")))

    assert run(two, "--group", "HAL").exit_code == 1


def test_a_moved_date_needs_a_reason(run, set_up, cast):
    with set_up() as session:
        stream = make.stream_of(session, cast, strand=Strand.STANDARDS)
        make.task(session, stream, title="Soạn dự thảo", due=date(2026, 12, 1))
    plan = a_plan([1, "Soạn dự thảo", None, DUE])

    silent = run(plan)
    vague = run(plan, "--reason", "other")
    done = run(plan, "--reason", "budget")

    assert (silent.exit_code, vague.exit_code, done.exit_code) == (1, 2, 0)
    assert "Thời hạn: 01/12/2026 → 31/12/2026" in silent.output
    assert "Hãy chọn lý do dời ngày. (--reason)" in silent.output


def test_a_near_title_has_to_be_settled(run, set_up, cast):
    with set_up() as session:
        stream = make.stream_of(session, cast, strand=Strand.STANDARDS)
        make.task(session, stream, title="Lấy ý kiến dự thảo tiêu chuẩn")
    plan = a_plan([1, "Lấy ý kiến các dự thảo tiêu chuẩn"])

    asked = run(plan)
    done = run(plan, "--similar", "same")

    assert (asked.exit_code, done.exit_code) == (1, 0)
    assert "? HAL-1 Lấy ý kiến dự thảo tiêu chuẩn" in asked.output
    assert titles(set_up) == ["Lấy ý kiến các dự thảo tiêu chuẩn"]


def test_rows_that_cannot_be_read_stop_it_until_they_may_stay_out(run, set_up):
    plan = a_plan([1, "Một", None, "31/02/2027"], [2, "Hai", None, DUE])

    stopped = run(plan)
    done = run(plan, "--skip-unreadable")

    assert (stopped.exit_code, done.exit_code) == (1, 0)
    assert "Ô D3: ngày «31/02/2027» không có trong lịch." in stopped.output
    assert titles(set_up) == ["Hai"]


@pytest.mark.parametrize("data", [b"", b"xin chao", SMALL[:500]])
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(run, data):
    result = run(data)

    assert result.exit_code == 1
    assert "Traceback" not in result.output
    assert "Tệp" in result.output


def test_a_file_that_is_not_there_is_a_mistake_of_usage(app, runner, root):
    result = runner.invoke(root, ["plan", "import", "khong-co.xlsx"], obj=lambda: app)

    assert result.exit_code == 2
