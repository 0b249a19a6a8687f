import pytest
from werkzeug.datastructures import MultiDict

from tracker.forms.feeds import FeedForm
from tracker.models import FeedScope


@pytest.mark.parametrize(
    ("sent", "is_fine"),
    [
        ({"scope": "mine"}, True),
        ({"scope": "group", "group": "3"}, True),
        ({"scope": "group", "group": "4"}, False),
        ({"scope": "somewhere"}, False),
        ({}, False),
    ],
)
def test_what_a_feed_is_about_is_chosen(app, sent, is_fine):
    with app.test_request_context():
        form = FeedForm(MultiDict(sent), meta={"csrf": False})
        form.group.choices = [("", ""), (3, "Halal")]

        assert form.validate() is is_fine


def test_tasks_are_left_out_when_not_ticked(app):
    with app.test_request_context():
        form = FeedForm(MultiDict({"scope": "all"}), meta={"csrf": False})

        assert (form.scope.data, form.with_tasks.data) == (FeedScope.ALL, False)
