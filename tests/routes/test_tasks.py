from datetime import date

import pytest

from tests import factories as make
from tests.html import assert_swap_equals_reload, form, one, parse, texts, words
from tracker.models import Task
from tracker.policies.actor import Actor
from tracker.queries import tasks as read
from tracker.services import tasks as do
from tracker.services.act import Act

HTMX = {"HX-Request": "true"}
NEW = "/groups/HAL/metrology/tasks/new"
LEADERSHIP = Actor(person_id=0, person_name="x", is_director=True)
QUERIES_OF_A_PAGE = 22


@pytest.fixture
def code(set_up, cast):
    """A task of the member's in HAL, in a milestone, with a subtask."""
    with set_up() as session:
        stream = make.stream_of(session, cast)
        milestone = make.milestone(session, stream, title="Mốc đo lường")
        task = make.task(
            session,
            stream,
            title="Đo mẫu",
            milestone=milestone,
            owner_id=cast["member"].person_id,
            due=date(2026, 12, 1),
        )
        make.task(session, stream, title="Cân mẫu", parent=task, milestone=milestone)
        return task.code


def stored(set_up, code):
    with set_up() as session:
        return session.query(Task).filter_by(code=code).one()


class TestShowing:
    def test_the_page_and_the_drawer_say_the_same(self, client_for, code):
        client = client_for("member")

        page, drawer = client.get(f"/tasks/{code}"), client.get(f"/tasks/{code}", headers=HTMX)

        assert words(one(page, "h1")) == "Đo mẫu"
        assert words(one(drawer, "h2")) == "Đo mẫu"
        assert texts(drawer, "dt") == texts(page, ".beside dt")
        assert texts(page, ".checks a") == ["Cân mẫu"]

    def test_what_a_restricted_group_does_is_not_found(self, client_for, cast):
        assert client_for("member").get("/tasks/SOL-1").status_code == 404
        assert client_for("sol_head").get("/tasks/SOL-1").status_code == 200

    def test_who_may_only_look_is_offered_nothing_to_change(self, client_for, code):
        page = client_for("observer").get(f"/tasks/{code}")

        assert parse(page).select("main form[action*='/status'], main a[href$='/edit']") == []
        assert texts(page, "main form button") == ["Gửi Ctrl ↵"]

    def test_an_unclear_task_says_what_it_lacks(self, client_for, code):
        note = one(client_for("observer").get(f"/tasks/{code}"), ".unclear")

        assert words(note) == "Chưa rõ: thiếu sản phẩm, đơn vị chủ trì"

    @pytest.mark.parametrize("things", [1, 3])
    def test_its_queries_do_not_grow(self, client_for, set_up, cast, code, queries, things):
        with set_up():
            task = read.find(LEADERSHIP, code)
            for number in range(things):
                act = Act(person_id=cast["head"].person_id, at=make.AGES_AGO, cause="web")
                do.create(task.workstream, f"Con {number}", by=act, parent=task)
                do.edit(task, {"lead_unit_id": None, "result": str(number)}, by=act)
                do.share(
                    task, [cast[name].person_id for name in list(cast.players)[:number]], by=act
                )
        client = client_for("head")
        client.get(f"/tasks/{code}")

        with queries() as statements:
            assert client.get(f"/tasks/{code}").status_code == 200

        assert len(statements) == QUERIES_OF_A_PAGE


