"""Whether a form brought text for a report."""

import pytest

from tracker.models import Report
from tracker.web import report_writing


@pytest.mark.parametrize("data", [{}, {"lang": "vi"}])
def test_a_form_without_sections_brings_no_text(app, data):
    with app.test_request_context(method="POST", data=data):
        assert not report_writing.is_typed(Report(state="draft"))
