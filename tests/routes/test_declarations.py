from datetime import date

import pytest

from tests import factories as make
from tests.html import assert_swap_equals_reload, form, one, parse, texts
from tracker.lib.health import Health
from tracker.queries import declarations as read

HTMX = {"HX-Request": "true"}
PLAN = "/groups/HAL/metrology"
ADDRESS = f"{PLAN}/health"
SAID = {"health": "at_risk", "sentence": "Thiếu mẫu chuẩn.", "recovery": ""}


@pytest.fixture
def stream_id(set_up, cast):
    with set_up() as session:
        stream = make.stream_of(session, cast)
        make.milestone(session, stream, baseline=date(2027, 1, 4))
        return stream.id


@pytest.fixture
def is_late(set_up, cast):
    """The plan gets worse behind the back of who declared."""

    def happen():
        with set_up() as session:
            make.milestone(session, make.stream_of(session, cast), baseline=date(2026, 11, 1))

    return happen


def last(set_up, stream_id):
    with set_up():
        return read.current()[stream_id]


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_the_lead_declares_and_everybody_sees_both_colours(client_for, set_up, stream_id, headers):
    head = client_for("head")
    data = form(head.get(f"{ADDRESS}/declare"), "#declare-form") | SAID

    answer = head.post(f"{ADDRESS}/declare", data=data, headers=headers)

    assert answer.status_code == (200 if headers else 303)
    if headers:
        assert_swap_equals_reload(head, answer, ADDRESS)
        brought = assert_swap_equals_reload(head, answer, PLAN)
        assert brought == ["declared-HAL-metrology", "mark-HAL-metrology"]
    page = client_for("observer").get(PLAN)
    assert texts(page, ".declared .health") == ["▲ Có nguy cơ chậm", "○ Chưa bắt đầu"]
    assert "Thiếu mẫu chuẩn." in one(page, ".declared").get_text()
    assert parse(page).select(".declared form") == []
    assert "Thiếu mẫu chuẩn." in one(client_for("observer").get(ADDRESS), "ol.list").get_text()
    assert "Thiếu mẫu chuẩn." in one(head.get("/groups/HAL"), "#strand-metrology").get_text()


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_better_than_the_plan_asks_for_a_sentence_and_loses_nothing(
    client_for, stream_id, is_late, headers
):
    is_late()
    typed = {"version": "0", "health": "on_track", "sentence": "", "recovery": "Thuê thêm phòng."}

    answer = client_for("head").post(f"{ADDRESS}/declare", data=typed, headers=headers)

    assert answer.status_code == 422
    assert "tốt hơn" in one(answer, "#sentence-error").get_text()
    assert one(answer, "#recovery").get_text().strip() == "Thuê thêm phòng."
    assert one(answer, "[name=health][checked]")["value"] == "on_track"
    assert texts(answer, "#recovery-error") == []


def test_still_true_is_one_tap_until_the_plan_gets_worse(client_for, set_up, stream_id, is_late):
    head = client_for("head")
    head.post(f"{ADDRESS}/declare", data=SAID | {"version": "0"})
    tap = form(head.get(PLAN), ".declared form")

    assert head.get(f"{ADDRESS}/confirm").status_code == 405
    assert head.post(f"{ADDRESS}/confirm", data=tap).status_code == 303
    again = last(set_up, stream_id)
    assert (again.health, again.sentence) == (Health.AT_RISK, "Thiếu mẫu chuẩn.")
    assert again.id != int(tap["version"])

    is_late()
    page = head.get(PLAN)
    assert parse(page).select(".declared form") == []
    assert one(page, ".declared__flag")
    refused = head.post(f"{ADDRESS}/confirm", data={"version": str(again.id)})
    assert refused.status_code == 422
    assert one(refused, "#sentence").get_text().strip() == "Thiếu mẫu chuẩn."


def test_the_second_of_two_who_declare_sees_what_the_first_said(client_for, stream_id):
    head = client_for("head")
    head.post(f"{ADDRESS}/declare", data=SAID | {"version": "0"})
    mine = {"version": "0", "health": "on_track", "sentence": "Mẫu đã về.", "recovery": ""}

    answer = head.post(f"{ADDRESS}/declare", data=mine)

    assert answer.status_code == 409
    assert "Thiếu mẫu chuẩn." in one(answer, "#declare-form").get_text()
    again = form(answer, "#declare-form")
    assert again["sentence"].strip() == "Mẫu đã về."
    assert head.post(f"{ADDRESS}/declare", data=again).status_code == 303
    assert head.post(f"{ADDRESS}/confirm", data={"version": "0"}).status_code == 409


def test_the_board_flags_what_is_declared_better_than_the_plan(client_for, stream_id, is_late):
    is_late()
    said = {
        "version": "0",
        "health": "on_track",
        "sentence": "Chỉ chờ ký.",
        "recovery": "Ký xong ngày 30.",
    }
    assert client_for("head").post(f"{ADDRESS}/declare", data=said).status_code == 303

    board = client_for("director").get("/")

    (cell,) = [cell for cell in parse(board).select("td.cell") if cell.select(".cell__said")]
    assert "tốt hơn số liệu" in cell.get_text()
    assert "Chỉ chờ ký." in cell.get_text()
    why = client_for("director").get(f"{PLAN}/why")
    assert "Ký xong ngày 30." in why.get_data(as_text=True)
