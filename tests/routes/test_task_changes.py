import json
from datetime import date

import pytest

from tests import factories as make
from tests.conftest import NOW
from tests.html import assert_swap_equals_reload, form, one, parse, plain, texts, words
from tracker.models import Confirmation, Group, Task, TaskStatus
from tracker.queries import history
from tracker.services import tasks as do
from tracker.services.act import Act

HTMX = {"HX-Request": "true"}
LIST = "/groups/HAL/metrology"
FACTS = {"view": "facts"}


@pytest.fixture
def code(set_up, cast):
    with set_up() as session:
        stream = make.stream_of(session, cast)
        task = make.task(
            session,
            stream,
            title="Đo mẫu",
            milestone=make.milestone(session, stream, title="Đo xong"),
            owner_id=cast["member"].person_id,
            due=date(2026, 12, 1),
            forecast=date(2026, 12, 5),
            start=date(2026, 11, 1),
        )
        return task.code


def stored(set_up, code):
    with set_up() as session:
        return session.query(Task).filter_by(code=code).one()


def said(answer):
    return json.loads(answer.headers["HX-Trigger"])["toast"]["text"]


@pytest.mark.parametrize(
    ("what", "sent", "column", "value"),
    [
        ("status", {"status": "blocked"}, "status", TaskStatus.BLOCKED),
        ("owner", {"owner": ""}, "owner_id", None),
        (
            "forecast",
            {"forecast": "2026-12-20", "reason": "budget"},
            "forecast",
            date(2026, 12, 20),
        ),
        (
            "forecast",
            {"forecast": "own", "forecast_own": "2026-12-21", "reason": "budget"},
            "forecast",
            date(2026, 12, 21),
        ),
        ("due", {"due": "2026-12-24", "reason": "budget"}, "due", date(2026, 12, 24)),
        ("progress", {"progress": "35"}, "progress", 35),
    ],
)
class TestEachValue:
    def test_is_stored_and_shown_where_it_stands(
        self, client_for, set_up, code, what, sent, column, value
    ):
        client = client_for("head")

        answer = client.post(
            f"/tasks/{code}/{what}", data=FACTS | sent | {"version": 1}, headers=HTMX
        )

        assert answer.status_code == 200
        assert getattr(stored(set_up, code), column) == value
        facts = parse(answer).find(id=f"task-{code}-facts")
        on_page = parse(client.get(f"/tasks/{code}")).find(id=f"task-{code}-facts")
        assert words(facts) == words(on_page)
        assert said(answer) == "Đã lưu"

    def test_without_a_script_one_comes_back_to_the_list(
        self, client_for, set_up, code, what, sent, column, value
    ):
        answer = client_for("head").post(f"/tasks/{code}/{what}", data={"view": "row"} | sent)

        assert (answer.status_code, answer.location) == (
            303,
            f"/groups/HAL/metrology#task-{code}",
        )
        assert getattr(stored(set_up, code), column) == value

    def test_in_a_list_the_row_is_the_answer(self, client_for, code, what, sent, column, value):
        answer = client_for("head").post(f"/tasks/{code}/{what}", data=sent, headers=HTMX)

        assert one(answer, "tr")["id"] == f"task-{code}"

    def test_can_be_asked_for_as_a_page(self, client_for, code, what, sent, column, value):
        page = client_for("head").get(f"/tasks/{code}/{what}?view=facts")

        assert form(page, "main form.form")["view"] == "facts"
        assert one(page, "main form.form")["action"] == f"/tasks/{code}/{what}"

    def test_is_not_for_observers(self, client_for, code, what, sent, column, value):
        assert client_for("observer").post(f"/tasks/{code}/{what}", data=sent).status_code == 403


COUNTS = ["milestone-HAL-M1-head", "mark-HAL-metrology", "declared-HAL-metrology"]
CHANGES = [
    ("status", {"status": "done"}),
    ("owner", {"owner": ""}),
    ("forecast", {"forecast": "2027-01-20", "reason": "budget"}),
]


def test_a_status_is_chosen_on_its_page_without_a_script(client_for, set_up, code):
    client = client_for("member")
    page = client.get(f"/tasks/{code}/status")

    choices = [radio["value"] for radio in one(page, "main form.form").select("[type=radio]")]
    typed = form(page, "main form.form")
    client.post(f"/tasks/{code}/status", data=typed | {"status": choices[2]})

    assert (typed["status"], choices[2]) == ("todo", "blocked")
    assert stored(set_up, code).status is TaskStatus.BLOCKED


