"""What people write in a report, in the browser: kept, merged, asked about."""

import io
from datetime import UTC, date, datetime

import pytest
from docx import Document

from tests import factories as make
from tests.html import form, parse, words
from tracker.models import Task
from tracker.services import milestones, tasks
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
    assert (answer.headers["HX-Reswap"], saved.attrs.pop("hx-swap-oob")) == ("none", "true")
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
    assert [i["value"] for i in asked.select("[type=radio]")] == [
        "Của thư ký",
        "Của tổ trưởng",
        "Của tổ trưởng\nCủa thư ký",
    ]
    assert kept(1)[1] == {"results": "Của tổ trưởng"}
    chosen = form(answer, "#conflict form") | {"results": "Của thư ký"}
    assert secretary.post(address, data=chosen).status_code == 303
    assert kept(1)[1] == {"results": "Của thư ký", "next": "Họp"}


def test_both_texts_can_be_kept_and_written_on(client_for, report_on, kept):
    address = f"/reports/{report_on()}"
    head, secretary = client_for("head"), client_for("secretary")
    first, second = (form(c.get(address), "#narrative") for c in (head, secretary))
    head.post(address, data=first | {"results": "Của tổ trưởng"})
    typed = second | {"results": "Của thư ký"}
    answer = secretary.post(address, data=typed)
    both = parse(answer).select("#conflict [type=radio]")[-1]["value"].replace("\n", "\r\n")

    stored = secretary.post(address, data=form(answer, "#conflict form") | {"results": both})

    assert kept(1)[1] == {"results": "Của tổ trưởng\nCủa thư ký"}
    box = parse(secretary.get(stored.location)).select_one("#results")
    assert box.get_text().strip() == "Của tổ trưởng\nCủa thư ký"
    for door, more in ((f"{address}/submit", "Của thư ký"), (address, "x" * 19_990)):
        refused = secretary.post(door, data=typed | {"results": more})
        assert refused.status_code == 409
        assert len(parse(refused).select("#conflict [type=radio]")) == 2


@pytest.mark.parametrize("role", ["member", "observer", "director", "outsider"])
def test_who_may_not_write_reads_but_does_not_change(client_for, report_on, role, kept, plan):
    address = f"/reports/{report_on()}"
    client_for("head").post(address, data={"results": "Tốt: [[HAL-1]] <b>"})
    client = client_for(role)

    page = parse(client.get(address))
    answer = client.post(address, data={"results": "x"})

    assert words(page.select_one("#said-results")) == "Tốt: Hiệu chuẩn cân (HAL-1) <b>"
    assert page.select("textarea, #report-saved, #report-others, button.pick") == []
    assert (answer.status_code, kept(1)[1]) == (403, {"results": "Tốt: [[HAL-1]] <b>"})
    assert client.get(f"{address}/text", headers=HTMX).status_code == 403


# ---------------------------------------------------------------- several at once


def save(client, address, fields, **typed):
    """What the page sends by itself, and the fields it holds after the answer."""
    answer = client.post(address, data=fields | typed, headers=HTMX)
    return answer, held(answer, fields | typed)


def held(answer, fields):
    """As static/js/report-text.js does for texts nobody types in."""
    now = dict(fields)
    for text in parse(answer).select("[data-of]"):
        now[f"seen_{text['data-of']}"] = text["data-seen"]
        now[text["data-of"]] = text.get("data-theirs", now.get(text["data-of"], ""))
    saved = parse(answer).select_one("#report-saved [name=version]")
    return now | ({"version": saved["value"]} if saved else {})


def test_two_who_write_for_long_never_undo_each_other(client_for, report_on, kept):
    """The page of each saves itself again and again and is never loaded anew."""
    address = f"/reports/{report_on()}"
    head, secretary = client_for("head"), client_for("secretary")
    ours, theirs = (form(c.get(address), "#narrative") for c in (head, secretary))

    _, ours = save(head, address, ours, results="Kết quả")
    answer, theirs = save(secretary, address, theirs, next="Kỳ tới")
    assert theirs["results"] == "Kết quả"
    assert "Nguyễn Thị Đào" in parse(answer).select_one("#text-results").get_text()
    _, theirs = save(secretary, address, theirs, next="Kỳ tới, thêm")
    answer, ours = save(head, address, ours, results="Kết quả, thêm")
    _, ours = save(head, address, ours, results="Kết quả, thêm nữa")

    both = {"results": "Kết quả, thêm nữa", "next": "Kỳ tới, thêm"}
    assert kept(1)[1] == both
    assert {name: ours[name] for name in both} == both


