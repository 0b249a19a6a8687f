import json

import pytest
from flask import get_flashed_messages

from tracker.web import responses

HTMX = {"HX-Request": "true"}


@pytest.mark.parametrize(
    ("headers", "wants"),
    [
        ({}, False),
        (HTMX, True),
        (HTMX | {"HX-Boosted": "true"}, False),
        (HTMX | {"HX-History-Restore-Request": "true"}, False),
    ],
)
def test_a_fragment_is_wanted_by_htmx_alone(app, headers, wants):
    with app.test_request_context(headers=headers):
        assert responses.wants_fragment() is wants


def test_a_redirect_is_303_and_for_htmx_a_header(app):
    with app.test_request_context():
        answer = responses.see_other("/there")
        assert (answer.status_code, answer.location) == (303, "/there")

    with app.test_request_context(headers=HTMX):
        answer = responses.see_other("/there")
        assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, "/there")


def test_a_toast_travels_in_a_header_of_plain_letters(app):
    with app.test_request_context():
        answer = app.make_response("")
        responses.toast(answer, "Đã lưu «mốc»")

    header = answer.headers["HX-Trigger"]
    assert header.isascii()
    assert "\\u0110\\u00e3" in header


def test_a_change_that_can_be_taken_back_says_where(app):
    said = {"otherwise": "/there", "said": "Xong", "undo": "/undo"}
    with app.test_request_context():
        answer = responses.undoable("layouts/_dialogs.html", **said)
        assert (answer.status_code, answer.location) == (303, "/there")
        assert get_flashed_messages(with_categories=True) == [("undo:/undo", "Xong")]

    with app.test_request_context(headers=HTMX):
        answer = responses.undoable("layouts/_dialogs.html", **said)
        toast = {"text": "Xong", "kind": "done", "undo": "/undo"}
        assert json.loads(answer.headers["HX-Trigger"])["toast"] == toast


@pytest.mark.parametrize(
    "target", ["/", "/groups/HAL?owner=1", "/search?q=đo", "/a//b", "/x?to=http://y"]
)
def test_our_own_addresses_are_followed(target):
    assert responses.local(target) == target


@pytest.mark.parametrize(
    "target",
    [
        None,
        "",
        "groups",
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "https://evil.example/",
        "javascript:alert(1)",
        "/x\r\nSet-Cookie: a=b",
        " /x",
    ],
)
def test_no_other_address_is(target):
    assert responses.local(target) is None
