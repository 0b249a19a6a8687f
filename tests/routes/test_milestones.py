from datetime import date

import pytest

from tests import factories as make
from tests.html import assert_swap_equals_reload, form, one, parse, plain, texts, words
from tracker.models import Group, Milestone, Task
from tracker.services import baselines
from tracker.services.act import Act

HTMX = {"HX-Request": "true"}
LIST = "/groups/HAL/metrology"
BESIDE = ["mark-HAL-metrology", "declared-HAL-metrology"]
NEW = "/groups/HAL/metrology/milestones/new"


@pytest.fixture
def code(set_up, cast):
    with set_up() as session:
        stream = make.stream_of(session, cast)
        milestone = make.milestone(
            session,
            stream,
            title="Được công nhận",
            baseline=date(2026, 12, 1),
            forecast=date(2026, 12, 19),
        )
        make.task(session, stream, title="Đo", milestone=milestone)
        return milestone.code


def stored(set_up, code):
    with set_up() as session:
        return session.query(Milestone).filter_by(code=code).one()


def facts(page):
    return dict(zip(texts(page, ".details dt"), texts(page, ".details dd"), strict=True))


def test_it_shows_plan_forecast_slip_and_tasks(client_for, code):
    client = client_for("observer")

    page, drawer = (
        client.get(f"/milestones/{code}"),
        client.get(f"/milestones/{code}", headers=HTMX),
    )

    assert facts(page) == facts(drawer)
    assert facts(page)["Kế hoạch"] == "01/12/2026 dự thảo, chưa phê duyệt"
    assert facts(page)["Dự kiến"] == "19/12/2026"
    assert facts(page)["So với kế hoạch"] == "+18 ngày (+13 ngày làm việc)"
    assert texts(page, ".checks a") == ["Đo"]
    assert parse(page).select("main form:not(.reply)") == []


def test_an_approved_plan_names_its_document_and_moves_by_approval_only(
    client_for, set_up, cast, code
):
    with set_up() as session:
        milestone = session.query(Milestone).filter_by(code=code).one()
        act = Act(person_id=cast["head"].person_id, at=make.AGES_AGO, cause="web")
        baselines.approve(
            session.get_one(Group, milestone.group_id),
            document_number="QĐ 12/QĐ-TĐC",
            document_date=date(2026, 1, 2),
            by=act,
        )
    client = client_for("head")

    told = facts(client.get(f"/milestones/{code}"))["Kế hoạch"]

    assert told == "01/12/2026 phê duyệt lần 1: QĐ 12/QĐ-TĐC ngày 02/01/2026"
    assert "baseline" not in form(client.get(f"/milestones/{code}/edit"), "main form.form")


class TestMoving:
    def test_with_a_reason_and_who_agreed(self, client_for, set_up, code):
        client = client_for("director")
        data = {"forecast": "2027-01-05", "version": 1}
        refused = client.post(f"/milestones/{code}/forecast", data=data, headers=HTMX)
        assert refused.status_code == 422
        assert texts(refused, ".field__error") == ["Hãy chọn lý do dời ngày."]

        data |= {"reason": "no_consensus", "agreed_by": "Hội đồng"}
        answer = client.post(f"/milestones/{code}/forecast", data=data, headers=HTMX)

        assert stored(set_up, code).forecast == date(2027, 1, 5)
        assert facts(answer)["Dự kiến"] == "05/01/2027"
        assert facts(answer)["So với kế hoạch"] == "+35 ngày (+25 ngày làm việc)"
        (told,) = texts(answer, ".changed")
        assert told.startswith(
            "Dự kiến 19/12/2026 → 05/01/2027 · Chưa đồng thuận, đồng ý: Hội đồng"
        )

    def test_members_may_not(self, client_for, code):
        for role in ("member", "observer", "outsider"):
            assert client_for(role).get(f"/milestones/{code}/forecast").status_code == 403

    def test_the_second_of_two_chooses(self, client_for, code):
        data = {"reason": "budget", "version": 1}
        address = f"/milestones/{code}/forecast"
        client_for("head").post(address, data=data | {"forecast": "2027-01-05"})

        asked = client_for("deputy").post(address, data=data | {"forecast": "2027-02-01"})

        assert asked.status_code == 409
        assert texts(asked, ".conflict__choice span") == ["01/02/2027", "05/01/2027"]