class TestEditing:
    def values(self, client, code, **changes):
        return form(client.get(f"/tasks/{code}/edit"), "main form.form") | changes

    def test_what_was_typed_is_stored_and_shown(self, client_for, set_up, code):
        client = client_for("head")
        values = self.values(client, code, title="Đo lại", result="Báo cáo", start="20/11/2026")

        answer = client.post(f"/tasks/{code}/edit", data=values)

        assert (answer.status_code, answer.location) == (303, f"/tasks/{code}")
        task = stored(set_up, code)
        assert (task.title, task.result, task.start) == ("Đo lại", "Báo cáo", date(2026, 11, 20))

    def test_in_the_drawer_the_answer_is_the_drawer(self, client_for, code):
        client = client_for("head")

        answer = client.post(
            f"/tasks/{code}/edit", data=self.values(client, code, title="Đo lại"), headers=HTMX
        )

        assert words(one(answer, "article h2")) == "Đo lại"
        assert "plan-moved" not in answer.headers["HX-Trigger"]
        partials = [partial["id"] for partial in parse(answer).select("hx-partial")]
        beside = ["milestone-HAL-M1-head", "mark-HAL-metrology", "declared-HAL-metrology"]
        assert partials == [f"task-{code}", *beside]

    def test_a_list_behind_asks_anew_for_what_was_moved(self, client_for, code):
        client = client_for("head")
        values = self.values(client, code, milestone_id="")

        answer = client.post(f"/tasks/{code}/edit", data=values, headers=HTMX)

        assert "plan-moved" in answer.headers["HX-Trigger"]

    @pytest.mark.parametrize(
        ("field", "typed", "sentence"),
        [
            ("title", "  ", "Bắt buộc nhập."),
            ("title", "x" * 5000, "Không quá 500 ký tự."),
            ("due", "29/02/2027", "Không có ngày «29/02/2027» trong lịch."),
            ("due", "1/1/1999", "Ngày phải nằm trong khoảng từ năm 2000 đến năm 2100."),
            ("start", "1/1/2101", "Ngày phải nằm trong khoảng từ năm 2000 đến năm 2100."),
            ("progress", "150", "Hãy nhập số từ 0 đến 100."),
            ("owner_id", "9999", "Hãy chọn một mục trong danh sách."),
        ],
    )
    def test_a_mistake_is_told_where_it_is_and_nothing_typed_is_lost(
        self, client_for, set_up, code, field, typed, sentence
    ):
        client = client_for("head")
        values = self.values(client, code, description="Viết **dài**") | {field: typed}

        answer = client.post(f"/tasks/{code}/edit", data=values)

        assert answer.status_code == 422
        assert words(one(answer, f"#{field}-error")) == sentence
        sent = form(answer, "main form.form")
        assert sent["description"].strip() == "Viết **dài**"
        if field != "owner_id":
            assert sent[field] == typed.strip()
        assert stored(set_up, code).title == "Đo mẫu"

    def test_a_forecast_beside_the_due_date_asks_why(self, client_for, set_up, code):
        client = client_for("head")
        values = self.values(client, code, forecast="30/12/2027")

        answer = client.post(f"/tasks/{code}/edit", data=values)

        assert texts(answer, "#reason-error") == ["Hãy chọn lý do dời ngày."]
        assert stored(set_up, code).forecast is None
        assert client.post(f"/tasks/{code}/edit", data=values | {"reason": "budget"}).location
        assert stored(set_up, code).forecast == date(2027, 12, 30)

    def test_an_end_before_the_start_is_told_at_the_end(self, client_for, code):
        client = client_for("head")
        values = self.values(client, code, start="05/12/2026", forecast="04/12/2026")

        answer = client.post(f"/tasks/{code}/edit", data=values)

        assert texts(answer, ".field__error") == [
            "Thời hạn không được trước ngày bắt đầu.",
            "Ngày dự kiến không được trước ngày bắt đầu.",
        ]

    def test_a_moved_date_asks_why(self, client_for, set_up, code):
        client = client_for("head")
        values = self.values(client, code, due="15/12/2026")

        answer = client.post(f"/tasks/{code}/edit", data=values)
        assert answer.status_code == 422
        assert words(one(answer, "#reason-error")) == "Hãy chọn lý do dời ngày."

        values |= {"reason": "other"}
        assert client.post(f"/tasks/{code}/edit", data=values).status_code == 422
        values |= {"reason_note": "Mưa bão", "agreed_by": "Tổ trưởng"}
        assert client.post(f"/tasks/{code}/edit", data=values).status_code == 303
        assert stored(set_up, code).due == date(2026, 12, 15)

    def test_a_member_edits_what_is_theirs_but_moves_no_due_date(self, client_for, set_up, code):
        client = client_for("member")
        values = self.values(client, code, title="Của tôi")
        assert {"due", "milestone_id"} & set(values) == set()

        answer = client.post(f"/tasks/{code}/edit", data=values | {"due": "01/01/2027"})

        assert answer.status_code == 303
        assert (stored(set_up, code).title, stored(set_up, code).due) == (
            "Của tôi",
            date(2026, 12, 1),
        )

    @pytest.mark.parametrize("role", ["observer", "director", "outsider"])
    def test_others_may_not(self, client_for, code, role):
        client = client_for(role)

        assert client.get(f"/tasks/{code}/edit").status_code == 403
        assert client.post(f"/tasks/{code}/edit", data={"title": "x"}).status_code == 403

    def test_the_second_editor_sees_both_values_and_chooses(self, client_for, set_up, code):
        first, second = client_for("head"), client_for("secretary")
        values = self.values(second, code, title="Của thư ký", start="20/11/2026")
        first.post(
            f"/tasks/{code}/edit", data=self.values(first, code, title="Của tổ trưởng", result="KQ")
        )

        asked = second.post(f"/tasks/{code}/edit", data=values)

        assert asked.status_code == 409
        assert "Nguyễn Thị Đào" in words(one(asked, "#conflict p"))
        assert texts(asked, ".conflict__choice span") == ["Của thư ký", "Của tổ trưởng"]
        choice = form(asked, "#conflict form")
        assert (choice["title"], choice["start"], choice["result"]) == (
            "Của thư ký",
            "20/11/2026",
            "KQ",
        )
        assert second.post(f"/tasks/{code}/edit", data=choice).status_code == 303
        task = stored(set_up, code)
        assert (task.title, task.result, task.start) == ("Của thư ký", "KQ", date(2026, 11, 20))

    def test_who_puts_the_choice_off_finds_the_form_as_it_was_typed(
        self, client_for, set_up, code, cast
    ):
        first, second = client_for("head"), client_for("secretary")
        people = [cast[role].person_id for role in ("deputy", "head")]
        values = self.values(second, code, title="Của thư ký", start="20/11/2026", result="Mới")
        values["participant_ids"] = people
        first.post(f"/tasks/{code}/edit", data=self.values(first, code, title="Của tổ trưởng"))
        asked = second.post(f"/tasks/{code}/edit", data=values)
        put_off = {**form(asked, "#conflict-later"), "participant_ids": people}

        again = second.post(one(asked, "#conflict-later")["action"], data=put_off)

        assert again.status_code == 422
        assert "Chưa lưu." in words(one(again, ".errors"))
        shown = form(again, f"#task-{code}-edit form")
        names = ("title", "start", "result", "version")
        assert {name: shown[name] for name in names} == {name: values[name] for name in names}
        ticked = parse(again).select("[name=participant_ids][checked]")
        assert sorted(int(box["value"]) for box in ticked) == sorted(people)
        assert stored(set_up, code).title == "Của tổ trưởng"
        # Saved again, the same question comes again: nothing of either is lost.
        assert second.post(f"/tasks/{code}/edit", data=shown).status_code == 409

    def test_by_htmx_the_question_comes_as_a_dialog(self, client_for, code):
        first, second = client_for("head"), client_for("secretary")
        values = self.values(second, code, title="B")
        first.post(f"/tasks/{code}/edit", data=self.values(first, code, title="A"))

        asked = second.post(f"/tasks/{code}/edit", data=values, headers=HTMX)

        assert (asked.status_code, asked.headers["HX-Retarget"]) == (409, "#dialog")
        assert one(asked, "dialog form")["hx-target"] == f"#task-{code}-edit"


