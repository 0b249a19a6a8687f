"""What the page of a report takes; its routes' tests see the whole of it."""

from tracker.lib.periods import parse
from tracker.models import Report
from tracker.web import report_page


def test_a_file_of_all_groups_begins_with_a_word(app):
    report = Report(group=None, period="2026-11")

    with app.test_request_context():
        assert report_page.subject(report) == "TONG-HOP"
        assert report_page.title(report) == "Báo cáo tháng 11 năm 2026"
        assert report_page.share(0.5) == "50%"
        assert parse(report.period).word == "2026-11"
