import csv
from datetime import timedelta
from io import StringIO

import pytest

from tests import factories as make
from tests.html import assert_swap_equals_reload, form, one, parse, table, texts
from tracker.models import Blocking, Risk, RiskKind, Strand, TaskStatus

HTMX = {"HX-Request": "true"}
NEW = "/groups/HAL/risks/new"
PAGE = "/risks/HAL-R1"


@pytest.fixture
def risk(set_up, cast):
    """A grave risk of the member's, whose review is overdue, that blocks a milestone."""
    with set_up() as session:
        stream = make.stream_of(session, cast)
        made = make.risk(
            session,
            stream,
            likelihood=4,
            impact=5,
            owner_id=cast["member"].person_id,
            review_on=make.TODAY - timedelta(days=1),
            response="Mượn chuẩn",
        )
        milestone = make.milestone(session, stream, "Đo được")
        make.add(session, Blocking(risk_id=made.id, milestone_id=milestone.id))
        return made.code


@pytest.fixture
def blocked_task(set_up, cast):
    with set_up() as session:
        stream = make.stream_of(session, cast)
        return make.task(
            session, stream, status=TaskStatus.BLOCKED, owner_id=cast["member"].person_id
        ).code


def stored(set_up, code="HAL-R1"):
    with set_up() as session:
        return session.query(Risk).filter_by(code=code).one()


def typed(client, address, **values):
    page = parse(client.get(address)).select_one("main form.form")
    return form(str(page)) | values


# ------------------------------------------------------------------ the register


def test_the_register_says_level_owner_review_and_what_is_blocked(client_for, risk):
    page = client_for("outsider").get("/risks")

    assert table(page, "table.risks")[1] == [
        "Có thể thiếu chuẩn đo HAL-R1 · Tổ công tác Hal · Đo lường",
        "⚠ Rủi ro 20 · Rất cao",
        "Mượn chuẩn",
        "Phạm Văn Ổn",
        "22/11/2026 ■ quá hạn rà soát",
        "◆ HAL-M1",
    ]
    assert texts(page, ".facts__one b") == ["0", "1", "1", "1", "1"]


def test_the_heat_map_leads_to_the_risks_of_a_cell(client_for, risk):
    client = client_for("director")
    heat = one(client.get("/groups/HAL/risks?sort=review"), "table.heat")
    (link,) = heat.select("td a")

    assert link["href"] == "/groups/HAL/risks?sort=review&likelihood=4&impact=5"
    assert len(heat.select("td")) == 25
    page = client.get(link["href"])
    assert len(table(page, "table.risks")) == 2
    assert one(page, "table.heat td a")["aria-current"] == "true"


def test_what_is_asked_for_is_in_the_address_and_the_swap_equals_the_reload(client_for, risk):
    client = client_for("member")
    address = "/groups/HAL/metrology/risks?kind=risk&level=critical&review=due&owner=me"

    answer = client.get(address, headers=HTMX)

    assert "risks" in assert_swap_equals_reload(client, answer.get_data(as_text=True), address)
    assert texts(answer, "table.risks tbody th a") == ["Có thể thiếu chuẩn đo"]
    nothing = client.get("/groups/HAL/standards/risks")
    assert texts(nothing, ".empty h2") == ["Không có khó khăn, rủi ro nào khớp"]
    assert texts(client.get("/risks?state=closed"), ".empty h2") == [
        "Không có khó khăn, rủi ro nào khớp"
    ]


@pytest.mark.parametrize("query", ["page=x", "likelihood=6", "owner=%00", "level=9&kind=&sort=?"])
def test_nonsense_in_the_address_does_no_harm(client_for, risk, query):
    assert client_for("member").get(f"/risks?{query}").status_code == 200


def test_the_register_comes_as_files(client_for, risk):
    client = client_for("observer")
    link = parse(client.get("/risks?level=critical")).select_one("a[href*='.csv']")["href"]

    (row,) = csv.DictReader(
        StringIO(client.get(link).get_data().decode("utf-8-sig")), delimiter=";"
    )

    assert link == "/risks.csv?level=critical"
    assert (row["Mã"], row["Hạng"], row["Đang chặn"]) == ("HAL-R1", "Rất cao", "HAL-M1")
    assert client.get("/risks.xlsx").data[:2] == b"PK"
    assert client.get("/risks.pdf").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_a_page_of_the_register_takes_as_many_statements_however_long_it_is(
    client_for, set_up, cast, queries, number
):
    with set_up() as session:
        for _ in range(number):
            make.risk(session, make.stream_of(session, cast))
    client = client_for("director")

    with queries() as statements:
        client.get("/risks")

    assert len(statements) == 10


# ------------------------------------------------------------------ recorded, changed, over


def test_from_a_blocked_task_one_tap_opens_a_difficulty_about_it(
    client_for, set_up, cast, blocked_task
):
    client = client_for("member")
    tap = one(client.get(f"/tasks/{blocked_task}"), ".risk-fact a")["href"]

    given = typed(client, tap)
    assert (given["kind"], given["blocks"]) == ("difficulty", blocked_task)
    assert given["workstream_id"] == str(cast.workstreams["HAL", Strand.METROLOGY])
    assert given["owner_id"] == str(cast["member"].person_id)
    answer = client.post(NEW, data=given | {"title": "Thiếu chuẩn đo", "review_on": "1/12"})

    assert answer.location == "/risks/HAL-R1"
    assert stored(set_up).kind is RiskKind.DIFFICULTY
    fact = one(client.get(f"/tasks/{blocked_task}"), ".risk-fact")
    assert texts(str(fact), "b") == ["⊘ vướng HAL-R1"]
    assert not fact.select("a.button")


