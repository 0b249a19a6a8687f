from datetime import timedelta

import pytest

from tests import factories as make
from tests.factories import TODAY
from tests.html import assert_swap_equals_reload, one, parse, table, texts
from tracker.models import Strand

HTMX = {"HX-Request": "true"}
SOON = TODAY + timedelta(days=10)
ADDRESSES = ["/timeline?kind=all", "/groups/HAL/timeline", "/groups/HAL/metrology/timeline"]


@pytest.fixture
def plan(set_up, cast):
    with set_up() as session:
        stream = make.stream_of(session, cast)
        milestone = make.milestone(
            session,
            stream,
            title="Phép thử <DNA> được công nhận",
            baseline=SOON,
            forecast=SOON + timedelta(days=18),
        )
        make.task(session, stream, title="So sánh liên phòng", milestone=milestone, due=SOON)
        secret = make.stream_of(session, cast, "SOL", Strand.INSPECTION)
        make.milestone(session, secret, title="Chuyện mật", baseline=SOON)
    return milestone


@pytest.mark.parametrize("role", ["outsider", "member", "head", "director"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_everybody_sees_the_rows_of_what_they_may_see(client_for, plan, role, address):
    page = client_for(role).get(address)

    labels = texts(page, ".chart__labels li a")
    assert labels[:2] == ["So sánh liên phòng", "◆ Phép thử <DNA> được công nhận"]
    is_told = role == "director" and address.startswith("/timeline")
    assert ("Chuyện mật" in page.text) == is_told


@pytest.mark.parametrize("address", ["/groups/SOL/timeline", "/groups/HAL/x/timeline"])
def test_what_one_may_not_see_does_not_exist(client_for, address):
    assert client_for("member").get(address).status_code == 404


def test_the_picture_is_named_and_says_the_slip(client_for, plan):
    picture = one(client_for("observer").get("/groups/HAL/timeline"), ".chart svg.chart__svg")

    ids = picture["aria-labelledby"].split()
    assert picture["role"] == "img"
    assert [picture.find(id=id_).name for id_ in ids] == ["title", "desc"]
    assert "+18 ngày" in picture.get_text()


def test_the_table_has_the_same_facts(client_for, plan):
    page = client_for("observer").get("/groups/HAL/timeline?as=table")

    assert table(page, "#timeline table")[2:] == [
        ["HAL-1", "So sánh liên phòng", "○ Chưa bắt đầu", "", "", "", "03/12/2026",
         "03/12/2026", "0", "0", "0 %", ""],
        ["HAL-M1", "◆ Phép thử <DNA> được công nhận", "▲ Có nguy cơ chậm", "", "", "",
         "03/12/2026", "21/12/2026", "18", "12", "", ""],
    ]  # fmt: skip


@pytest.mark.parametrize(
    "query", ["", "?as=table", "?zoom=week&kind=milestones", "?from=2030-01-01"]
)
def test_the_swap_equals_the_reload(client_for, plan, query):
    client = client_for("head")
    address = f"/groups/HAL/timeline{query}"

    assert_swap_equals_reload(client, client.get(address, headers=HTMX), address)


def test_filters_stay_when_the_time_moves_and_the_other_way_round(client_for, plan):
    page = parse(client_for("head").get("/groups/HAL/timeline?kind=tasks&from=2026-10-01&as=table"))

    links = [link["href"] for link in page.select(".timeline__time a")]
    assert links == [
        "/groups/HAL/timeline?from=2026-04-01&kind=tasks&as=table",
        "/groups/HAL/timeline?from=2027-04-01&kind=tasks&as=table",
        "/groups/HAL/timeline?kind=tasks&as=table",
    ]
    fields = page.select("[form=timeline-filters], #timeline-filters [name]")
    assert [field["name"] for field in fields if field.get("type") == "hidden"] == ["from", "as"]


@pytest.mark.parametrize(("asked", "chosen"), [("me", "Của tôi"), ("none", "Chưa giao")])
def test_one_can_ask_for_ones_own(client_for, plan, asked, chosen):
    page = parse(client_for("member").get(f"/groups/HAL/timeline?owner={asked}"))

    assert texts(str(page), "#timeline-owner option[selected]") == [chosen]


def test_only_those_who_may_move_a_milestone_can_drag_it(client_for, plan):
    def moved(role):
        page = parse(client_for(role).get("/groups/HAL/timeline"))
        return [mark["data-moves"] for mark in page.select("[data-moves]")]

    assert moved("head") == [plan.code]
    assert moved("member") == []


def test_an_empty_stretch_of_time_says_so_and_what_lies_elsewhere(client_for, plan):
    page = client_for("member").get("/groups/HAL/timeline?from=2030-01-01")

    assert texts(page, ".empty h2") == ["Không có mục nào trong khoảng thời gian này"]
    assert texts(page, ".timeline__rest") == ["Ngoài khung này: 2 mục trước đó"]


@pytest.mark.parametrize("place", ["HAL", "HAL/metrology"])
def test_below_the_timeline_of_a_group_is_what_moved_and_what_is_left(client_for, plan, place):
    client = client_for("observer")
    address = f"/groups/{place}/outlook"
    (below,) = parse(client.get(f"/groups/{place}/timeline")).select("#outlook")

    page = client.get(address)

    assert texts(page, "#outlook h2") == [
        "Xu hướng mốc: mỗi kỳ báo cáo, mốc được dự kiến vào tháng nào",
        "Khối lượng: đã xong, tổng số và khi nào xong phần còn lại",
    ]
    assert "Chưa đủ 8 nhiệm vụ đã xong để dự báo phần còn lại." in one(page, "#burn-up").get_text()
    assert texts(page, "#burn-up .checks a") == ["So sánh liên phòng"]
    assert below["hx-get"] == below.a["href"] == address
    assert_swap_equals_reload(client, client.get(address, headers=HTMX), address)


def test_below_the_timeline_of_all_groups_is_nothing(client_for, plan):
    assert parse(client_for("observer").get("/timeline")).select("#outlook") == []


@pytest.mark.parametrize(
    ("suffix", "kind"),
    [
        ("pdf", "application/pdf"),
        ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("svg", "image/svg+xml; charset=utf-8"),
    ],
)
def test_the_same_rows_can_be_taken_away(client_for, plan, suffix, kind):
    answer = client_for("observer").get(f"/groups/HAL/timeline.{suffix}?kind=milestones")

    assert (answer.status_code, answer.content_type) == (200, kind)
    assert answer.headers["Content-Disposition"] == (
        f"attachment; filename=tien-do-HAL-2026-11-23.{suffix}"
    )


def test_what_is_taken_away_has_what_was_asked_for(client_for, plan):
    client = client_for("outsider")

    picture = client.get("/timeline.svg?kind=tasks").text
    assert "So sánh liên phòng" in picture
    assert "Phép thử" not in picture
    assert "Chuyện mật" not in client.get("/timeline.svg").text


@pytest.mark.parametrize("address", ["/timeline.xls", "/groups/SOL/timeline.pdf"])
def test_there_are_no_other_files(client_for, address):
    assert client_for("member").get(address).status_code == 404


@pytest.mark.parametrize("count", [2, 4])
@pytest.mark.parametrize(("address", "number"), [("/timeline", 11), ("/groups/HAL/timeline", 17)])
def test_the_statements_of_a_page_do_not_depend_on_its_rows(
    client_for, set_up, cast, queries, count, address, number
):
    with set_up() as session:
        for _ in range(count):
            make.milestone(session, make.stream_of(session, cast), baseline=SOON)
    client = client_for("head")

    with queries() as statements:
        client.get(address)

    assert len(statements) == number
