import json
import logging
import sys

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
