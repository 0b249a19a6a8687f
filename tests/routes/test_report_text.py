"""What people write in a report, in the browser: kept, merged, asked about."""

import io
from datetime import UTC, datetime

import pytest
from docx import Document

from tests.html import form, parse
from tracker.services.act import Act

HTMX = {"HX-Request": "true"}
ACT = Act(person_id=None, at=datetime(2026, 11, 16, 3, tzinfo=UTC), cause="test")
EARLIER = Act(person_id=None, at=datetime(2026, 10, 1, 3, tzinfo=UTC), cause="test")


def create(client, group="HAL", word="2026-11", **more):
    return client.post("/reports", data={"group": group, "period": word, "lang": "vi"}, **more)


# ---------------------------------------------------------------- writing


def test_what_was_typed_stands_beside_what_happened(client_for, report_on, plan):
    address = f"/reports/{report_on()}"
    client = client_for("head")

    data = form(client.get(address), "#narrative") | {"results": "Tốt\r\nRất tốt"}
    answer = client.post(address, data=data)
    page = parse(client.get(answer.location))

    assert answer.status_code == 303
    assert page.select_one("#results").get_text().strip() == "Tốt\nRất tốt"
    assert "Hiệu chuẩn cân" in page.select_one("#facts-results").get_text()


def test_htmx_is_told_that_it_was_saved_with_the_new_version(client_for, report_on, kept):
    address = f"/reports/{report_on()}"
    client = client_for("head")
    data = form(client.get(address), "#narrative") | {"next": "Họp tổ"}

    answer = client.post(address, data=data, headers=HTMX)

    _state, narrative, version = kept(1)
    assert narrative == {"next": "Họp tổ"}
    saved = parse(answer).select_one("#report-saved [name=version]")
    assert saved["value"] == str(version)


def test_the_saved_mark_is_the_one_on_the_page(client_for, report_on):
    address = f"/reports/{report_on()}"
    client = client_for("head")
    answer = client.post(address, data={"results": "Tốt"}, headers=HTMX)

    saved, reloaded = (parse(a).select_one("#report-saved") for a in (answer, client.get(address)))
    assert " ".join(str(saved).split()) == " ".join(str(reloaded).split())


def test_five_thousand_signs_and_control_characters_are_kept_safe(client_for, report_on, kept):
    client = client_for("head")
    text = "Tiến độ tốt. " * 400 + "\x00\x07\u202e<script>"

    client.post(f"/reports/{report_on()}", data={"results": text})

    assert kept(1)[1] == {"results": "Tiến độ tốt. " * 400 + "<script>"}
    file = client.get("/reports/1/docx")
    words = "\n".join(p.text for p in Document(io.BytesIO(file.data)).paragraphs)
    assert "<script>" in words


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_text_without_end_is_refused_with_what_was_typed(client_for, report_on, headers, kept):
    client = client_for("head")

    answer = client.post(f"/reports/{report_on()}", data={"results": "x" * 20_001}, headers=headers)

    assert answer.status_code == 422
    assert "20" in parse(answer).select_one(".field__error").get_text()
    assert kept(1)[1] == {}
    if not headers:
        assert len(parse(answer).select_one("#results").get_text().strip()) == 20_001


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_the_second_of_two_in_one_section_sees_both_texts(client_for, report_on, headers, kept):
    address = f"/reports/{report_on()}"
    head, secretary = client_for("head"), client_for("secretary")
    first, second = (form(c.get(address), "#narrative") for c in (head, secretary))
    head.post(address, data=first | {"results": "Của tổ trưởng"})

    answer = secretary.post(
        address, data=second | {"results": "Của thư ký", "next": "Họp"}, headers=headers
    )

    asked = parse(answer).select_one("#conflict form")
    assert answer.status_code == 409
    assert [i["value"] for i in asked.select("[type=radio]")] == ["Của thư ký", "Của tổ trưởng"]
    assert kept(1)[1] == {"results": "Của tổ trưởng"}
    chosen = form(answer, "#conflict form") | {"results": "Của thư ký"}
    assert secretary.post(address, data=chosen).status_code == 303
    assert kept(1)[1] == {"results": "Của thư ký", "next": "Họp"}


@pytest.mark.parametrize("role", ["member", "observer", "director", "outsider"])
def test_who_may_not_write_reads_but_does_not_change(client_for, report_on, role, kept):
    address = f"/reports/{report_on()}"
    client = client_for(role)

    page = parse(client.get(address))
    answer = client.post(address, data={"results": "x"})

    assert page.select_one("#results").has_attr("readonly")
    assert page.select("#report-saved") == []
    assert (answer.status_code, kept(1)[1]) == (403, {})
