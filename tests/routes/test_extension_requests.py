import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from tests import factories as make
from tests.conftest import NOW
from tests.html import form, one, parse, texts, words
from tracker.models import (
    Change,
    ExtensionRequest,
    ExtensionState,
    Milestone,
    MoveReason,
    Task,
)
from tracker.services import extension_requests as do
from tracker.services.act import Act, Why

HTMX = {"HX-Request": "true"}
DUE, LATER = date(2026, 12, 1), date(2026, 12, 15)
ASKED = {"new_day": "2026-12-15", "reason": "budget", "reason_note": "Chưa có dự toán."}
GRANT = {"decision": "grant", "sentence": "Đồng ý, giữ đúng ngày này."}
WHY = Why(reason=MoveReason.BUDGET, sentence="Chưa có dự toán.")


@pytest.fixture
def code(set_up, cast):
    with set_up() as session:
        stream = make.stream_of(session, cast)
        owner = cast["member"].person_id
        return make.task(session, stream, title="Đo mẫu", owner_id=owner, due=DUE).code


@pytest.fixture
def asked(set_up, cast, code):
    """One request of the member that waits, by its id."""
    with set_up() as session:
        task = session.query(Task).filter_by(code=code).one()
        by = Act(person_id=cast["member"].person_id, at=NOW, cause="web")
        return do.ask(task, LATER, why=WHY, by=by).id


@pytest.fixture
def milestone(set_up, cast):
    with set_up() as session:
        return make.milestone(session, make.stream_of(session, cast), forecast=DUE).code


def stored(set_up, id_):
    with set_up() as session:
        return session.get(ExtensionRequest, id_)


def due(set_up, code):
    with set_up() as session:
        return session.query(Task).filter_by(code=code).one().due


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_the_owner_asks_and_the_date_stays(client_for, set_up, code, headers):
    member = client_for("member")

    answer = member.post(f"/tasks/{code}/extension", data=ASKED, headers=headers)

    assert answer.status_code == (200 if headers else 303)
    assert due(set_up, code) == DUE
    facts = parse(member.get(f"/tasks/{code}")).find(id=f"task-{code}-facts")
    assert "gửi hôm nay" in words(facts)
    if headers:
        assert words(parse(answer).find(id=f"task-{code}-facts")) == words(facts)


