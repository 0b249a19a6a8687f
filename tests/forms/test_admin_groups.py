import pytest
from werkzeug.datastructures import MultiDict

from tracker.forms.admin_groups import NewGroupForm, PostForm
from tracker.models import Role
from tracker.queries.people import Picks

pytestmark = [pytest.mark.sqlite, pytest.mark.blank]


@pytest.fixture
def made(app):
    def made_of(kind, *values, **more):
        with app.test_request_context("/", method="POST"):
            return kind(MultiDict(values), meta={"csrf": False}, **more)

    return made_of


@pytest.mark.parametrize(
    ("ticked", "kept"),
    [
        ([], []),
        (["inspection", "standards"], ["standards", "inspection"]),
        (["inspection,standards"], ["standards", "inspection"]),
        (["", "odd"], []),
    ],
)
def test_strands_stand_in_the_order_of_the_board(made, ticked, kept):
    form = made(PostForm, *[("strands", value) for value in ticked])

    assert form.strands.data == kept


def test_the_posts_that_were_filled_in_are_named(made):
    form = made(NewGroupForm, ("name", "x"), ("second_deputy", " B "), ("head", "A"), picks=Picks())

    assert form.named == [(Role.HEAD, "A"), (Role.DEPUTY, "B")]
    assert form.details() == {
        "decision_number": None,
        "decision_date": None,
        "is_restricted": False,
        "needs_approval": False,
    }
