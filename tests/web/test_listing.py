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


@pytest.mark.sqlite
@pytest.mark.blank
def test_a_file_of_the_list_is_asked_for_with_the_same_filters(app):
    with app.test_request_context("/slips?q=đo&page=3&unit=&endpoint=x&_scheme=y"):
        at = listing.file_at("slips.file_of_group", key="HAL")
        assert at("csv") == "/groups/HAL/slips.csv?q=%C4%91o&endpoint=x&_scheme=y"

    with app.test_request_context("/slips?page=3"):
        assert listing.file_at("slips.file")("xlsx") == "/slips.xlsx"