class TestAdding:
    def test_a_whole_task_at_once(self, client_for, set_up, cast):
        client = client_for("head")
        data = {
            "title": "Hiệu chuẩn",
            "priority": "urgent",
            "owner_id": cast["member"].person_id,
            "lead_unit_id": cast.unit_id,
            "participant_ids": [cast["deputy"].person_id, cast["head"].person_id],
            "due": "31/12/2026",
            "result": "Giấy chứng nhận",
            "assigning_document": "214/TB-TĐC",
            "assigning_date": "20/10/2026",
            "assigning_item": "3",
        }

        answer = client.post(NEW, data=data)

        assert answer.status_code == 303
        task = stored(set_up, answer.location.rpartition("/")[2])
        assert (task.title, task.due, task.is_clear) == ("Hiệu chuẩn", date(2026, 12, 31), True)
        assert (task.assigning_document, task.assigning_date) == ("214/TB-TĐC", date(2026, 10, 20))

    def test_one_more_comes_back_to_the_same_milestone(self, client_for, set_up, cast):
        with set_up() as session:
            milestone = make.milestone(session, make.stream_of(session, cast))
            code, id_ = milestone.code, milestone.id
        client = client_for("head")

        data = form(client.get(f"{NEW}?milestone={code}"), "main form.form")
        assert data["milestone_id"] == str(id_)
        answer = client.post(NEW, data=data | {"title": "x", "more": "1"})

        assert answer.location == f"{NEW}?milestone={code}"

    def test_a_members_new_task_is_their_own(self, client_for, cast):
        data = form(client_for("member").get(NEW), "main form.form")

        assert data["owner_id"] == str(cast["member"].person_id)

    def test_a_mistake_keeps_what_was_typed(self, client_for):
        answer = client_for("head").post(NEW, data={"title": "Đo", "due": "mai kia"})

        assert answer.status_code == 422
        assert form(answer, "main form.form")["due"] == "mai kia"

    def test_observers_and_directors_may_not(self, client_for):
        for role in ("observer", "director", "outsider"):
            assert client_for(role).get(NEW).status_code == 403
            assert client_for(role).post(NEW, data={"title": "x"}).status_code == 403

    def test_a_subtask_by_its_title(self, client_for, set_up, cast, code):
        client = client_for("head")

        answer = client.post(f"/tasks/{code}/parts", data={"title": "Ghi số"}, headers=HTMX)

        assert texts(answer, f"#task-{code}-parts .checks a") == ["Cân mẫu", "Ghi số"]
        assert_swap_equals_reload_of(client, answer, f"/tasks/{code}", f"task-{code}-parts")
        wrong = client.post(f"/tasks/{code}/parts", data={"title": " "}, headers=HTMX)
        assert (wrong.status_code, texts(wrong, ".field__error")) == (422, ["Bắt buộc nhập."])


