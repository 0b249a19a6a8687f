import pytest
from sqlalchemy import inspect

from tracker import cli
from tracker.cli.database import db_commands
from tracker.extensions import db


@pytest.mark.blank
def test_upgrading_twice_is_the_same_as_once(app):
    runner = app.test_cli_runner()
    for _ in range(2):
        result = runner.invoke(cli.root(), ["db", "upgrade"], obj=lambda: app)
        assert (result.exit_code, result.output) == (0, "Cơ sở dữ liệu đã ở đúng phiên bản.\n")

    with app.app_context():
        assert "history" in inspect(db.engine).get_table_names()


def test_the_help_has_an_example(app):
    result = app.test_cli_runner().invoke(db_commands, ["upgrade", "--help"])

    assert "Example: tracker db upgrade" in result.output
