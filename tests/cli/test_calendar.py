from click.testing import CliRunner

from tests.conftest import NOW
from tracker.cli import root
from tracker.queries import installation


def test_holidays_are_filled_in_once(app):
    def said():
        return CliRunner().invoke(root(), ["calendar", "fill"], obj=lambda: app).output

    first, second = said(), said()

    assert first != second == "Đã thêm 0 ngày.\n"
    with app.app_context():
        assert installation.years_without_holidays([NOW.year, NOW.year + 1]) == []
