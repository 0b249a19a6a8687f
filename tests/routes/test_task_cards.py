import pytest

from tests import factories as make
from tests.conftest import NOW
from tests.html import assert_swap_equals_reload, one, parse, texts, words
from tracker.models import Group, Strand, Task, TaskStatus, Workstream
from tracker.services import tasks as do
from tracker.services.act import Act

HTMX = {"HX-Request": "true"}
BOARD = "/groups/HAL/metrology/kanban"


@pytest.fixture
def task(set_up, cast):
    with set_up() as session:
        stream = session.get(Workstream, cast.workstreams["HAL", Strand.METROLOGY])
        stream.group = session.get(Group, cast.groups["HAL"])
        mine = cast["member"].person_id
        return make.task(session, stream, title="So sánh", owner_id=mine).code


def column_of(client, title):
    page = parse(client.get(BOARD))
    return page.find("a", class_="card__title", string=title).find_parent("section")["data-status"]


def test_a_card_that_moves_has_the_status_of_its_column(client_for, task):
    client = client_for("member")
    data = {"status": "doing", "version": 1, "slug": "metrology"}

    answer = client.post(f"/tasks/{task}/column", data=data, headers=HTMX)

    assert column_of(client, "So sánh") == "doing"
    assert texts(answer, "#column-doing .card__title") == ["So sánh"]
    assert_swap_equals_reload(client, answer, BOARD)


def test_the_board_of_the_whole_group_answers_for_itself(client_for, task):
    client = client_for("head")
    data = {"status": "blocked", "slug": "", "back": "owner=none&more=todo:40"}

    answer = client.post(f"/tasks/{task}/column", data=data, headers=HTMX)

    assert texts(answer, ".card__title") == []
    assert_swap_equals_reload(client, answer, "/groups/HAL/kanban?owner=none&more=todo:40")


def test_without_a_script_one_comes_back_to_the_board(client_for, task):
    answer = client_for("head").post(
        f"/tasks/{task}/column", data={"status": "doing", "slug": "metrology"}
    )

    assert (answer.status_code, answer.location) == (303, BOARD)


def test_in_a_group_that_approves_finished_means_submitted(client_for, set_up, cast, task):
    with set_up() as session:
        session.get(Group, cast.groups["HAL"]).needs_approval = True
    client = client_for("member")

    client.post(f"/tasks/{task}/column", data={"status": "done", "slug": "metrology"})

    assert column_of(client, "So sánh") == "review"


@pytest.mark.parametrize("before", ["doing", "review"])
def test_a_card_that_an_approver_finishes_is_approved(client_for, set_up, cast, task, before):
    with set_up() as session:
        session.get(Group, cast.groups["HAL"]).needs_approval = True
    client = client_for("head")
    for status in (before, "done"):
        client.post(f"/tasks/{task}/column", data={"status": status, "slug": "metrology"})

    assert column_of(client, "So sánh") == "done"


def test_the_second_of_two_movers_sees_both_values(client_for, set_up, cast, task):
    with set_up() as session:
        found = session.query(Task).filter_by(code=task).one()
        by = Act(person_id=cast["head"].person_id, at=NOW, cause="web")
        do.change_status(found, TaskStatus.BLOCKED, by=by)
    data = {"status": "doing", "version": 1, "slug": "metrology"}

    answer = client_for("member").post(f"/tasks/{task}/column", data=data, headers=HTMX)

    assert answer.status_code == 409
    assert [words(label) for label in one(answer, "#conflict").select(".conflict__choice")] == [
        "Của bạn Đang thực hiện",
        "Đang lưu Đang vướng mắc",
    ]


@pytest.mark.parametrize("status", ["", "flying"])
def test_a_column_that_is_none_is_refused(client_for, task, status):
    client = client_for("head")

    answer = client.post(f"/tasks/{task}/column", data={"status": status})

    assert answer.status_code == 404
    assert column_of(client, "So sánh") == "todo"


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("anonymous", 401),
        ("head", 303),
        ("secretary", 303),
        ("member", 303),
        ("administrator", 303),
        ("observer", 403),
        ("director", 403),
        ("outsider", 403),
    ],
)
def test_who_may_move_a_card(client_for, task, role, status):
    answer = client_for(role).post(f"/tasks/{task}/column", data={"status": "doing"})

    assert answer.status_code == status


def test_a_card_one_may_not_see_does_not_exist(client_for):
    data = {"status": "doing"}

    assert client_for("head").post("/tasks/SOL-1/column", data=data).status_code == 404
