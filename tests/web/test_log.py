import json
import logging
import secrets
import sys

import pytest

from tracker.web.log import JsonLines


def test_every_request_leaves_a_line_with_its_id(client_for, caplog):
    caplog.set_level(logging.INFO, "tracker.request")

    answer = client_for("anonymous").get("/sign-in")

    (record,) = [r for r in caplog.records if r.name == "tracker.request"]
    assert record.fields["path"] == "/sign-in"
    assert record.fields["status"] == 200
    assert answer.headers["X-Request-Id"]


def test_a_line_is_json_with_its_error():
    try:
        int("đây")
    except ValueError:
        record = logging.LogRecord("x", 40, "f", 1, "hỏng %s", ("rồi",), sys.exc_info())

    line = json.loads(JsonLines().format(record))

    assert (line["level"], line["message"]) == ("error", "hỏng rồi")
    assert line["error"].endswith("'đây'")


def test_the_secret_of_an_invitation_is_not_in_the_log(client_for, caplog):
    caplog.set_level(logging.INFO, "tracker.request")

    client_for("anonymous").get("/invitations/SECRET-abc123")

    (record,) = [r for r in caplog.records if r.name == "tracker.request"]
    assert record.fields["path"] == "/invitations/…"


@pytest.mark.parametrize(
    ("method", "address", "logged"),
    [
        ("GET", "/feeds/{}.ics", "/feeds/….ics"),
        ("PROPFIND", "/feeds/{}.ics", "/feeds/…"),
        ("GET", "/feeds/{}.ics/", "/feeds/…/"),
        ("PUT", "/invitations/{}", "/invitations/…"),
        ("PUT", "/groups/HAL/conformity-assessment", "/groups/HAL/conformity-assessment"),
    ],
)
def test_nor_is_that_of_a_feed_whatever_a_program_asks_of_it(
    client_for, caplog, method, address, logged
):
    caplog.set_level(logging.INFO, "tracker.request")

    client_for("anonymous").open(address.format(secrets.token_urlsafe(24)), method=method)

    (record,) = [r for r in caplog.records if r.name == "tracker.request"]
    assert record.fields["path"] == logged
