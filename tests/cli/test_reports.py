"""`tracker report` as an operator or a script calls it: files and exit codes."""

import csv
import io
import stat
import zipfile

import pytest

from tests import factories as make
from tracker.cli import root
from tracker.models import Change
from tracker.services import tasks
from tracker.services.act import Act


@pytest.fixture
def report(app, runner, set_up, cast, tmp_path):
    """`report("HAL", "--format", "csv")` runs the command and gives result and file."""
    with set_up() as session:
        stream = make.stream_of(session, cast)
        act = Act(person_id=None, at=make.AGES_AGO, cause="test")
        tasks.create(stream, "Việc của Hal", start=make.AGES_AGO.date(), by=act)

    def run(key, *more, output="out", period="2026-11"):
        path = tmp_path / output
        arguments = ["report", key, "--period", period, "-o", str(path), *more]
        return runner.invoke(root(), arguments, obj=lambda: app), path

    return run


MAGIC = {"docx": b"PK", "xlsx": b"PK", "pdf": b"%PDF", "csv": b"\xef\xbb\xbf"}


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("name", MAGIC)
def test_every_format_is_written_in_every_language(report, name, lang):
    result, path = report("HAL", "--format", name, "--lang", lang)

    assert (result.exit_code, result.stdout) == (0, "")
    assert path.read_bytes().startswith(MAGIC[name])


def test_the_word_file_is_whole(report):
    _result, path = report("hal", "--format", "docx")

    assert zipfile.ZipFile(path).testzip() is None


def test_all_groups_are_told_restricted_ones_too(report):
    _result, path = report("all", "--format", "csv")

    rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig")), delimiter=";"))
    assert [row[1] for row in rows[1:]] == ["HAL-1", "SOL-1"]


def test_a_group_that_is_not_there_is_refused_by_name(report):
    result, path = report("XYZ", "--format", "csv")

    assert result.exit_code == 1
    assert result.stderr == "Không có tổ công tác XYZ. Các tổ: HAL, SOL.\n"
    assert not path.exists()


@pytest.mark.parametrize(
    ("period", "sentence"),
    [
        ("2026-13", "Không có kỳ báo cáo «2026-13»."),
        ("tháng 11", "«tháng 11» không phải là kỳ báo cáo."),
        ("2026-11-14..2026-10-15", "có ngày cuối trước ngày đầu"),
        ("1890", "Kỳ báo cáo phải nằm trong khoảng từ năm 2000 đến năm 2100."),
    ],
)
def test_a_period_that_is_none_is_wrong_usage(report, period, sentence):
    result, path = report("HAL", "--format", "csv", period=period)

    assert result.exit_code == 2
    assert sentence in result.stderr
    assert not path.exists()


def test_another_format_is_wrong_usage(report):
    assert report("HAL", "--format", "doc")[0].exit_code == 2


def test_a_folder_that_is_not_there_is_refused(report):
    result, _path = report("HAL", "--format", "csv", output="nowhere/out.csv")

    assert result.exit_code == 1
    assert "Không ghi được tệp" in result.stderr


def test_a_file_that_is_there_is_replaced_and_nothing_is_left_beside_it(report, tmp_path):
    (tmp_path / "only").mkdir()
    (tmp_path / "only" / "out.csv").write_text("cũ")

    _result, path = report("HAL", "--format", "csv", output="only/out.csv")

    assert "Việc của Hal" in path.read_text("utf-8-sig")
    assert [file.name for file in path.parent.iterdir()] == ["out.csv"]
    assert stat.S_IMODE(path.stat().st_mode) & stat.S_IRUSR


def test_nothing_in_the_database_changes(report, set_up):
    with set_up() as session:
        before = session.query(Change).count()
    report("HAL", "--format", "docx")
    with set_up() as session:
        assert session.query(Change).count() == before


def test_help_shows_examples_and_exit_codes(runner, app):
    said = runner.invoke(root(), ["report", "--help"], obj=lambda: app).stdout

    assert "tracker report HAL --period 2026-11 --format docx -o bao-cao.docx" in said
    assert "0 written, 1 refused and nothing changed, 2 wrong usage" in " ".join(said.split())
