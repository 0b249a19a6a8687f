def test_is_tried_with_the_pages_of_decisions(client_for):
    """What it gives is seen in tests/routes/test_decisions.py."""
    assert client_for("member").get("/decisions").status_code == 200
