from datetime import date

import pytest
from werkzeug.datastructures import MultiDict

from tracker.forms.admin_audit import AuditForm
from tracker.queries.audit import AuditSearch


@pytest.mark.sqlite
@pytest.mark.blank
@pytest.mark.parametrize(
    ("asked", "search"),
    [
        ({}, AuditSearch()),
        (
            {"person": "0", "kind": "task", "group": "2", "first": "1/11/2026", "last": "x"},
            AuditSearch(person_id=0, kind="task", group_id=2, first=date(2026, 11, 1)),
        ),
        ({"person": "x", "kind": "odd", "first": "31/02/2026"}, AuditSearch()),
    ],
)
def test_what_cannot_be_read_is_as_if_not_asked(app, asked, search):
    with app.test_request_context("/"):
        assert AuditForm(MultiDict(asked)).search == search
