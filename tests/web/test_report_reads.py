"""What is noted while an answer is made."""

from datetime import UTC, datetime

import pytest

from tracker.models import ReportRecord
from tracker.web import report_reads

AT = datetime(2026, 11, 16, 3, tzinfo=UTC)


@pytest.mark.sqlite
@pytest.mark.blank
@pytest.mark.parametrize(
    ("record", "noted"),
    [(ReportRecord(id=7, issued_at=AT), 7), (ReportRecord(id=7), None), (None, None)],
)
def test_only_what_was_issued_is_noted(app, record, noted):
    with app.test_request_context("/"):
        report_reads.note(record)

        assert report_reads.noted() == noted
