from io import BytesIO

import pytest
from docx import Document

from tests import factories
from tests import meetings as make
from tests.html import form as fields
from tests.html import one, parse, texts
from tracker.models import MeetingMinutes, Strand


@pytest.fixture
def address(set_up, cast):
    """A meeting on HAL that has ended, with a note and a directive."""
    with set_up() as session:
        stream = factories.stream_of(session, cast)
        meeting = make.running(cast, "HAL")
        make.note(meeting, cast, stream, "a", "Đã nghe báo cáo")
        make.directed(meeting, cast, stream, "b")
        make.do.end(meeting, by=make.acts(cast, "director"))
        return f"/meetings/{meeting.id}/minutes"


def paragraphs(answer):
    return [p.text for p in Document(BytesIO(answer.data)).paragraphs if p.text]


def issue(client, address, number="45/TB-TĐC"):
    return client.post(f"{address}/issue", data={"number": number, "day": "23/11/2026"})


def test_a_draft_is_looked_through_and_taken_as_a_file_in_two_languages(client_for, address):
    client = client_for("member")
    page = client.get(address)

    assert "Đo lường: Đã nghe báo cáo" in texts(page, ".sheet-paper__text")
    assert not parse(page).select("form[action$=issue]")
    vietnamese, english = (client.get(f"{address}/file?lang={code}") for code in ("vi", "en"))
    assert paragraphs(vietnamese)[0] == "THÔNG BÁO"
    assert "Đo lường: Đã nghe báo cáo" in paragraphs(vietnamese)
    assert vietnamese.data != english.data
    assert "TBKL_2026-11-23" in vietnamese.headers["Content-Disposition"]


def test_what_was_issued_never_changes_and_what_comes_after_is_another_revision(
    client_for, set_up, cast, address
):
    client = client_for("secretary")
    issue(client, address)
    first = client.get(f"{address}/file?revision=0")
    nothing = client.post(f"{address}/reopen", data={"why": " "})
    reopened = client.post(f"{address}/reopen", data={"why": "Thiếu một kết luận"})
    meeting = address.removesuffix("/minutes")
    client.post(
        f"{meeting}/notes", data={"uid": "z", "item": "", "note-text": "Các tổ chốt số liệu"}
    )
    issue(client, address, "46/TB-TĐC")
    page = client.get(address)

    assert (nothing.status_code, reopened.status_code) == (422, 303)
    assert client.get(f"{address}/file?revision=0").data == first.data
    assert [link.get_text() for link in parse(page).select("#revisions + ul a")] == [
        "Bản 1.1",
        "Bản 1.0",
    ]
    assert texts(page, ".difference ins") == ["Các tổ chốt số liệu"]
    assert "thay thế Thông báo số 45/TB-TĐC" in texts(page, ".sheet-paper__text")[0]
    assert "Các tổ chốt số liệu" not in client.get(f"{address}?revision=0").text
    with set_up() as session:
        assert session.query(MeetingMinutes).count() == 2


@pytest.mark.parametrize(
    ("typed", "where"),
    [
        ({"number": "", "day": "23/11/2026"}, "number"),
        ({"number": "45", "day": "24/11/2026"}, "day"),
        ({"number": "45", "day": "1/11/2026"}, "day"),
    ],
)
def test_a_number_and_a_day_that_fit_are_needed(client_for, address, typed, where):
    answer = client_for("secretary").post(f"{address}/issue", data=typed)

    assert answer.status_code == 422
    assert [link["href"] for link in parse(answer).select(".errors a")] == [f"#{where}"]


def test_it_is_not_issued_twice(client_for, address):
    client = client_for("secretary")
    issue(client, address)

    assert issue(client, address, "46").status_code == 422
    assert texts(client.get(address), ".head__text .tag") == ["Đã ban hành kết luận"]


def test_what_was_changed_in_the_database_is_not_passed_off_as_issued(client_for, set_up, address):
    client = client_for("secretary")
    issue(client, address)
    assert not parse(client.get(address)).select("[role=alert]")
    with set_up() as session:
        kept = session.query(MeetingMinutes).one()
        kept.facts = {**kept.facts, "place": "Phòng khác"}

    assert "không còn đúng như khi ban hành" in texts(client.get(address), "[role=alert]")[0]
    assert client.get(f"{address}/file").status_code == 409


def test_what_was_recorded_since_it_was_looked_through_is_looked_at_first(client_for, address):
    client, other = client_for("secretary"), client_for("director")
    typed = fields(client.get(address), "form[action$=issue]")
    typed |= {"number": "45/TB-TĐC", "day": "23/11/2026"}
    said = {"uid": "z", "item": "", "note-text": "Còn một việc"}
    other.post(f"{address.removesuffix('/minutes')}/notes", data=said)

    shown = client.post(f"{address}/issue", data=typed)

    assert shown.status_code == 422
    assert "Còn một việc" in texts(shown, ".sheet-paper__text")
    again = fields(shown, "form[action$=issue]")
    assert again["number"] == "45/TB-TĐC"
    assert client.post(f"{address}/issue", data=again).status_code == 303


def test_of_two_who_issue_in_the_same_moment_one_is_second(client_for, set_up, address):
    clients = [client_for("secretary"), client_for("director")]
    typed = [{"number": number, "day": "23/11/2026"} for number in ("45", "46")]

    assert sorted(make.at_once(clients, f"{address}/issue", typed)) == [303, 422]
    with set_up() as session:
        assert session.query(MeetingMinutes).count() == 1


def test_minutes_that_speak_of_a_hidden_group_are_not_there(client_for, set_up, cast):
    with set_up() as session:
        meeting = make.running(cast)
        secret = factories.stream_of(session, cast, "SOL", Strand.STANDARDS)
        make.note(meeting, cast, secret, "a", "Mật")
        address = f"/meetings/{meeting.id}/minutes"
    client = client_for("member")

    assert client.get(address).status_code == 404
    assert client.get(f"{address}/file").status_code == 404
    assert client_for("director").get(address).status_code == 200
    assert one(client.get(address.removesuffix("/minutes")), "h1").get_text() == "Họp điều hành"
