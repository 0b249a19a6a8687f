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
