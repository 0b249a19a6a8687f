import pytest

from tests import factories as make
from tests.html import assert_swap_equals_reload, one, parse
from tracker.models import Task

HTMX = {"HX-Request": "true"}


@pytest.fixture
def task(set_up, cast):
    with set_up() as session:
        return make.task(
            session,
            make.stream_of(session, cast),
            description="- [ ] Số liệu\n- [x] Trình",
            owner_id=cast["member"].person_id,
        )


def boxes(page):
    return [
        (box["aria-label"], box["aria-pressed"])
        for box in parse(page).select("#task-HAL-1-description .box")
    ]


def test_who_may_update_the_task_ticks_its_boxes(client_for, set_up, task):
    client = client_for("member")
    page = client.get("/tasks/HAL-1")
    box = parse(page).select(".box")[0]
    form = one(page, f"form#{box['form']}")

    answer = client.post(
        form["action"],
        data={
            box["name"]: box["value"],
            "version": one(form.prettify(), "[name=version]")["value"],
        },
        headers=HTMX,
    )

    assert boxes(page) == [("Số liệu", "false"), ("Trình", "true")]
    assert boxes(answer) == [("Số liệu", "true"), ("Trình", "true")]
    assert_swap_equals_reload(client, answer, "/tasks/HAL-1")
    with set_up() as session:
        assert session.get(Task, task.id).description == "- [x] Số liệu\n- [x] Trình"


def test_without_a_script_one_comes_back_to_the_task(client_for, task):
    answer = client_for("member").post("/tasks/HAL-1/boxes", data={"box": "1-off"})

    assert (answer.status_code, answer.location) == (303, "/tasks/HAL-1")


def test_others_see_what_is_ticked_and_cannot_change_it(client_for, task):
    client = client_for("observer")
    shown = parse(client.get("/tasks/HAL-1")).select("#task-HAL-1-description input")

    assert [(box["aria-label"], box.has_attr("checked")) for box in shown] == [
        ("Số liệu", False),
        ("Trình", True),
    ]
    assert all(box.has_attr("disabled") for box in shown)
    assert client.post("/tasks/HAL-1/boxes", data={"box": "0-on"}).status_code == 403


@pytest.mark.parametrize(("sent", "status"), [("7-on", 409), ("x", 422)])
def test_a_box_that_is_none_is_refused(client_for, task, sent, status):
    answer = client_for("member").post("/tasks/HAL-1/boxes", data={"box": sent})

    assert answer.status_code == status


def test_a_box_of_a_text_somebody_changed_is_refused(client_for, task):
    client = client_for("head")
    version = one(client.get("/tasks/HAL-1"), "#task-HAL-1-boxes [name=version]")["value"]
    client.post("/tasks/HAL-1/boxes", data={"box": "0-on", "version": version})

    late = client.post("/tasks/HAL-1/boxes", data={"box": "1-off", "version": version})

    assert late.status_code == 409