class TestWhatCountsTheTask:
    """The heading of its milestone and the mark of its strand, and a drawer that is open."""

    @pytest.mark.parametrize(("what", "sent"), CHANGES)
    def test_comes_with_a_row(self, client_for, code, what, sent):
        client = client_for("head")

        answer = client.post(f"/tasks/{code}/{what}", data=sent, headers=HTMX)

        brought = assert_swap_equals_reload(client, answer, LIST)
        assert brought == [f"task-{code}", *COUNTS]

    @pytest.mark.parametrize(("what", "sent"), CHANGES)
    def test_comes_with_the_facts(self, client_for, code, what, sent):
        client = client_for("head")

        answer = client.post(f"/tasks/{code}/{what}", data=FACTS | sent, headers=HTMX)

        answer.data = answer.data.replace(f'id="task-{code}-facts"'.encode(), b"", 1)
        brought = assert_swap_equals_reload(client, answer, LIST)
        assert brought == [f"task-{code}", *COUNTS]
        columns = assert_swap_equals_reload(client, answer, f"{LIST}/kanban")
        assert columns == ["mark-HAL-metrology", f"task-{code}-card"]

    def test_is_told_to_ask_anew_by_the_drawer_alone(self, client_for, code):
        client, address, sent = client_for("head"), f"/tasks/{code}/status", {"status": "doing"}

        told = [
            client.post(address, data=sent | view, headers=headers).headers.get("HX-Trigger", "")
            for view, headers in ((FACTS, HTMX), ({}, HTMX), (FACTS, {}))
        ]

        assert ["plan-changed" in events for events in told] == [True, False, False]

    @pytest.mark.parametrize("shown", ["/tasks/HAL-1", "/milestones/HAL-M1"])
    def test_an_open_drawer_follows(self, client_for, code, shown):
        client, headers = client_for("head"), HTMX | {"HX-Current-URL": f"http://localhost{shown}"}

        answer = client.post(f"/tasks/{code}/status", data={"status": "done"}, headers=headers)

        sheet = one(answer, "article.sheet")
        drawer = one(client.get(shown, headers=HTMX), "article.sheet")
        assert plain(sheet) == plain(drawer)

    def test_another_drawer_stays_as_it_is(self, client_for, code):
        headers = HTMX | {"HX-Current-URL": "http://localhost/tasks/HAL-9"}

        answer = client_for("head").post(
            f"/tasks/{code}/status", data={"status": "done"}, headers=headers
        )

        assert parse(answer).select("article.sheet") == []


@pytest.mark.parametrize(
    ("what", "sent", "sentence"),
    [
        ("status", {"status": "flying"}, "Hãy chọn một mục trong danh sách."),
        ("progress", {"progress": "150"}, "Hãy nhập số từ 0 đến 100."),
        ("forecast", {"forecast": "2026-12-20"}, "Hãy chọn lý do dời ngày."),
        (
            "forecast",
            {"forecast": "2026-10-01", "reason": "budget"},
            "Ngày dự kiến không được trước ngày bắt đầu.",
        ),
        (
            "due",
            {"due": "own", "due_own": "29/02/2027", "reason": "budget"},
            "Không có ngày «29/02/2027» trong lịch.",
        ),
        ("due", {"due": "2026-12-20", "reason": "other"}, "Hãy nói rõ lý do khác là gì."),
    ],
)
def test_a_mistake_is_told_in_the_place_it_was_made(client_for, code, what, sent, sentence):
    client = client_for("head")

    in_drawer = client.post(f"/tasks/{code}/{what}", data=FACTS | sent, headers=HTMX)
    in_list = client.post(f"/tasks/{code}/{what}", data=sent, headers=HTMX)
    plain = client.post(f"/tasks/{code}/{what}", data=sent)

    assert [answer.status_code for answer in (in_drawer, in_list, plain)] == [422] * 3
    assert in_drawer.headers["HX-Retarget"] == f"#task-{code}-fact-{what}-form"
    assert in_list.headers["HX-Retarget"] == "#dialog"
    assert texts(in_drawer, ".field__error") == [sentence]
    assert texts(in_list, "dialog .field__error") == texts(plain, "main .field__error")


def test_a_reason_that_was_chosen_is_still_chosen(client_for, code):
    sent = {"forecast": "2026-10-01", "reason": "budget", "reason_note": "Chờ vốn"}

    answer = client_for("head").post(f"/tasks/{code}/forecast", data=FACTS | sent, headers=HTMX)

    typed = form(answer, "form")
    assert (typed["reason"], typed["reason_note"], typed["forecast_own"]) == (
        "budget",
        "Chờ vốn",
        "2026-10-01",
    )


def test_the_second_of_two_chooses(client_for, set_up, code):
    head, member = client_for("head"), client_for("member")
    moved = {"reason": "budget", "version": 1, "view": "facts"}
    head.post(f"/tasks/{code}/forecast", data=moved | {"forecast": "2026-12-20"})

    asked = member.post(
        f"/tasks/{code}/forecast", data=moved | {"forecast": "2027-01-05"}, headers=HTMX
    )

    assert asked.status_code == 409
    assert texts(asked, ".conflict__choice span") == ["05/01/2027", "20/12/2026"]
    choice = form(asked, "dialog form")
    assert choice["reason"] == "budget"
    accepted = member.post(f"/tasks/{code}/forecast", data=choice, headers=HTMX)
    assert accepted.status_code == 200
    assert "close-dialog" in json.loads(accepted.headers["HX-Trigger"])
    assert stored(set_up, code).forecast == date(2027, 1, 5)


