import pytest

from tests.html import parse
from tracker.web import resume
from tracker.web.resume import Typed


def test_a_form_survives_the_journey_and_a_changed_one_does_not(app):
    typed = Typed("/tasks/HAL-1/edit", (("title", "Đo"), ("title", "lường")))
    with app.test_request_context():
        packed = resume.pack(typed)

        assert resume.unpack(packed) == typed
        assert resume.unpack(packed[:-2] + "xx") is None
        assert resume.unpack("") is None
        assert resume.unpack(None) is None


def test_it_is_forgotten_after_half_a_day(app, clock):
    with app.test_request_context():
        packed = resume.pack(Typed("/", (("a", "b"),)))
        clock.shift(13 * 3600)

        assert resume.unpack(packed) is None


def test_secrets_are_not_kept(app):
    with app.test_request_context("/x", method="POST", data={"password": "p", "a": "1", "b": ""}):
        assert resume.typed() == Typed("/x", (("a", "1"),))


def test_nothing_typed_is_nothing(app):
    with app.test_request_context("/x"):
        assert resume.typed() is None
        assert resume.pack() == ""


def test_what_is_too_large_is_not_kept(app):
    too_large = b"a=" + bytes(app.config["MAX_CONTENT_LENGTH"])
    form = "application/x-www-form-urlencoded"
    with app.test_request_context("/x", method="POST", data=too_large, content_type=form):
        assert resume.typed() is None


@pytest.mark.parametrize(
    ("headers", "kept"),
    [
        ({}, True),
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Origin": "http://localhost"}, True),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, False),
        ({"Sec-Fetch-Site": "none"}, False),
        ({"Origin": "https://evil.example"}, False),
        ({"Origin": "null"}, False),
        ({"Referer": "https://evil.example/localhost"}, False),
    ],
)
def test_what_another_site_had_sent_is_not_offered_again(app, headers, kept):
    with app.test_request_context("/x", method="POST", data={"a": "1"}, headers=headers):
        assert (resume.typed() is not None) is kept


def test_a_form_of_another_site_does_not_wait_behind_the_sign_in(client_for):
    answer = client_for("anonymous").post(
        "/admin/accounts/2",
        data={"is_administrator": "y"},
        headers={"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"},
    )

    assert answer.status_code == 401
    assert "is_administrator" not in answer.text
    assert parse(answer).select_one("[name=resume]") is None
