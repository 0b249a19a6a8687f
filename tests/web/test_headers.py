import pytest


def test_every_page_forbids_what_is_not_ours(client_for):
    headers = client_for("anonymous").get("/sign-in").headers

    policy = dict(rule.split(" ", 1) for rule in headers["Content-Security-Policy"].split("; "))
    assert policy == {
        "default-src": "'self'",
        "img-src": "'self' data:",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "Strict-Transport-Security" not in headers


def test_pages_are_private_and_told_apart_from_their_fragments(client_for):
    headers = client_for("director").get("/account").headers

    assert headers["Cache-Control"] == "private, no-cache"
    assert {"HX-Request", "Cookie"} <= {name.strip() for name in headers["Vary"].split(",")}


def test_files_with_a_hash_in_their_name_are_kept_for_a_year(client_for, app):
    name = app.extensions["assets"].names["app.js"]

    answer = client_for("anonymous").get(f"/assets/{name}")

    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


class TestHttps:
    @pytest.fixture
    def app_settings(self):
        return {"base_url": "https://nqi.example.org"}

    def test_cookies_are_secure_and_https_is_remembered(self, client_for):
        answer = client_for("anonymous").get("/sign-in")

        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
