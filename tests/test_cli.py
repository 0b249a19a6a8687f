import click
import pytest

from tracker import cli
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
        raise ConfigError("PORT must be a whole number, not 'x'")

    return root


def test_every_command_of_the_product_is_there_and_has_an_example(runner, tracker):
    for words in (
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
        result = runner.invoke(tracker, [*words.split(), "--help"])

        assert result.exit_code == 0, words
        assert "Example" in result.output, words


@pytest.mark.parametrize(
    ("how", "sentence"),
    [("rule", "Mã tổ HAL đã được dùng."), ("config", "PORT must be a whole number, not 'x'")],
)
def test_a_refusal_is_a_sentence_and_1(runner, tracker, how, sentence):
    result = runner.invoke(tracker, ["refuse", how])

    assert (result.exit_code, result.output.strip()) == (1, sentence)


def test_wrong_usage_is_2(runner, tracker):
    assert runner.invoke(tracker, ["no-such-command"]).exit_code == 2
    assert runner.invoke(tracker, ["report"]).exit_code == 2