def test_a_page_that_did_not_take_over_what_others_wrote_asks(client_for, report_on, kept):
    """Somebody types in a text while the answer with what others made of it is on its way."""
    address = f"/reports/{report_on()}"
    head, secretary = client_for("head"), client_for("secretary")
    ours, theirs = (form(c.get(address), "#narrative") for c in (head, secretary))
    save(head, address, ours, results="Của tổ trưởng")
    _, after = save(secretary, address, theirs, next="Họp")

    typed = after | {"results": "Của thư ký", "seen_results": theirs["seen_results"]}
    answer, _ = save(secretary, address, typed)

    assert answer.status_code == 409
    chosen = form(answer, "#conflict form")
    assert "seen_results" not in chosen
    assert secretary.post(address, data=chosen, headers=HTMX).status_code == 200
    assert kept(1)[1] == {"results": "Của thư ký", "next": "Họp"}


def test_the_page_asks_what_others_write_meanwhile(client_for, report_on, set_up, clock):
    address = f"/reports/{report_on()}"
    head, secretary = client_for("head"), client_for("secretary")
    ask = parse(head.get(address)).select_one("#report-others")["hx-get"]
    assert head.get(ask, headers=HTMX).status_code == 204

    fields = form(secretary.get(address), "#narrative")
    save(secretary, address, fields, next="Họp", next_en="Meet")
    answer = head.get(ask, headers=HTMX)

    others = parse(answer).select_one("#report-others")
    assert "Lê Thị Ánh đang viết «III. Phương hướng, nhiệm vụ kỳ tới»" in words(others)
    assert parse(answer).select_one("#text-next")["data-theirs"] == "Họp"
    assert parse(answer).select_one("#text-next_en")["data-theirs"] == "Meet"
    assert not parse(answer).select_one("#text-results").has_attr("data-theirs")
    assert head.get(others["hx-get"], headers=HTMX).status_code == 204
    assert head.get(f"{address}/text").status_code == 303


# ---------------------------------------------------------------- facts in the text


def test_a_fact_in_the_text_is_shown_as_it_will_be_read(client_for, report_on, plan):
    address = f"/reports/{report_on()}"
    client = client_for("head")
    fields = form(client.get(address), "#narrative")

    answer, _ = save(
        client,
        address,
        fields,
        results="Xong [[hoàn thành]]: [[HAL-1]]\nvà [[HAL-99]] <i>",
        results_en="[[completed]] done",
    )

    text = parse(answer).select_one("#text-results")
    assert [words(line) for line in text.select(".said__lines p")] == [
        "Xong 1 : Hiệu chuẩn cân (HAL-1)",
        "và [[HAL-99]] <i>",
    ]
    assert [words(one) for one in text.select("mark")] == ["[[HAL-99]]"]
    assert "Không có số liệu này trong báo cáo: [[HAL-99]]" in words(text)
    english = parse(answer).select_one("#text-results_en")
    assert words(english.select_one(".said__lines")) == "1 done"
    page = parse(client.get(address))
    assert words(page.select_one("#text-results .said__lines")) == words(
        text.select_one(".said__lines")
    )


def test_without_scripts_a_fact_is_added_at_the_end_by_its_button(
    client_for, report_on, plan, kept
):
    address = f"/reports/{report_on()}"
    client = client_for("head")
    page = parse(client.get(address))
    button = page.select_one("#facts-results button.pick")
    fields = form(client.get(address), "#narrative")

    answer = client.post(address, data=fields | {"results": "Xong", "add": button["value"]})

    assert button["value"] == "results [[HAL-1]]"
    assert answer.location == f"{address}#section-results"
    assert kept(1)[1] == {"results": "Xong [[HAL-1]]"}
    client.post(address, data=fields | {"add": "no_section [[HAL-1]]"})
    assert kept(1)[1] == {"results": "Xong [[HAL-1]]"}


def test_the_facts_in_a_text_are_in_the_file_in_its_language(client_for, report_on, plan):
    address = f"/reports/{report_on()}"
    client = client_for("head")
    client.post(
        address,
        data={
            "results": "Tỷ lệ [[tỷ lệ hoàn thành]]",
            "results_en": "[[HAL-1: due]] [[completed]]",
        },
    )

    said = {}
    for code in ("vi", "en"):
        file = client.get(f"{address}/docx?lang={code}")
        said[code] = [p.text for p in Document(io.BytesIO(file.data)).paragraphs]

    assert "Tỷ lệ 100%" in said["vi"]
    assert "[[HAL-1: due]] 1" in said["en"]


