import pytest
from werkzeug.datastructures import MultiDict

from tracker.forms.admin_accounts import AccountSearchForm
from tracker.queries.accounts import AccountSearch


@pytest.mark.sqlite
@pytest.mark.blank
@pytest.mark.parametrize(
    ("asked", "search"),
    [
        ({}, AccountSearch()),
        (
            {"q": " an ", "role": "director", "state": "locked"},
            AccountSearch(words="an", role="director", state="locked"),
        ),
        ({"role": "king", "state": "odd"}, AccountSearch()),
    ],
)
def test_what_nobody_can_have_asked_for_is_as_if_not_asked(app, asked, search):
    with app.test_request_context("/"):
        assert AccountSearchForm(MultiDict(asked)).search == search
