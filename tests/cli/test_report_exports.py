from tests.conftest import NOW
from tracker.cli import root


def test_a_file_that_nobody_waits_for_is_not_made(app, runner):
    result = runner.invoke(
        root(), ["report-export", "12", "--at", NOW.isoformat()], obj=lambda: app
    )

    assert isinstance(result.exception, LookupError)
    assert "report-export" not in runner.invoke(root(), ["--help"], obj=lambda: app).stdout
