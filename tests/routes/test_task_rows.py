import pytest

from tests import factories as make
from tests.html import assert_swap_equals_reload, one, parse, texts, words
from tracker.models import Change, Group, Strand, Task, Workstream

HTMX = {"HX-Request": "true"}
LIST = "/groups/HAL/metrology"
ADD = "/groups/HAL/metrology/tasks"


@pytest.fixture
def codes(set_up, cast):
    """Milestone M1 with tasks 1, 2, 3; milestone M2 with task 4; task 5 with none."""
    with set_up() as session:
        stream = session.get(Workstream, cast.workstreams["HAL", Strand.METROLOGY])
        stream.group = session.get(Group, cast.groups["HAL"])
        first, second = (
            make.milestone(session, stream, title=t, position=n)
            for n, t in enumerate(("Phép thử", "Liên kết"))
        )
        for n, milestone in enumerate([first, first, first, second, None]):
            make.task(session, stream, title=f"Việc {n + 1}", milestone=milestone, position=n)
    return first.code, second.code


def order(client):
    """The tasks as the list has them: the number of each, by milestone."""
    page = parse(client.get(LIST))
    return [
        "".join(words(title).removeprefix("Việc ") for title in section.select(".task__title"))
        for section in page.select("section.milestone")
    ]


# ------------------------------------------------------------------ adding


def test_a_task_is_added_at_the_end_of_its_milestone(client_for, codes, set_up):
    client = client_for("head")

    answer = client.post(ADD, data={"title": "Việc 6", "milestone": codes[0]}, headers=HTMX)

    assert answer.status_code == 200
    assert "HAL-6" in answer.headers["HX-Trigger"]
    assert order(client) == ["1236", "4", "5"]
    assert_swap_equals_reload(client, answer, LIST)


def test_an_owner_and_a_date_may_be_typed_along(client_for, codes, set_up, cast):
    data = {"title": "Việc 6", "owner": "phạm văn ổn", "due": "15/12/2026"}

    client_for("head").post(ADD, data=data)

    with set_up() as session:
        task = session.query(Task).filter_by(code="HAL-6").one()
        assert (task.owner_id, task.due.isoformat()) == (cast["member"].person_id, "2026-12-15")
        assert task.milestone_id is None


def test_without_a_script_one_comes_back_to_the_list(client_for, codes):
    data = {"title": "Việc 6", "milestone": codes[1], "back": "due=overdue&page=2"}

    answer = client_for("member").post(ADD, data=data)

    assert answer.status_code == 303
    assert answer.location == f"{LIST}?due=overdue&page=2#milestone-{codes[1]}"


@pytest.mark.parametrize(
    ("data", "error"),
    [
        ({"title": "  "}, "Nhiệm vụ: Bắt buộc nhập."),
        ({"title": "x" * 5000}, "Nhiệm vụ: Không quá 500 ký tự."),
        ({"title": "x", "due": "31/02/2027"}, "Thời hạn: Không có ngày «31/02/2027» trong lịch."),
        ({"title": "x", "owner": "Ai Đó"}, "Chưa có «Ai Đó» trong tổ; hãy chọn trong danh sách."),
    ],
)
@pytest.mark.parametrize("headers", [HTMX, {}])
def test_what_cannot_be_added_comes_back_as_it_was_typed(client_for, codes, data, error, headers):
    answer = client_for("head").post(ADD, data={**data, "milestone": codes[0]}, headers=headers)

    assert answer.status_code == 422
    form = one(answer, f"#add-{codes[0]}-form")
    assert form.select_one("[name=title]")["value"] == data["title"].strip()
    assert not form.select("[maxlength]")
    assert error in words(form.select_one(".field__error"))
    for name in ("owner", "due"):
        assert form.select_one(f"[name={name}]")["value"] == data.get(name, "")
    wrong = next((name for name in ("due", "owner") if name in data), "title")
    marked = form.select("[aria-invalid=true]")
    assert [field["name"] for field in marked] == [wrong]
    assert marked[0]["aria-describedby"] == form.select_one(".field__error")["id"]


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("anonymous", 401),
        ("head", 303),
        ("deputy", 303),
        ("secretary", 303),
        ("member", 303),
        ("administrator", 303),
        ("observer", 403),
        ("director", 403),
        ("outsider", 403),
    ],
)
def test_who_may_add(client_for, role, status):
    assert client_for(role).post(ADD, data={"title": "x"}).status_code == status


def test_a_member_adds_only_in_their_strands(client_for, set_up, cast):
    with set_up() as session:
        hal = session.get(Group, cast.groups["HAL"])
        guest = make.account(session, "Lý Chỉ Đo", email="guest@example.test")
        make.membership(session, hal, guest.person, strands=["metrology"])
        account_id = guest.id
    client = client_for("member")
    with client.session_transaction() as session:
        session["_user_id"] = f"{account_id}.0"

    statuses = [
        client.post(f"/groups/HAL/{slug}/tasks", data={"title": "x"}).status_code
        for slug in ("metrology", "standards")
    ]

    assert statuses == [303, 403]


