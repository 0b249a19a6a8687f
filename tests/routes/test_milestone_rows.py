import pytest

from tests import factories as make
from tests.html import assert_swap_equals_reload, one, parse, texts, words
from tracker.models import Group, Milestone, Strand, Workstream

HTMX = {"HX-Request": "true"}
LIST = "/groups/HAL/metrology"
ADD = "/groups/HAL/metrology/milestones"


@pytest.fixture
def codes(set_up, cast):
    with set_up() as session:
        stream = session.get(Workstream, cast.workstreams["HAL", Strand.METROLOGY])
        stream.group = session.get(Group, cast.groups["HAL"])
        made = [make.milestone(session, stream, title=t, position=n) for n, t in enumerate("ABC")]
    return [milestone.code for milestone in made]


def order(client):
    return texts(client.get(LIST), ".milestone__title")


def test_a_milestone_is_added_at_the_end(client_for, codes, set_up):
    client = client_for("head")

    answer = client.post(ADD, data={"title": "D", "baseline": "30/06/2027"}, headers=HTMX)

    assert order(client) == ["A", "B", "C", "D", "Chưa thuộc mốc nào"]
    assert_swap_equals_reload(client, answer, LIST)
    with set_up() as session:
        made = session.query(Milestone).filter_by(code="HAL-M4").one()
        assert made.baseline == made.forecast
        assert made.baseline.isoformat() == "2027-06-30"


def test_without_a_script_one_comes_to_the_new_milestone(client_for, codes):
    answer = client_for("secretary").post(ADD, data={"title": "D"})

    assert (answer.status_code, answer.location) == (303, f"{LIST}#milestone-HAL-M4")


@pytest.mark.parametrize(
    ("data", "error"),
    [
        ({"title": ""}, "Mốc tiến độ: Bắt buộc nhập."),
        ({"title": "x" * 5000}, "Mốc tiến độ: Không quá 500 ký tự."),
        ({"title": "D", "baseline": "31/02/2027"}, "Không có ngày «31/02/2027» trong lịch."),
    ],
)
@pytest.mark.parametrize("headers", [HTMX, {}])
def test_what_cannot_be_added_comes_back_as_it_was_typed(client_for, data, error, headers):
    answer = client_for("head").post(ADD, data=data, headers=headers)

    assert answer.status_code == 422
    form = one(answer, "#milestone-new")
    assert error in words(form.select_one(".field__error"))
    assert form.select_one("[name=title]")["value"] == data["title"]
    assert form.select_one("[name=baseline]")["value"] == data.get("baseline", "")
    wrong = "baseline" if "baseline" in data else "title"
    marked = form.select("[aria-invalid=true]")
    assert [field["name"] for field in marked] == [wrong]
    assert marked[0]["aria-describedby"] == form.select_one(".field__error")["id"]


@pytest.mark.parametrize(
    ("number", "after", "expected"),
    [
        (2, "", ["C", "A", "B"]),
        (2, 0, ["A", "C", "B"]),
        (0, 1, ["B", "A", "C"]),
        (0, 2, ["B", "C", "A"]),
        (0, "end", ["B", "C", "A"]),
        (1, "up", ["B", "A", "C"]),
        (0, "up", ["A", "B", "C"]),
        (1, "down", ["A", "C", "B"]),
        (2, "down", ["A", "B", "C"]),
    ],
)
def test_milestones_are_put_in_order(client_for, codes, number, after, expected):
    client = client_for("head")
    after = codes[after] if isinstance(after, int) else after

    answer = client.post(f"/milestones/{codes[number]}/place", data={"after": after}, headers=HTMX)

    assert order(client)[:3] == expected
    assert_swap_equals_reload(client, answer, LIST)


def test_the_menu_offers_one_step_up_and_down(client_for, codes):
    page = client_for("head").get(LIST)

    menu = one(page, f"#milestone-{codes[1]}").select("[name=after]")
    assert [button["value"] for button in menu] == ["up", "down", "", "end"]


def test_a_milestone_can_be_dragged_by_those_who_shape_the_plan(client_for, codes):
    pages = {role: parse(client_for(role).get(LIST)) for role in ("head", "member")}

    grips = [grip["data-url"] for grip in pages["head"].select(".milestone__head .grip")]
    assert grips == [f"/milestones/{code}/place" for code in codes]
    assert pages["head"].select_one("#plan")["data-sort"] == "milestones"
    assert pages["member"].select(".milestone__head .grip, #plan[data-sort]") == []


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("anonymous", 401),
        ("head", 303),
        ("deputy", 303),
        ("secretary", 303),
        ("administrator", 303),
        ("member", 403),
        ("observer", 403),
        ("director", 403),
        ("outsider", 403),
    ],
)
def test_who_may_shape_the_plan(client_for, codes, role, status):
    client = client_for(role)

    added = client.post(ADD, data={"title": "D"})
    moved = client.post(f"/milestones/{codes[0]}/place", data={"after": "end"})

    assert (added.status_code, moved.status_code) == (status, status)


def test_what_one_may_not_see_does_not_exist(client_for):
    client = client_for("head")

    assert client.post("/groups/SOL/metrology/milestones", data={"title": "D"}).status_code == 404
    assert client.post("/milestones/SOL-M1/place", data={"after": ""}).status_code == 404