def test_every_fact_beside_the_text_has_a_value_when_it_is_dropped(client_for, report_on, plan):
    address = f"/reports/{report_on()}"
    client = client_for("head")
    for language in ("vi", "en"):
        client.post("/account/preferences", data={"language": language})
        picks = parse(client.get(address)).select("#narrative button.pick")
        chips = [pick["value"].partition(" ")[2] for pick in picks]
        fields = form(client.get(address), "#narrative")

        answer, _ = save(client, address, fields, results=" ".join(chips))

        assert len(chips) > 15
        assert parse(answer).select("#text-results mark") == []


def test_a_task_that_the_page_does_not_list_can_be_dropped_into_the_text(
    client_for, report_on, set_up, cast, plan, queries
):
    with set_up() as session:
        stream = make.stream_of(session, cast)
        goal = milestones.create(stream, "Công bố", baseline=date(2027, 3, 1), by=EARLIER)
        tasks.create(stream, "Soạn thảo", due=date(2027, 2, 1), by=EARLIER)
        assert goal.code == "HAL-M1"
    address = f"/reports/{report_on()}"
    client = client_for("head")
    fields = form(client.get(address), "#narrative")
    text = "[[HAL-2: thời hạn]] [[HAL-M1]] [[SOL-1]] [[ZZZ-1]] [[HAL-9]]"

    with queries() as first:
        answer, fields = save(client, address, fields, results=text)
    with queries() as again:
        save(client, address, fields, results=f"{text} và")

    text = parse(answer).select_one("#text-results")
    assert words(text.select_one("p:not(.tiny)")) == (
        "01/02/2027 Công bố (HAL-M1) [[SOL-1]] [[ZZZ-1]] [[HAL-9]]"
    )
    assert len(text.select("mark")) == 3
    assert [one for one in again if "FROM tasks" in one and "count(" not in one] == []
    assert len(again) < len(first)


def test_a_text_that_asks_for_a_fact_that_is_not_there_is_not_submitted(
    client_for, report_on, plan, kept
):
    address = f"/reports/{report_on()}"
    client = client_for("head")
    fields = form(client.get(address), "#narrative") | {"results": "[[HAL-1]] [[HAL-99: due]]"}

    refused = client.post(f"{address}/submit", data=fields)

    assert refused.status_code == 422
    assert "không có trong báo cáo: [[HAL-99: due]]." in words(
        parse(refused).select_one("#narrative")
    )
    assert kept(1)[:2] == ("draft", {"results": "[[HAL-1]] [[HAL-99: due]]"})
    again = form(refused, "#narrative") | {"results": "[[HAL-1]]"}
    assert client.post(f"{address}/submit", data=again).status_code == 303


def test_a_fact_in_a_submitted_text_stays_what_it_was(client_for, report_on, plan, set_up, cast):
    address = f"/reports/{report_on()}"
    client = client_for("head")
    typed = form(client.get(address), "#narrative") | {"results": "Xong [[HAL-1]], [[tổng số]]"}
    client.post(f"{address}/submit", data=typed)
    before = words(parse(client.get(address)).select_one("#said-results"))

    with set_up() as session:
        task = session.query(Task).filter_by(code="HAL-1").one()
        tasks.edit(task, {"title": "Tên khác"}, by=ACT)
        tasks.create(make.stream_of(session, cast), "Thêm lùi ngày", by=EARLIER)

    assert before == "Xong Hiệu chuẩn cân (HAL-1) , 1"
    assert words(parse(client.get(address)).select_one("#said-results")) == before
    file = client.get(f"{address}/docx")
    text = [p.text for p in Document(io.BytesIO(file.data)).paragraphs]
    assert "Xong Hiệu chuẩn cân (HAL-1), 1" in text


def test_who_still_writes_in_a_report_that_was_submitted_is_told(client_for, report_on):
    address = f"/reports/{report_on()}"
    head, secretary = client_for("head"), client_for("secretary")
    page = head.get(address)
    ask = parse(page).select_one("#report-others")["hx-get"]
    fields = form(page, "#narrative")
    submitted = form(secretary.get(address), "#narrative")
    assert secretary.post(f"{address}/submit", data=submitted).status_code == 303

    told = parse(head.get(ask, headers=HTMX)).select_one("#report-others")

    assert "lời văn không sửa được nữa" in words(told)
    assert told.select_one("a")["href"] == address
    assert not told.has_attr("hx-trigger")
    assert save(head, address, fields, results="Muộn")[0].status_code == 409
