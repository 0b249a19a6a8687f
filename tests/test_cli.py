import ast
import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from tests.databases import close, make_app
from tracker import cli, words
from tracker.config import ConfigError
from tracker.errors import RuleViolationError


@pytest.fixture
def tracker():
    root = cli.root()

    @root.command("refuse")
    @click.argument("how")
    def refuse(how):
        if how == "rule":
            raise RuleViolationError("group_key_taken", key="HAL")
        raise ConfigError("setting_not_a_number", name="PORT", value="x")

    return root


def test_every_command_of_the_product_is_there_and_has_an_example(runner, tracker):
    for command in (
        "db upgrade",
        "demo load",
        "user add",
        "user reset-password",
        "plan import",
        "report",
        "backup",
        "restore",
        "serve",
        "worker",
        "doctor",
    ):
        result = runner.invoke(tracker, [*command.split(), "--help"])

        assert result.exit_code == 0, command
        assert "Example" in result.output, command


@pytest.mark.parametrize(
    ("how", "sentence"),
    [
        ("rule", "Mã tổ HAL đã được dùng."),
        ("config", "PORT phải là một số nguyên, không phải «x»."),
    ],
)
def test_a_refusal_is_a_sentence_and_1(runner, tracker, how, sentence):
    result = runner.invoke(tracker, ["refuse", how])

    assert (result.exit_code, result.output.strip()) == (1, sentence)


def test_one_option_says_in_which_language_all_is_said(runner, tracker):
    result = runner.invoke(tracker, ["--lang", "en", "refuse", "rule"])

    expected = words.language("en").sentence("group_key_taken", key="HAL")
    assert (result.exit_code, result.output.strip()) == (1, expected)
    assert expected != words.language("vi").sentence("group_key_taken", key="HAL")


def test_no_sentence_is_said_in_one_language_only():
    """What `click.echo` prints is data, or went through the words."""
    found = [
        f"{path.name}: {text}"
        for path in Path(cli.__file__).parent.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "click.echo"
        for text in re.findall(r"[^\W\d_]{3,} [^\W\d_]{2,}", " ".join(literals(call)))
    ]

    assert found == ["serve.py: NQI Tracker"]  # a name


def literals(call):
    """The texts that stand in a call itself, not in what it calls."""
    for argument in call.args:
        parts = argument.values if isinstance(argument, ast.JoinedStr) else [argument]
        yield from (part.value for part in parts if isinstance(part, ast.Constant))


class TestWithoutTables:
    """Every command that needs them says so; none ends in a traceback."""

    COMMANDS = (
        ("demo", "load"),
        ("user", "add", "--email", "a@example.org", "--name", "Nguyễn An"),
        ("user", "reset-password", "a@example.org"),
        ("plan", "import", __file__),
        ("report", "all", "--period", "2026-11", "--format", "csv", "-o", "x.csv"),
        ("calendar", "fill"),
        ("backup", "x.zip"),
        ("worker", "--once"),
        ("night",),
        ("serve",),
    )

    @pytest.fixture
    def nothing(self, tmp_path):
        app = make_app(f"sqlite:///{tmp_path / 'nothing.db'}", tmp_path)
        yield app
        close(app)

    @pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
    def test_it_is_refused(self, nothing, command, monkeypatch, tmp_path):
        monkeypatch.chdir(tmp_path)
        result = CliRunner().invoke(cli.root(), command, obj=lambda: nothing)

        assert result.exit_code == 1
        assert result.stderr == words.language("vi").sentence("database_not_up_to_date") + "\n"

    @pytest.mark.parametrize("command", [*COMMANDS, ("db", "upgrade")], ids=" ".join)
    def test_no_database_is_refused_too(self, command, tmp_path):
        app = make_app(f"sqlite:///{tmp_path / 'no' / 'folder' / 'x.db'}", tmp_path)
        result = CliRunner().invoke(cli.root(), command, obj=lambda: app)
        close(app)

        assert result.exit_code == 1
        assert "unable to open database file" in result.stderr


def test_wrong_usage_is_2(runner, tracker):
    assert runner.invoke(tracker, ["no-such-command"]).exit_code == 2
    assert runner.invoke(tracker, ["report"]).exit_code == 2
