import gzip

from tests.html import parse

ASKS = {"Accept-Encoding": "gzip, deflate"}


def test_a_page_is_compressed_for_those_who_understand_it(client_for):
    client = client_for("director")
    plain = client.get("/account")

    packed = client.get("/account", headers=ASKS)

    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert len(packed.data) < len(plain.data) / 2
    assert "Đổi mật khẩu" in gzip.decompress(packed.data).decode()


def test_the_size_of_the_same_page_differs(client_for, app):
    client = client_for("director")

    sizes = {len(client.get("/account", headers=ASKS).data) for _ in range(8)}

    assert len(sizes) > 1


def test_those_who_do_not_ask_get_it_plain(client_for):
    assert "Content-Encoding" not in client_for("director").get("/account").headers


def test_short_answers_and_files_packed_already_are_left_alone(client_for, app):
    client = client_for("anonymous")
    address = app.extensions["assets"].names["app.css"]

    style = client.get(f"/assets/{address}", headers=ASKS)
    redirect = client.get("/account", headers=ASKS)

    assert style.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(style.data).startswith(b"@layer")
    assert "Content-Encoding" not in redirect.headers


def test_a_kept_part_between_others_is_the_same_page(client_for):
    client = client_for("director")
    for query in ("/", "/", "/?health=late"):
        packed = client.get(query, headers=ASKS)

        assert packed.headers["Content-Encoding"] == "gzip"
        page, plain = parse(gzip.decompress(packed.data).decode()), parse(client.get(query))
        assert page.select_one("#board") == plain.select_one("#board")
        assert page.select_one(".tabbar") == plain.select_one(".tabbar")
