from datetime import date

import pytest
from werkzeug.datastructures import MultiDict

from tracker.forms.attention import HideForm


@pytest.mark.parametrize(
    ("typed", "until"),
    [
        ({"until": "2026-11-30"}, date(2026, 11, 30)),
        ({"until": "own", "until_own": "2026-12-09"}, date(2026, 12, 9)),
        ({"until": "own"}, None),
        ({}, None),
    ],
)
def test_until_a_day_of_the_chips_or_one_picked(app, typed, until):
    with app.test_request_context(method="POST"):
        form = HideForm(MultiDict(typed), meta={"csrf": False})

        assert form.validate() is (until is not None)
        assert form.until.data == until
