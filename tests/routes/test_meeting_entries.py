import pytest

from tests import factories
from tests import meetings as make
from tests.html import assert_swap_equals_reload, one, parse, texts
from tests.html import form as fields
from tracker.models import Decision, MeetingEntry, Strand, Task

HTMX = {"HX-Request": "true"}


@pytest.fixture
def place(set_up, cast):
    """The address of the meeting, the workstream on the screen, and a question that waits."""
    with set_up() as session:
        stream = factories.stream_of(session, cast)
        return (
            f"/meetings/{make.running(cast).id}",
            f"workstream:{stream.id}",
            f"decision:{make.asked(cast, stream).id}",
        )


@pytest.fixture
def typed(cast, place):
    return {
        "uid": "u1",
        "item": place[1],
        "directive-text": "Rà soát năng lực",
        "directive-to": cast["member"].name,
        "directive-due": "15/12/2026",
        "directive-workstream_id": cast.workstreams["HAL", Strand.METROLOGY],
    }


def recorded(set_up):
    with set_up() as session:
        return session.query(MeetingEntry).count()


def test_a_note_is_recorded_once_however_often_it_is_sent(client_for, set_up, place):
    client, (address, item, _question) = client_for("secretary"), place
    typed = {"uid": "u1", "item": item, "note-text": "Đã nghe\nbáo cáo"}

    answers = [client.post(f"{address}/notes", data=typed, headers=HTMX) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert recorded(set_up) == 1
    assert_swap_equals_reload(client, answers[1], f"{address}/review?item={item}")


def test_without_javascript_one_comes_back_to_the_item(client_for, place):
    client, (address, item, _question) = client_for("secretary"), place
    page = client.get(f"{address}/review?item={item}")
    form = fields(page, "#entry-form-note form") | {"note-text": "Đã nghe"}

    back = client.post(f"{address}/notes", data=form)

    assert back.status_code == 303
    assert texts(client.get(back.location), "#entries .entry__words") == ["Đã nghe"]
    assert back.location == f"{address}/review?item={item}"


def test_a_directive_is_a_task_of_the_chair_at_once(client_for, set_up, cast, place, typed):
    client = client_for("secretary")

    answer = client.post(f"{place[0]}/directives", data=typed, headers=HTMX)

    assert texts(answer, ".entry__foot")[0].startswith("Vũ Đình Đức · ghi: Lê Thị Ánh")
    with set_up() as session:
        task = session.query(Task).filter_by(title="Rà soát năng lực").one()
        assert (task.owner_id, task.assigning_document) == (
            cast["member"].person_id,
            "Kết luận cuộc họp ngày 23/11/2026",
        )
        code = task.code
    assert "Họp điều hành" in texts(client.get(f"/tasks/{code}"), ".directed__source a")


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"directive-to": "Ai Đó"}, "directive-to"),
        ({"directive-due": "1/1/2020"}, "directive-due"),
        ({"directive-text": " "}, "directive-text"),
    ],
)
def test_a_mistake_comes_back_as_the_form_with_what_was_typed(
    client_for, set_up, place, typed, changed, where
):
    answer = client_for("secretary").post(
        f"{place[0]}/directives", data=typed | changed, headers=HTMX
    )

    assert answer.status_code == 422
    assert one(answer, "details")["id"] == "entry-form-directive"
    assert [link["href"] for link in parse(answer).select(".errors a")] == [f"#{where}"]
    assert fields(answer)["directive-result"] == ""
    assert recorded(set_up) == 0


def test_a_question_is_answered_and_the_second_of_two_is_told(client_for, set_up, place):
    client, (address, _item, question) = client_for("secretary"), place
    page = client.get(f"{address}/review?item={question}")
    form = fields(page, "#entry-form-decision form")
    assert form["decision-chosen"] == "0"

    first = client.post(f"{address}/decisions", data=form | {"decision-chosen": "1"})
    second = client_for("director").post(
        f"{address}/decisions", data=form | {"uid": "other"}, headers=HTMX
    )

    assert texts(client.get(first.location), "#entries .entry__words") == ["Viện 2"]
    assert second.status_code == 422
    assert "HAL-Q1" in texts(second, ".field__error")[0]
    with set_up() as session:
        assert session.query(Decision).one().chosen == 1
    assert not parse(client.get(first.location)).select("#entry-form-decision")
    assert texts(client.get("/decisions/HAL-Q1"), ".decision__answer a") == ["Tại Họp điều hành"]


def test_a_question_put_otherwise_meanwhile_is_looked_at_again(client_for, set_up, cast, place):
    client, (address, _item, question) = client_for("secretary"), place
    form = fields(client.get(f"{address}/review?item={question}"), "#entry-form-decision form")
    with set_up() as session:
        decision = session.query(Decision).one()
        make.decisions.history.change(decision, {"question": "Khác?"}, by=make.BY)

    answer = client.post(f"{address}/decisions", data=form, headers=HTMX)

    assert answer.status_code == 422
    assert "vừa được sửa" in texts(answer, ".field__error")[0]


def test_a_decision_nobody_asked_for_has_a_number(client_for, set_up, cast, place):
    typed = {
        "uid": "u1",
        "item": place[1],
        "decision-text": "Mua hai pin.",
        "decision-workstream_id": cast.workstreams["HAL", Strand.METROLOGY],
    }
    answer = client_for("director").post(f"{place[0]}/decisions", data=typed, headers=HTMX)
    nothing = client_for("director").post(
        f"{place[0]}/decisions", data=typed | {"uid": "u2", "decision-text": ""}, headers=HTMX
    )

    assert texts(answer, ".entry__kind a") == ["HAL-Q2"]
    assert nothing.status_code == 422


def test_the_second_of_two_who_change_a_note_chooses_and_a_note_is_struck(client_for, place):
    address, item, _question = place
    director, secretary = client_for("director"), client_for("secretary")
    director.post(f"{address}/notes", data={"uid": "u1", "item": item, "note-text": "Một"})
    dialog = secretary.get(f"{address}/review?item={item}")
    form_at = one(dialog, "#entries .entry__foot a")["href"]
    seen = fields(secretary.get(form_at), "#amend")["version"]
    director.post(form_at, data={"text": "Hai", "version": seen}, headers=HTMX)

    answer = secretary.post(form_at, data={"text": "Ba", "version": seen}, headers=HTMX)

    assert answer.status_code == 409
    assert {"Hai", "Ba"} <= set(texts(answer, ".conflict__choice b, .conflict__choice span"))
    struck = secretary.post(f"{form_at}/strike", headers=HTMX)
    assert parse(struck).select(".entry[data-struck]")
    assert not parse(struck).select(".entry__foot a")
    assert one(secretary.get(form_at, headers=HTMX), "dialog")["id"] == "entry-dialog"


def test_nothing_is_said_about_a_group_that_is_hidden(client_for, cast, place, set_up):
    secret = f"workstream:{cast.workstreams['SOL', Strand.STANDARDS]}"
    typed = {"uid": "u1", "item": secret, "note-text": "x"}

    answer = client_for("secretary").post(f"{place[0]}/notes", data=typed)

    assert answer.status_code == 404
    assert recorded(set_up) == 0
