from datetime import date

import pytest

from tests import factories as make
from tests.html import form, one, parse, texts, words
from tracker.models import Group, Milestone, Task
from tracker.services import baselines
from tracker.services.act import Act

HTMX = {"HX-Request": "true"}
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
    assert facts(page)["Dự kiến"] == "19/12/2026 (+18 ngày)"
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
        assert "05/01/2027 (+35 ngày)" in facts(answer)["Dự kiến"]
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
    answer = client_for("head").post(f"/milestones/{code}/confirm", headers=HTMX)

    assert texts(answer, ".changed b") == ["Vẫn đúng"]


def test_a_restricted_groups_milestone_is_not_found(client_for):
    assert client_for("head").get("/milestones/SOL-M1").status_code == 404
    assert client_for("director").get("/milestones/SOL-M1").status_code == 200