class TestClosing:
    def test_takes_a_document(self, client_for, set_up, code):
        client = client_for("secretary")
        data = form(client.get(f"/milestones/{code}/close"), "main form.form")
        assert data["closed_on"] == "23/11/2026"
        assert client.post(f"/milestones/{code}/close", data=data).status_code == 422

        data |= {"evidence": "QĐ 321/QĐ-BKHCN", "evidence_date": "20/11/2026"}
        assert client.post(f"/milestones/{code}/close", data=data).status_code == 303

        told = facts(client.get(f"/milestones/{code}"))
        assert told["Minh chứng"] == "QĐ 321/QĐ-BKHCN ngày 20/11/2026"
        assert told["Ngày đạt"].startswith("23/11/2026")

    def test_not_tomorrow(self, client_for, code):
        data = {"evidence": "QĐ 1", "closed_on": "24/11/2026"}

        answer = client_for("head").post(f"/milestones/{code}/close", data=data)

        assert answer.status_code == 422
        assert words(one(answer, "#closed_on-error")) == "Ngày đạt mốc không được ở tương lai."

    def test_can_be_taken_back(self, client_for, set_up, code):
        client = client_for("head")
        client.post(
            f"/milestones/{code}/close", data={"evidence": "QĐ 1", "closed_on": "23/11/2026"}
        )

        answer = client.post(f"/milestones/{code}/reopen", headers=HTMX)

        assert words(one(answer, ".tag")) == "◆ Đang mở"
        assert client.post(f"/milestones/{code}/reopen").status_code == 409


MOVED = {"view": "head", "version": 1, "forecast": "2027-01-05", "reason": "budget"}
CLOSED = {"view": "head", "version": 1, "evidence": "QĐ 1", "closed_on": "23/11/2026"}


class TestInAList:
    """Moved and closed in the heading of its list, without leaving it."""

    @pytest.mark.parametrize(("verb", "sent"), [("forecast", MOVED), ("close", CLOSED)])
    def test_the_heading_is_the_answer(self, client_for, set_up, code, verb, sent):
        client = client_for("secretary")

        answer = client.post(f"/milestones/{code}/{verb}", data=sent, headers=HTMX)

        brought = assert_swap_equals_reload(client, answer, LIST)
        assert brought == [f"milestone-{code}-head", *BESIDE]
        milestone = stored(set_up, code)
        assert date(2027, 1, 5) == milestone.forecast or milestone.evidence == "QĐ 1"

    @pytest.mark.parametrize(("verb", "sent"), [("forecast", MOVED), ("close", CLOSED)])
    def test_without_a_script_one_comes_back_to_it(self, client_for, code, verb, sent):
        client = client_for("head")
        page = client.get(f"/milestones/{code}/{verb}?view=head")

        answer = client.post(f"/milestones/{code}/{verb}", data=sent)

        assert form(page, "main form.form")["view"] == "head"
        assert (answer.status_code, answer.location) == (303, f"{LIST}#milestone-{code}")

    @pytest.mark.parametrize(
        ("verb", "sent", "sentence"),
        [
            ("forecast", MOVED | {"reason": ""}, "Hãy chọn lý do dời ngày."),
            ("close", CLOSED | {"evidence": " "}, "Bắt buộc nhập."),
            ("close", CLOSED | {"closed_on": "24/11/2026"}, "Ngày đạt mốc không được ở tương lai."),
        ],
    )
    def test_a_mistake_is_asked_about_in_a_dialog(self, client_for, code, verb, sent, sentence):
        answer = client_for("head").post(f"/milestones/{code}/{verb}", data=sent, headers=HTMX)

        assert (answer.status_code, answer.headers["HX-Retarget"]) == (422, "#dialog")
        assert texts(answer, "dialog .field__error") == [sentence]
        assert one(answer, "dialog form")["hx-target"] == f"#milestone-{code}-head"

    def test_the_second_of_two_chooses(self, client_for, code):
        address = f"/milestones/{code}/forecast"
        client_for("head").post(address, data=MOVED)

        asked = client_for("deputy").post(
            address, data=MOVED | {"forecast": "2027-02-01"}, headers=HTMX
        )

        assert asked.status_code == 409
        assert one(asked, "dialog form")["hx-target"] == f"#milestone-{code}-head"

    @pytest.mark.parametrize(
        ("role", "offered"),
        [("head", ["forecast", "close"]), ("director", ["forecast"]), ("member", [])],
    )
    def test_is_offered_to_those_who_may(self, client_for, code, role, offered):
        head = one(client_for(role).get(LIST), f"#milestone-{code}-head")

        assert [link["data-picks"] for link in head.select("[data-picks]")] == offered

    @pytest.mark.parametrize(
        ("verb", "sent"),
        [
            ("forecast", MOVED | {"view": ""}),
            ("close", CLOSED | {"view": ""}),
            ("edit", {"title": "Tên khác", "version": 1, "reason": "budget"}),
            ("reopen", {}),
        ],
    )
    def test_it_follows_what_the_drawer_changes(self, client_for, code, verb, sent):
        client = client_for("head")
        if verb == "reopen":
            client.post(f"/milestones/{code}/close", data=CLOSED)

        answer = client.post(f"/milestones/{code}/{verb}", data=sent, headers=HTMX)

        heading = one(answer, f"header#milestone-{code}-head")
        assert plain(heading) == plain(one(client.get(LIST), f"#milestone-{code}-head"))

    def test_an_open_drawer_follows_the_list(self, client_for, code):
        client = client_for("head")
        headers = HTMX | {"HX-Current-URL": f"http://localhost/milestones/{code}"}

        answer = client.post(f"/milestones/{code}/close", data=CLOSED, headers=headers)

        drawer = one(client.get(f"/milestones/{code}", headers=HTMX), "article.sheet")
        assert plain(one(answer, "article.sheet")) == plain(drawer)


