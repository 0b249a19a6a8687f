"""Files are brought and told to be ours or not; whatever they are, there is an answer."""

import io
from datetime import UTC, datetime

import pytest

from tests.html import one, parse, words
from tracker.lib.periods import parse as period
from tracker.models import Group
from tracker.services import reports as do
from tracker.services.act import Act

ACT = Act(person_id=None, at=datetime(2026, 11, 16, 3, tzinfo=UTC), cause="test")


@pytest.fixture
def report_id(set_up, cast):
    with set_up() as session:
        report = do.begin(session.get_one(Group, cast.groups["HAL"]), period("2026-11"), by=ACT)
        session.flush()
        return report.id


def verify(client, content, name="HAL_2026-11_v1.docx", **more):
    data = {"file": (io.BytesIO(content), name)}
    return client.post("/reports/verify", data=data, **more)


@pytest.mark.parametrize("format_name", ["docx", "pdf", "xlsx", "html", "csv"])
@pytest.mark.sqlite
def test_a_file_is_intact_as_it_was_taken_and_altered_when_a_byte_changed(
    client_for, report_id, format_name
):
    client = client_for("secretary")
    made = client.post(f"/reports/{report_id}/{format_name}?lang=vi", follow_redirects=True)
    content = made.get_data()
    assert made.content_type.count("charset") == (format_name in {"html", "csv"})

    intact = verify(client, content, "renamed.bin")
    altered = verify(client, content[:-40] + b" " + content[-40:])

    assert words(one(intact, "#finding h2")) == "✓ Tệp của hệ thống này, còn nguyên vẹn"
    assert one(intact, "#finding a")["href"] == f"/reports/{report_id}"
    says = "○ Không phải tệp do hệ thống này xuất ra"
    if format_name != "csv":
        says = "▲ Tệp của hệ thống này nhưng đã bị sửa"
    assert words(one(altered, "#finding h2")) == says


def test_the_finding_alone_is_what_the_page_shows(client_for):
    client = client_for("observer")

    part = verify(client, b"nothing of ours", headers={"HX-Request": "true"})
    whole = verify(client, b"nothing of ours")

    assert str(parse(part).find(id="finding")) == str(parse(whole).find(id="finding"))
    assert part.status_code == 200


@pytest.mark.sqlite
def test_the_name_of_the_file_hides_nothing(client_for):
    page = verify(client_for("observer"), b"nothing of ours", "bao-cao\u202excod.<b>exe")

    assert words(one(page, "#finding h2 + p")) == "bao-caoxcod.<b>exe"


def test_without_a_file_it_is_asked_for(client_for):
    answer = client_for("observer").post("/reports/verify")

    assert answer.status_code == 422
    assert "Hãy chọn một tệp." in words(one(answer, "form.panel"))


def test_the_page_asks_for_a_file(client_for):
    page = client_for("observer").get("/reports/verify")

    assert one(page, "form.panel input[type=file]")["name"] == "file"
    assert parse(page).select("#finding h2") == []


def test_names_are_text_whatever_they_hold(client_for):
    answer = verify(client_for("observer"), b"x", '<img src=x onerror="alert(1)">.docx')

    assert parse(answer).select("#finding img") == []