def assert_swap_equals_reload_of(client, answer, address, element_id):
    """Only the element meant: others of the answer belong to other pages."""
    brought = parse(answer).find(id=element_id)
    assert_swap_equals_reload(client, str(brought), address)


class TestThrowingAway:
    def test_it_goes_with_a_way_back(self, client_for, set_up, code):
        client = client_for("secretary")

        answer = client.post(f"/tasks/{code}/trash")
        assert answer.location == "/groups/HAL/metrology"
        page = client.get("/trash")
        assert texts(page, "tbody th") == [f"{code} Đo mẫu cùng 1 nhiệm vụ"]
        assert client.get(f"/tasks/{code}").status_code == 404

        undo = one(page, "tbody form")["action"]
        assert client.post(undo, data={"from": "trash"}).location == f"/tasks/{code}"
        assert client.get(f"/tasks/{code}").status_code == 200

    def test_in_a_list_the_page_is_made_anew(self, client_for, code):
        answer = client_for("head").post(
            f"/tasks/{code}/trash",
            headers=HTMX | {"HX-Current-URL": "http://localhost/groups/HAL/metrology"},
        )

        assert (answer.status_code, answer.headers["HX-Refresh"]) == (204, "true")

    def test_members_may_not(self, client_for, code):
        assert client_for("member").post(f"/tasks/{code}/trash").status_code == 403
