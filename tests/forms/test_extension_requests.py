import pytest
from werkzeug.datastructures import MultiDict

from tracker.forms.extension_requests import ListForm
from tracker.models import ExtensionState


@pytest.mark.parametrize(
    ("state", "asked"), [("open", ExtensionState.OPEN), ("flying", None), ("", None)]
)
def test_nonsense_counts_as_not_asked(app, state, asked):
    with app.test_request_context():
        assert ListForm(MultiDict({"state": state})).asked is asked
