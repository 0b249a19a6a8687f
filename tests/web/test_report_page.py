"""What the page of a report takes; its routes' tests see the whole of it."""

import pytest

from tracker.models import Report
from tracker.web import report_page


@pytest.mark.parametrize(
    ("kind", "period", "title"),
    [
        ("periodic", "2026-11", "Báo cáo tháng 11 năm 2026"),
        ("consolidated", "2026-Q4", "Báo cáo tổng hợp quý IV năm 2026"),
        ("annual", "2026", "Báo cáo tổng kết năm 2026"),
    ],
)
def test_a_report_is_called_by_its_kind_and_period(app, kind, period, title):
    with app.test_request_context():
        assert report_page.title(Report(kind=kind, period=period)) == title
        assert report_page.share(0.5) == "50%"