def test_another_value_changed_meanwhile_disturbs_nobody(client_for, set_up, code):
    moved = {"due": "2026-12-24", "reason": "budget", "version": 1}
    client_for("head").post(f"/tasks/{code}/due", data=moved)

    client_for("member").post(f"/tasks/{code}/status", data={"status": "blocked", "version": 1})

    task = stored(set_up, code)
    assert (task.due, task.status) == (date(2026, 12, 24), TaskStatus.BLOCKED)


class TestRights:
    def test_a_member_updates_their_own_and_not_that_of_another(
        self, client_for, set_up, cast, code
    ):
        with set_up() as session:
            other = make.task(session, make.stream_of(session, cast)).code
        client = client_for("member")

        assert client.post(f"/tasks/{code}/status", data={"status": "doing"}).status_code == 303
        assert client.post(f"/tasks/{other}/status", data={"status": "doing"}).status_code == 403
        assert client.post(f"/tasks/{code}/due", data={"due": "2027-01-01"}).status_code == 403

    def test_a_director_moves_dates_and_approves_but_sets_no_status(self, client_for, code):
        client = client_for("director")
        moved = {"due": "2026-12-24", "reason": "budget", "agreed_by": "Lãnh đạo"}

        assert client.post(f"/tasks/{code}/due", data=moved).status_code == 303
        assert client.post(f"/tasks/{code}/status", data={"status": "done"}).status_code == 403

    def test_a_secret_task_is_not_found(self, client_for):
        assert (
            client_for("head").post("/tasks/SOL-1/status", data={"status": "done"}).status_code
            == 404
        )


class TestApproving:
    @pytest.fixture
    def submitted(self, client_for, set_up, cast, code):
        with set_up() as session:
            session.get(Group, cast.groups["HAL"]).needs_approval = True
        client_for("member").post(f"/tasks/{code}/status", data={"status": "done"})
        assert stored(set_up, code).status is TaskStatus.REVIEW
        return code

    def test_the_lead_approves(self, client_for, set_up, submitted):
        answer = client_for("head").post(f"/tasks/{submitted}/approve", data=FACTS, headers=HTMX)

        assert said(answer) == f"Đã duyệt {submitted}"
        assert stored(set_up, submitted).status is TaskStatus.DONE

    def test_done_by_who_may_approve_is_an_approval(self, client_for, set_up, submitted):
        client_for("head").post(f"/tasks/{submitted}/status", data={"status": "done"})

        assert stored(set_up, submitted).status is TaskStatus.DONE

    def test_what_changed_since_it_was_shown_is_not_approved(
        self, client_for, set_up, cast, submitted
    ):
        head = client_for("head")
        shown = form(head.get(f"/tasks/{submitted}"), "form[action$='/approve']")
        with set_up() as session:
            task = session.query(Task).filter_by(code=submitted).one()
            by = Act(person_id=cast["member"].person_id, at=NOW, cause="web")
            do.edit(task, {"result": "Bản khác"}, by=by)

        for verb in ("approve", "send-back"):
            answer = head.post(f"/tasks/{submitted}/{verb}", data=shown, headers=HTMX)
            assert answer.status_code == 409
            assert "Có người vừa sửa mục này. Hãy mở lại và thử lần nữa." in words(parse(answer))
        assert stored(set_up, submitted).status is TaskStatus.REVIEW

    def test_the_director_sends_back(self, client_for, set_up, submitted):
        assert client_for("director").post(f"/tasks/{submitted}/send-back").status_code == 303
        assert stored(set_up, submitted).status is TaskStatus.DOING

    def test_members_do_not_approve_and_nothing_is_approved_twice(self, client_for, submitted):
        assert client_for("member").post(f"/tasks/{submitted}/approve").status_code == 403
        client_for("head").post(f"/tasks/{submitted}/approve")
        assert client_for("head").post(f"/tasks/{submitted}/approve").status_code == 409


def test_still_true_is_recorded_and_changes_nothing(client_for, set_up, cast, code):
    answer = client_for("member").post(f"/tasks/{code}/confirm", data=FACTS, headers=HTMX)

    assert "Vẫn đúng Phạm Văn Ổn" in words(parse(answer).find(id=f"task-{code}-stream"))
    task = stored(set_up, code)
    with set_up() as session:
        assert session.query(Confirmation).count() == 1
        assert history.of("task", task.id) == []


def test_a_tick_finishes_a_subtask_in_its_parents_list(client_for, set_up, cast, code):
    with set_up() as session:
        stream = make.stream_of(session, cast)
        parent = session.query(Task).filter_by(code=code).one()
        part = make.task(session, stream, title="Cân", parent=parent).code

    answer = client_for("head").post(
        f"/tasks/{part}/status", data={"status": "done", "view": "part", "version": 1}, headers=HTMX
    )

    assert words(one(answer, f"#task-{code}-parts h3")) == "Việc con 1/1"
    assert stored(set_up, part).status is TaskStatus.DONE