def test_a_milestone_of_another_strand_is_not_found(client_for, codes):
    data = {"title": "x", "milestone": codes[0]}

    assert client_for("head").post("/groups/HAL/standards/tasks", data=data).status_code == 404
    assert client_for("head").post("/groups/SOL/standards/tasks", data=data).status_code == 404


def test_the_form_is_there_for_those_who_may_add(client_for, codes):
    assert len(parse(client_for("member").get(LIST)).select("[data-behaviour=quick-add]")) == 3
    assert len(parse(client_for("head").get(LIST)).select("[data-behaviour=quick-add]")) == 4
    assert parse(client_for("observer").get(LIST)).select("[data-behaviour=quick-add]") == []


# ------------------------------------------------------------------ placing


@pytest.mark.parametrize(
    ("task", "to", "after", "expected"),
    [
        (3, 0, "", ["312", "4", "5"]),
        (3, 0, "HAL-1", ["132", "4", "5"]),
        (1, 0, "end", ["231", "4", "5"]),
        (1, 0, "HAL-3", ["231", "4", "5"]),
        (1, 1, "HAL-4", ["23", "41", "5"]),
        (1, 1, "", ["23", "14", "5"]),
        (2, "metrology", "end", ["13", "4", "52"]),
        (2, "metrology", "HAL-99", ["13", "4", "52"]),
        (5, 0, "HAL-2", ["1253", "4", ""]),
        (4, "inspection", "", ["123", "", "5"]),
    ],
)
def test_a_task_is_put_behind_another_first_or_last(client_for, codes, task, to, after, expected):
    client = client_for("secretary")
    to = codes[to] if isinstance(to, int) else to

    answer = client.post(f"/tasks/HAL-{task}/place", data={"to": to, "after": after}, headers=HTMX)

    assert answer.status_code == 200
    assert order(client) == expected
    assert_swap_equals_reload(client, answer, LIST)


def test_a_move_is_recorded_and_the_code_stays(client_for, codes, set_up, cast):
    client_for("head").post("/tasks/HAL-4/place", data={"to": "inspection", "after": "end"})

    with set_up() as session:
        task = session.query(Task).filter_by(code="HAL-4").one()
        assert task.workstream_id == cast.workstreams["HAL", Strand.INSPECTION]
        changes = session.query(Change).filter_by(kind="task", subject_id=task.id).all()
        assert {change.field for change in changes} >= {"workstream_id", "milestone_id"}


def test_a_drag_keeps_the_filters_of_the_list(client_for, codes):
    client = client_for("head")
    data = {"to": codes[0], "after": "", "back": "q=Việc 3"}

    answer = client.post("/tasks/HAL-3/place", data=data, headers=HTMX)

    assert texts(answer, ".task__title") == ["Việc 3"]
    assert_swap_equals_reload(client, answer, f"{LIST}?q=Việc 3")


def test_without_a_script_there_is_a_page_to_move_from(client_for, codes):
    client = client_for("head")
    page = client.get("/tasks/HAL-2/place")

    form = one(page, "#place")
    assert form["action"] == "/tasks/HAL-2/place"
    assert form.select_one("option[selected]")["value"] == codes[0]
    assert [o["value"] for o in form.select("#place-after option")] == [
        "end",
        "",
        "HAL-1",
        "HAL-3",
    ]
    answer = client.post("/tasks/HAL-2/place", data={"to": codes[1], "after": ""})
    assert (answer.status_code, answer.location) == (303, f"{LIST}#milestone-{codes[1]}")
    assert order(client) == ["13", "24", "5"]


@pytest.mark.parametrize("to", ["", "SOL-M1", "HAL-M99", "nowhere"])
def test_a_place_that_is_none_is_refused(client_for, codes, to):
    client = client_for("administrator")

    answer = client.post("/tasks/HAL-1/place", data={"to": to, "after": ""})

    assert answer.status_code == 422
    assert order(client) == ["123", "4", "5"]


def test_a_subtask_has_no_place_of_its_own(client_for, codes, set_up):
    with set_up() as session:
        parent = session.query(Task).filter_by(code="HAL-1").one()
        parent.group = session.get(Group, parent.group_id)
        stream = session.get(Workstream, parent.workstream_id)
        stream.group = parent.group
        make.task(session, stream, parent=parent)
    client = client_for("head")

    answer = client.post("/tasks/HAL-6/place", data={"to": codes[1], "after": ""})

    assert answer.status_code == 409


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
def test_who_may_arrange(client_for, codes, role, status):
    client = client_for(role)

    answer = client.post("/tasks/HAL-1/place", data={"to": codes[1], "after": ""})

    assert answer.status_code == status
    expected = {303: 200, 403: 403, 401: 303}[status]
    assert client.get("/tasks/HAL-1/place").status_code == expected


def test_a_task_one_may_not_see_does_not_exist(client_for):
    client = client_for("head")

    assert client.get("/tasks/SOL-1/place").status_code == 404
    assert client.post("/tasks/SOL-1/place", data={"to": "metrology"}).status_code == 404
