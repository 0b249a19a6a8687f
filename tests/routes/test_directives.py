from datetime import timedelta

import pytest

from tests import factories as make
from tests.conftest import NOW
from tests.factories import TODAY
from tests.html import one, parse, texts, words
from tests.web.test_directive_page import given
from tracker.models import Directive, OutboxItem, Strand, Task, TaskStatus

HTMX = {"HX-Request": "true"}
WANTED = {
    "title": "Báo cáo phương án",
    "to": "Phạm Văn Ổn",
    "due": "+2 tuần",
    "group": "HAL",
    "strand": "metrology",
    "priority": "urgent",
    "result": "Báo cáo",
    "assigning_document": "214/TB-TĐC",
    "assigning_item": "mục 3",
}
UNIT = "Cục Tiêu chuẩn Đo lường Chất lượng"


@pytest.mark.parametrize("role", ["member", "outsider", "director"])
def test_the_list_shows_its_four_cells_and_lines_in_an_address(client_for, set_up, cast, role):
    code = given(set_up, cast, title="Quá hạn", due=TODAY - timedelta(days=3))
    given(set_up, cast, title="Xong", status=TaskStatus.DONE, finished_on=TODAY, due=TODAY)
    with set_up() as session:
        secret = make.task(session, make.stream_of(session, cast, "SOL", Strand.STANDARDS))
        row = Directive(task_id=secret.id, given_by_id=cast["director"].person_id, given_at=NOW)
        make.add(session, row)
    client = client_for(role)
    page = client.get("/directives?state=open_overdue&group=HAL")

    assert texts(page, ".directed__cells b") == ["1", "0", "0", "1", "50 %"]
    assert [words(a) for a in parse(page).select("[data-row-link]")] == ["Quá hạn"]
    assert words(one(page, f"#directive-{code} .tag")) == "○ Chưa thực hiện · quá hạn 3 ngày"
    fragment = client.get("/directives?state=open_overdue&group=HAL", headers=HTMX)
    assert words(one(fragment, "#directives")) == words(one(page, "#directives"))
    everything = len(parse(client.get("/directives")).select("[data-row-link]"))
    assert everything == (3 if role == "director" else 2)
    assert bool(parse(page).find("a", href="/directives/new")) == (role == "director")


def test_an_empty_list_says_what_will_stand_there(client_for):
    assert texts(client_for("member").get("/directives"), ".empty h2") == [
        "Chưa có ý kiến chỉ đạo nào"
    ]


def test_the_list_takes_the_same_statements_however_long_it_is(client_for, set_up, cast, queries):
    member = client_for("member")
    counts = []
    for number in (1, 2):
        given(set_up, cast, lead_unit_id=cast.unit_id)
        for _ in range(2):  # made, and kept
            with queries() as statements:
                member.get(f"/directives?page={number}")
            counts.append(len(statements))

    assert counts == [12, 4, 12, 4]


@pytest.mark.parametrize("name", ["csv", "xlsx", "docx"])
def test_the_list_is_taken_away_as_asked_for(client_for, set_up, cast, name):
    given(set_up, cast, title="=Đo", due=TODAY)
    answer = client_for("member").get(f"/directives.{name}?group=HAL&state=open")

    assert answer.status_code == 200
    assert f"HAL-directives_{TODAY}.{name}" in answer.headers["Content-Disposition"]
    if name == "csv":
        assert "1;'=Đo (HAL-1);Ý kiến chỉ đạo của Vũ Đình Đức ngày 23/11/2026" in answer.text
    assert client_for("member").get("/directives.exe").status_code == 404


def test_a_director_gives_a_task_to_a_person(client_for, set_up, cast):
    director = client_for("director")
    answer = director.post("/directives/new", data=WANTED)

    assert answer.location == "/tasks/HAL-1"
    assert "Đã giao theo ý kiến chỉ đạo" in words(one(director.get("/tasks/HAL-1"), "#main"))
    with set_up() as session:
        task = session.query(Task).filter_by(title=WANTED["title"]).one()
        assert (task.owner_id, task.lead_unit_id) == (cast["member"].person_id, cast.unit_id)
        assert task.due == TODAY + timedelta(days=14)
        given_by = session.get_one(Directive, task.id).given_by_id
        assert given_by == cast["director"].person_id


def test_several_come_from_one_paper(client_for):
    answer = client_for("director").post("/directives/new", data=WANTED | {"more": "1"})
    again = one(client_for("director").get(answer.location), "#directive-new form")

    assert again.select_one("[name=assigning_document]")["value"] == "214/TB-TĐC"
    assert again.select_one("[name=group] option[selected]")["value"] == "HAL"
    assert again.select_one("[name=strand] option[selected]")["value"] == "metrology"
    assert again.select_one("[name=title]").get("value", "") == ""