def test_adding_and_editing(client_for, set_up, code):
    client = client_for("head")

    answer = client.post(NEW, data={"title": "Mốc mới", "baseline": "tháng 3/2027"})
    made = stored(set_up, answer.location.rpartition("/")[2])
    assert (made.title, made.baseline, made.forecast) == (
        "Mốc mới",
        date(2027, 3, 31),
        made.baseline,
    )

    data = form(client.get(f"/milestones/{code}/edit"), "main form.form") | {"title": "Tên khác"}
    assert client.post(f"/milestones/{code}/edit", data=data).status_code == 303
    assert stored(set_up, code).title == "Tên khác"
    wrong = client.post(f"/milestones/{code}/edit", data=data | {"forecast": "31/02/2027"})
    assert wrong.status_code == 422
    assert form(wrong, "main form.form")["forecast"] == "31/02/2027"


def test_only_those_who_shape_the_plan(client_for, code):
    for role in ("member", "director", "observer"):
        client = client_for(role)
        assert client.get(NEW).status_code == 403
        for verb in ("edit", "close", "reopen", "trash", "confirm"):
            assert client.post(f"/milestones/{code}/{verb}").status_code == 403, (role, verb)


def test_it_goes_with_its_tasks_and_comes_back(client_for, set_up, code):
    client = client_for("head")

    client.post(f"/milestones/{code}/trash")
    with set_up() as session:
        assert session.query(Task).filter(Task.deleted_at.is_not(None)).count() == 1
    undo = one(client.get("/trash"), "tbody form")["action"]
    client.post(undo)

    assert texts(client.get(f"/milestones/{code}"), ".checks a") == ["Đo"]


def test_still_true(client_for, code):
    client = client_for("head")
    offered = one(client.get(f"/milestones/{code}"), "form[action$=confirm]")

    answer = client.post(offered["action"], headers=HTMX)

    assert texts(answer, ".changed b") == ["Vẫn đúng"]


def test_a_restricted_groups_milestone_is_not_found(client_for):
    assert client_for("head").get("/milestones/SOL-M1").status_code == 404
    assert client_for("director").get("/milestones/SOL-M1").status_code == 200


def test_a_forecast_dropped_on_a_timeline_stands_in_the_form(client_for, code):
    page = client_for("head").get(f"/milestones/{code}/forecast?forecast=2027-02-08")

    assert one(page, "input[name=forecast_own]")["value"] == "2027-02-08"
