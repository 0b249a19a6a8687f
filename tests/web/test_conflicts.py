from datetime import date

import pytest

from tests import factories as make
from tests.html import form, one, texts
from tracker.errors import StaleError
from tracker.extensions import db
from tracker.forms.tasks import TaskForm
from tracker.models import Priority, Strand, Task
from tracker.queries.choices import Choice
from tracker.web import conflicts


@pytest.fixture
def asked(app, set_up):
    """What is asked when another wrote meanwhile; `asked(error, headers, **typed)`."""
    with set_up() as session:
        stream = make.whole_group(session, "ZET")[1][Strand.METROLOGY]
        id_ = make.task(session, stream).id

    def ask(error, headers=None, **typed):
        address = "/tasks/ZET-1/edit?x=1"
        with app.test_request_context(address, method="POST", data=typed, headers=headers):
            app.preprocess_request()
            sent = TaskForm(meta={"csrf": False})
            people = [Choice(1, "An"), Choice(2, "Bình")]
            sent.offer(members=people, persons=people, units=[], milestones=[])
            return conflicts.ask(sent, error, db.session.get(Task, id_), target="#place")

    return ask


ERROR = StaleError(
    {
        "due": (date(2026, 12, 1), None),
        "owner_id": (2, 1),
        "priority": (Priority.URGENT, Priority.NORMAL),
    },
    {"participant_ids": [1, 2], "result": "Của họ"},
)
TYPED = {
    "title": "Tên",
    "due": "",
    "owner_id": "1",
    "priority": "normal",
    "participant_ids": ["1"],
    "result": "Của tôi",
    "version": "1",
    "csrf_token": "x",
}


def test_each_value_stands_in_words_beside_the_other(asked):
    answer = asked(ERROR, **TYPED)

    assert answer.status_code == 409
    assert texts(answer, "legend") == ["Thời hạn", "Người phụ trách", "Độ khẩn"]
    assert texts(answer, ".conflict__choice span") == [
        *("—", "01/12/2026"),
        *("An", "Bình"),
        *("Thường", "Khẩn"),
    ]


def test_the_rest_goes_along_as_typed_or_as_others_left_it(asked):
    answer = asked(ERROR, **TYPED)

    hidden = [
        (field["name"], field["value"])
        for field in one(answer, "#conflict form").select("input[type=hidden]")
        if field["name"] != "csrf_token"
    ]
    assert hidden == [
        ("version", "1"),
        ("title", "Tên"),
        ("participant_ids", "1"),
        ("participant_ids", "2"),
        ("result", "Của họ"),
    ]
    assert form(answer, "#conflict form")["owner_id"] == "1"


def test_put_off_all_that_was_typed_comes_back_with_it(asked):
    answer = asked(ERROR, **TYPED)

    later = one(answer, "#conflict-later")
    assert (later["method"], later["action"]) == ("post", "/tasks/ZET-1/edit?x=1")
    fields = [(field["name"], field["value"]) for field in later.select("input")]
    token, *sent = [(name, value) for name, value in fields if name != "later"]
    assert token[0] == "csrf_token"
    typed = {**TYPED, "participant_ids": "1"}
    assert dict(sent) == {name: value for name, value in typed.items() if name != "csrf_token"}
    assert one(answer, "#conflict .acts button[form=conflict-later]")
    assert "data-failed" in one(answer, "#conflict").attrs  # the draft is kept (draft.js)


def test_htmx_gets_a_dialog_that_answers_into_the_old_place(asked):
    answer = asked(ERROR, {"HX-Request": "true"}, **TYPED)

    assert (answer.headers["HX-Retarget"], answer.headers["HX-Reswap"]) == ("#dialog", "innerHTML")
    assert one(answer, "dialog form")["hx-target"] == "#place"
    assert one(answer, "dialog [data-closes=dialog]")
