from tests.html import parse


def test_is_tried_with_the_pages_of_tasks(client_for):
    """What it gives is seen in tests/routes/test_extension_requests.py."""
    assert parse(client_for("member").get("/groups/HAL/extensions")).find(id="extensions")
