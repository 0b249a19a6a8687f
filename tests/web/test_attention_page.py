def test_is_tried_with_the_board(client_for):
    """What it gives is seen in tests/routes/test_attention.py and test_board.py."""
    assert client_for("member").get("/attention/all").status_code == 200
