import pytest

from tracker.web import listing


@pytest.mark.sqlite
@pytest.mark.blank
@pytest.mark.parametrize(
    ("asked", "number", "address"),
    [
        ("/x", 1, "/x"),
        ("/x", 2, "/x?page=2"),
        ("/x?q=đo&page=3&unit=", 2, "/x?q=%C4%91o&page=2"),
        ("/x?q=a&page=3", 1, "/x?q=a"),
    ],
)
def test_another_screen_keeps_the_filters(app, asked, number, address):
    with app.test_request_context(asked):
        assert listing.address(number) == address


@pytest.mark.sqlite
@pytest.mark.blank
def test_a_narrower_list_begins_at_its_first_screen(app):
    with app.test_request_context("/x?q=a&unit=7&page=3"):
        assert listing.narrowed(reason="budget") == "/x?q=a&unit=7&reason=budget"
        assert listing.narrowed(q="", unit="") == "/x"