@pytest.mark.parametrize(
    ("sent", "field", "sentence"),
    [
        ({"new_day": "2026-12-01"}, "new_day",
            "Ngày xin gia hạn phải sau thời hạn hiện tại (01/12/2026).",
        ),
        (
            {"new_day": "own", "new_day_own": "29/02/2027"},
            "new_day",
            "Không có ngày «29/02/2027» trong lịch.",
        ),
        ({"new_day": "2101-01-01"}, "new_day", None),
        ({"new_day": ""}, "new_day", None),
        ({"reason": ""}, "reason", "Hãy chọn lý do dời ngày."),
        ({"reason_note": " "}, "reason_note", "Hãy viết một câu: vì sao cần gia hạn."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_field(client_for, code, sent, field, sentence):
    plain = client_for("member").post(f"/tasks/{code}/extension", data=ASKED | sent)
    part = client_for("member").post(f"/tasks/{code}/extension", data=ASKED | sent, headers=HTMX)

    assert (plain.status_code, part.status_code) == (422, 422)
    assert part.headers["HX-Retarget"] == f"#extension-ask-{code}"
    said = words(one(plain, f"#{field}-error"))
    assert said == sentence or (sentence is None and said)
    assert form(plain, "main form.form")["reason_note"] == (ASKED | sent)["reason_note"].strip()


@pytest.mark.parametrize("headers", [{}, HTMX])
@pytest.mark.parametrize("view", ["facts", "todo", "page"])
def test_the_lead_grants_and_the_date_moves(client_for, set_up, cast, code, asked, view, headers):
    head = client_for("head")

    answer = head.post(f"/extensions/{asked}/answer", data=GRANT | {"view": view}, headers=headers)

    assert answer.status_code == (200 if headers else 303)
    assert due(set_up, code) == LATER
    request = stored(set_up, asked)
    assert request.state is ExtensionState.GRANTED
    assert request.answered_by_id == cast["head"].person_id
    page = head.get(f"/tasks/{code}")
    assert "đồng ý: Nguyễn Thị Đào" in page.text
    assert "theo đề nghị gia hạn" in page.text


def test_a_refusal_leaves_the_date(client_for, set_up, code, asked):
    sent = {"decision": "refuse", "sentence": "Không lùi nữa."}

    client_for("secretary").post(f"/extensions/{asked}/answer", data=sent)

    assert due(set_up, code) == DUE
    assert stored(set_up, asked).state is ExtensionState.REFUSED
    assert "Không lùi nữa." in client_for("member").get(f"/tasks/{code}").text


@pytest.mark.parametrize("headers", [{}, HTMX])
@pytest.mark.parametrize("sent", [{"sentence": ""}, {"decision": "perhaps"}])
def test_an_answer_needs_a_decision_and_a_sentence(client_for, set_up, asked, sent, headers):
    answer = client_for("head").post(
        f"/extensions/{asked}/answer", data=GRANT | sent, headers=headers
    )

    assert answer.status_code == 422
    assert len(texts(answer, f"#extension-{asked}-error")) == 1
    assert stored(set_up, asked).state is ExtensionState.OPEN


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_the_second_who_answers_sees_both_answers(client_for, set_up, code, asked, headers):
    client_for("head").post(f"/extensions/{asked}/answer", data=GRANT)
    sent = {"decision": "refuse", "sentence": "Theo tôi thì không."}

    answer = client_for("deputy").post(f"/extensions/{asked}/answer", data=sent, headers=headers)

    assert answer.status_code == 409
    assert "Đồng ý, giữ đúng ngày này." in answer.text
    assert "Theo tôi thì không." in answer.text
    assert due(set_up, code) == LATER
    if headers:
        assert answer.headers["HX-Retarget"] == "#dialog"


def test_of_two_who_answer_in_the_same_moment_one_is_told(client_for, set_up, code, asked):
    clients = [client_for("head"), client_for("deputy")]
    address = f"/extensions/{asked}/answer"
    sent = [GRANT, {"decision": "refuse", "sentence": "Không."}]

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda c, data: c.post(address, data=data), clients, sent))

    assert sorted(answer.status_code for answer in answers) == [303, 409]
    granted = stored(set_up, asked).state is ExtensionState.GRANTED
    assert due(set_up, code) == (LATER if granted else DUE)


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_who_asked_takes_it_back(client_for, set_up, asked, headers):
    member = client_for("member")

    answer = member.post(f"/extensions/{asked}/withdraw", headers=headers)

    assert answer.status_code == (200 if headers else 303)
    assert stored(set_up, asked).state is ExtensionState.WITHDRAWN
    assert member.post(f"/extensions/{asked}/withdraw", headers=headers).status_code == 409


def test_a_request_stands_with_the_lead_and_counts(client_for, set_up, asked):
    head = client_for("head")

    page = head.get("/my?show=extensions")

    assert len(parse(page).select("#my-work-asked article")) == 1
    assert words(one(page, "#my-work-extensions")) == "Đề nghị gia hạn 1"
    assert words(one(page, ".bar__places .count")) == "1"
    assert parse(client_for("secretary").get("/groups/HAL")).find(id=f"asked-{asked}")
    assert parse(client_for("member").get("/my?show=extensions")).select("article.extension") == []


def test_an_answer_in_my_work_brings_the_numbers(client_for, asked):
    answer = client_for("head").post(
        f"/extensions/{asked}/answer", data=GRANT | {"view": "todo"}, headers=HTMX
    )

    assert one(answer, "#my-work-chips").get("hx-swap-oob") == "true"
    assert json.loads(answer.headers["HX-Trigger"])["toast"]["text"] == "Đã đồng ý gia hạn"


def test_whoever_may_move_the_date_is_not_asked_to_ask(client_for, code):
    assert parse(client_for("member").get(f"/tasks/{code}")).find(href=f"/tasks/{code}/extension")
    for role in ("head", "secretary", "director", "observer"):
        page = parse(client_for(role).get(f"/tasks/{code}"))
        assert page.find(href=f"/tasks/{code}/extension") is None


def test_the_forecast_of_a_milestone_is_asked_for_too(client_for, set_up, milestone):
    member = client_for("member")
    member.post(f"/milestones/{milestone}/extension", data=ASKED)
    with set_up() as session:
        id_ = session.query(ExtensionRequest).one().id

    page = client_for("director").get("/my?show=extensions")
    assert len(parse(page).select("#my-work-asked article")) == 1
    client_for("director").post(f"/extensions/{id_}/answer", data=GRANT)

    with set_up() as session:
        found = session.query(Milestone).filter_by(code=milestone).one()
        assert (found.forecast, found.baseline) == (LATER, None)


def test_all_requests_of_a_group_are_listed(client_for, asked):
    member = client_for("member")

    assert len(parse(member.get("/groups/HAL/extensions")).select("article")) == 1
    assert len(parse(member.get("/groups/HAL/extensions?state=open")).select("article")) == 1
    empty = member.get("/groups/HAL/extensions?state=refused")
    assert texts(empty, ".empty h2") == ["Không có đề nghị nào như vậy"]
    assert texts(client_for("head").get(f"/extensions/{asked}"), "h1") == ["Đề nghị gia hạn"]


@pytest.mark.parametrize("table", [Milestone, Task])
def test_granting_shows_first_what_it_pushes(client_for, set_up, cast, code, milestone, table):
    moved, kind = (milestone, "milestones") if table is Milestone else (code, "tasks")
    client_for("member").post(f"/{kind}/{moved}/extension", data=ASKED)
    with set_up() as session:
        id_ = session.query(ExtensionRequest).one().id
        first = session.query(table).filter_by(code=moved).one()
        behind = make.milestone(session, make.stream_of(session, cast), forecast=DUE)
        make.link(session, first, behind)
        pushed_code = behind.code
    head = client_for("head")

    asked = head.post(f"/extensions/{id_}/answer", data=GRANT, headers=HTMX)
    assert asked.status_code == 422
    assert pushed_code in " ".join(texts(asked, ".pushes__list li"))

    mark = one(asked, "[name=pushes]")["value"]
    granted = head.post(f"/extensions/{id_}/answer", data=GRANT | {"pushes": mark}, headers=HTMX)
    assert granted.status_code == 200
    with set_up() as session:
        pushed = session.query(Milestone).filter_by(code=pushed_code).one()
        change = session.query(Change).filter_by(kind="milestone", subject_id=pushed.id).one()
        assert pushed.forecast >= LATER
        assert (change.cause, change.sentence) == (
            f"cascade:{moved}",
            f"{moved}: {ASKED['reason_note']}",
        )
