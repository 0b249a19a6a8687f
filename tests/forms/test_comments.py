import pytest

from tracker.forms.comments import CommentForm


@pytest.mark.parametrize(
    ("body", "fine"), [("Một\n\nhai", True), (" \n ", False), ("x" * 20_001, False)]
)
def test_a_comment_says_something_of_bearable_length(app, body, fine):
    with app.test_request_context("/", method="POST", data={"body": body}):
        form = CommentForm(meta={"csrf": False})

        assert form.validate() is fine