@pytest.mark.parametrize(
    ("values", "place", "said"),
    [
        ({"likelihood": "6"}, "likelihood", None),
        ({"likelihood": ""}, "likelihood", "Rủi ro cần cả khả năng xảy ra và mức độ ảnh hưởng."),
        ({"review_on": "22/11/2026"}, "review_on", "Ngày rà soát không được trước hôm nay."),
        ({"title": "x" * 5000}, "title", None),
        (
            {"blocks": "HAL-99"},
            "blocks",
            "Tổ HAL không có nhiệm vụ hay mốc nào mang mã HAL-99.",
        ),
        (  # of a group the member may not see
            {"blocks": "SOL-1"},
            "blocks",
            "Tổ HAL không có nhiệm vụ hay mốc nào mang mã SOL-1.",
        ),
    ],
)
def test_what_cannot_be_is_refused_in_its_place_and_nothing_typed_is_lost(
    client_for, cast, values, place, said
):
    client = client_for("member")
    given = typed(client, f"{NEW}?kind=risk", title="Có thể", likelihood="3", impact="3") | values

    answer = client.post(NEW, data=given)

    assert answer.status_code == 422
    if said:
        assert texts(answer, f"#{place}-error") == [said]
    else:
        assert one(answer, f"#{place}-error")
    assert form(str(parse(answer).select_one("main form.form")))["blocks"] == given["blocks"]


def test_the_second_of_two_editors_chooses(client_for, set_up, risk):
    first, second = client_for("head"), client_for("member")
    theirs, yours = (typed(client, f"{PAGE}/edit") for client in (first, second))
    first.post(f"{PAGE}/edit", data=theirs | {"impact": "3"})

    asked = second.post(f"{PAGE}/edit", data=yours | {"impact": "2", "title": "Khác"})

    assert asked.status_code == 409
    assert "Mức độ ảnh hưởng" in asked.text
    settled = second.post(f"{PAGE}/edit", data=typed(second, f"{PAGE}/edit") | {"title": "Khác"})
    assert (settled.status_code, stored(set_up).title, stored(set_up).impact) == (303, "Khác", 3)


def test_an_edit_in_the_drawer_brings_the_entry_as_it_is_stored(client_for, risk):
    client = client_for("member")
    drawer = client.get(f"{PAGE}/edit", headers=HTMX)
    given = form(str(one(drawer, "form")))

    wrong = client.post(f"{PAGE}/edit", data=given | {"blocks": "HAL-99"}, headers=HTMX)
    fine = client.post(f"{PAGE}/edit", data=given | {"blocks": ""}, headers=HTMX)

    assert (wrong.status_code, len(texts(wrong, "#blocks-error"))) == (422, 1)
    assert texts(fine, "#risk-HAL-R1-text .checks li") == []


def test_a_risk_comes_true_ends_and_is_opened_again(client_for, set_up, risk):
    client = client_for("member")

    happened = client.post(f"{PAGE}/happened", headers=HTMX)
    assert texts(happened, "#risk-HAL-R1-facts .acts > *") == ["Kết thúc"]
    assert stored(set_up).kind is RiskKind.DIFFICULTY
    assert client.post(f"{PAGE}/happened").status_code == 409

    assert client.post(f"{PAGE}/close", data={"outcome": "  "}).status_code == 422
    over = client.post(f"{PAGE}/close", data={"outcome": "Đã mượn chuẩn."})
    assert over.location == PAGE
    again = client.post(f"{PAGE}/close", data={"outcome": "Lần nữa"})
    assert texts(again, "#outcome-error") == ["HAL-R1 đã kết thúc. Hãy mở lại trước khi sửa."]
    page = client.get(PAGE)
    assert "Đã mượn chuẩn." in page.text
    assert not parse(page).select(f"a[href='{PAGE}/edit']")

    client.post(f"{PAGE}/reopen")
    assert stored(set_up).is_open


def test_a_director_speaks_about_it_and_what_happened_stands_beside(client_for, risk):
    director = client_for("director")
    client_for("member").post(f"{PAGE}/happened")

    director.post(f"{PAGE}/comments", data={"body": "Báo cáo tôi trước thứ Sáu."})

    page = director.get(PAGE)
    assert "Báo cáo tôi trước thứ Sáu." in page.text
    assert "Loại" in texts(page, ".changed b")
    assert parse(page).select("[id^='comment-']")


def test_what_blocks_a_milestone_stands_on_its_page(client_for, risk):
    fact = texts(client_for("observer").get("/milestones/HAL-M1"), ".risk-fact p")

    assert fact == ["⚠ có thể vướng HAL-R1 Có thể thiếu chuẩn đo Phạm Văn Ổn"]


def test_an_entry_is_found_by_its_words(client_for, risk):
    page = client_for("observer").get("/search?q=thieu+chuan")

    assert texts(page, "#search-results a[href='/risks/HAL-R1']") == ["⚠ Có thể thiếu chuẩn đo"]


@pytest.mark.parametrize(
    ("role", "keys"), [("head", ["HAL"]), ("member", ["HAL"]), ("observer", [])]
)
def test_who_records_starts_from_the_register_of_all_groups(client_for, role, keys):
    links = one(client_for(role).get("/risks"), "main").select("a[href*='/risks/new']")

    assert sorted({link["href"].split("/")[2] for link in links}) == keys