def test_a_unit_without_a_person_is_said_and_its_people_are_offered(client_for, set_up, cast):
    director = client_for("director")
    answer = director.post("/directives/new", data=WANTED | {"to": UNIT})
    page = director.get(answer.location)

    assert f"Đã giao HAL-1 cho {UNIT}, chưa có người nhận." in words(one(page, "#notices"))
    with set_up() as session:
        assert {item.kind for item in session.query(OutboxItem)} == {"mail.person_wanted"}
    assert texts(director.get("/directives?state=nobody"), "[data-row-link]") == [WANTED["title"]]

    chosen = {"owner_id": cast["member"].person_id}
    named = director.post("/directives/HAL-1/person", data=chosen, headers=HTMX)
    assert words(one(named, "[id='task-HAL-1-fact-owner']")).startswith("VỔ Phạm Văn Ổn")
    stranger = director.post("/directives/HAL-1/person", data={"owner_id": 99999})
    assert stranger.status_code == 404


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"due": "01/01/2020"}, "due"),
        ({"to": "Ban Không Có"}, "to"),
        ({"group": "XYZ"}, "group"),
        ({"title": "dài " * 1300}, "title"),
    ],
)
def test_what_cannot_be_given_comes_back_with_a_sentence(client_for, set_up, typed, field):
    answer = client_for("director").post("/directives/new", data=WANTED | typed)

    assert answer.status_code == 422
    assert [e["id"] for e in parse(answer).select(".field__error")] == [f"{field}-error"]
    assert one(answer, "[name=result]")["value"] == "Báo cáo"
    with set_up() as session:
        assert session.query(Directive).count() == 0


def test_a_milestone_brings_its_place_and_must_be_of_it(client_for, set_up, cast):
    with set_up() as session:
        milestone = make.milestone(session, make.stream_of(session, cast))
        code, id_ = milestone.code, milestone.id
    director = client_for("director")
    form = one(director.get(f"/directives/new?milestone={code}"), "#directive-new form")
    assert form.select_one("[name=milestone_id] option[selected]")["value"] == str(id_)

    moved = WANTED | {"strand": "inspection", "milestone_id": id_}
    answer = director.post("/directives/new", data=moved)
    assert answer.status_code == 422
    assert "Mốc này không thuộc tổ và cấu phần đã chọn." in words(one(answer, "#main"))


def test_a_directive_is_recalled_with_a_word_and_given_again(client_for, set_up, cast):
    code = given(set_up, cast, progress=20)
    director = client_for("director")
    at = f"/directives/{code}/recall"

    assert director.post(at, data={"sentence": " "}).status_code == 422
    recalled = director.post(at, data={"sentence": "Lồng vào việc khác."}, headers=HTMX)
    source = words(one(recalled, f"[id='task-{code}-directive']"))
    assert "Đã thu hồi ngày 23/11/2026: Lồng vào việc khác." in source
    assert "Thu hồi ý kiến chỉ đạo" in words(parse(recalled).find(id=f"task-{code}-stream"))
    assert texts(director.get("/directives?state=dropped"), ".tag") == ["✕ Đã thu hồi"]
    assert director.post(at, data={"sentence": "x"}).status_code == 422

    again = director.post(f"/directives/{code}/give-again")
    assert words(one(director.get(again.location), f"[id='task-{code}-fact-status-menu'], .tag"))
    assert director.post(f"/directives/{code}/give-again").status_code == 409


def test_a_plain_task_is_no_directive(client_for, set_up, cast):
    with set_up() as session:
        code = make.task(session, make.stream_of(session, cast)).code

    assert client_for("director").get(f"/directives/{code}/recall").status_code == 404


def test_in_lists_it_is_marked(client_for, set_up, cast):
    code = given(set_up, cast, owner_id=cast["member"].person_id, due=TODAY)
    member = client_for("member")

    assert "⚑ chỉ đạo" in words(one(member.get("/groups/HAL/metrology"), f"[id='task-{code}']"))
    assert "⚑ chỉ đạo" in words(one(member.get("/groups/HAL/metrology/kanban"), ".card"))
    assert "⚑ chỉ đạo" in words(one(member.get("/my"), f"[id='task-{code}-todo']"))


def test_directors_give_from_the_board_and_from_a_group(client_for):
    director = client_for("director")

    for page in ("/", "/groups/HAL", "/groups/HAL/metrology"):
        assert len(parse(director.get(page)).select("a[href^='/directives/new']")) == 1
        assert parse(client_for("head").get(page)).select("a[href^='/directives/new']") == []
