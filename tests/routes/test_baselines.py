from datetime import date

import pytest

from tests import factories as make
from tests.conftest import NOW
from tests.html import assert_swap_equals_reload, one, parse, texts, words
from tracker.models import Strand, Task, Workstream

HTMX = {"HX-Request": "true"}
ADDRESS = "/groups/HAL/baselines"
DOCUMENT = {"document_number": "45/QĐ-TĐC", "document_date": "20/11/2026"}


@pytest.fixture
def plan(set_up, cast):
    with set_up() as session:
        stream = session.get(Workstream, cast.workstreams["HAL", Strand.METROLOGY])
        stream.group = session.get(make.Group, stream.group_id)
        make.milestone(session, stream)
        make.task(session, stream)


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_plan_is_approved_with_its_document(client_for, plan, headers):
    head = client_for("head")

    answer = head.post(ADDRESS, data=DOCUMENT, headers=headers)

    assert answer.status_code == (200 if headers else 303)
    assert texts(head.get(ADDRESS), ".list b") == ["Lần 1 · 45/QĐ-TĐC, 20/11/2026"]
    if headers:
        assert_swap_equals_reload(head, answer.get_data(as_text=True), ADDRESS)


@pytest.mark.parametrize("headers", [{}, HTMX])
@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"document_number": ""}, "document_number"),
        ({"document_date": "31/2/2026"}, "document_date"),
        ({"document_date": "1/1/2027"}, "document_date"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(client_for, plan, headers, data, field):
    answer = client_for("head").post(ADDRESS, data=DOCUMENT | data, headers=headers)

    assert answer.status_code == 422
    assert one(answer, f"#{field}-error")


def test_one_document_approves_once(client_for, plan):
    head = client_for("head")
    head.post(ADDRESS, data=DOCUMENT)

    answer = head.post(ADDRESS, data=DOCUMENT)

    assert answer.status_code == 422
    assert texts(answer, ".field__error") == ["Văn bản 45/QĐ-TĐC đã được ghi cho kế hoạch này."]


def test_an_empty_plan_offers_nothing_to_approve(client_for):
    page = client_for("head").get(ADDRESS)

    assert parse(page).select("main form button") == []
    assert client_for("head").post(ADDRESS, data=DOCUMENT).status_code == 422


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("administrator", 303),
        ("director", 303),
        ("head", 303),
        ("deputy", 303),
        ("secretary", 403),
        ("member", 403),
        ("observer", 403),
    ],
)
def test_leads_directors_and_administrators_approve(client_for, plan, role, status):
    client = client_for(role)

    assert client.get(ADDRESS).status_code == 200
    assert client.post(ADDRESS, data=DOCUMENT).status_code == status


def test_a_group_one_may_not_see_is_not_found(client_for):
    assert client_for("head").get("/groups/SOL/baselines").status_code == 404
    assert client_for("head").post("/groups/SOL/baselines").status_code == 404


@pytest.mark.parametrize(
    ("data", "field", "sentence"),
    [
        ({"document_number": " "}, "document_number", None),
        (
            {"document_date": "29/02/2026"},
            "document_date",
            "Không có ngày «29/02/2026» trong lịch.",
        ),
        ({"document_date": "01/01/1999"}, "document_date", None),
        ({"document_date": "01/01/2101"}, "document_date", None),
        ({"document_date": "24/11/2026"}, "document_date", "Ngày văn bản không được ở tương lai."),
    ],
)  # fmt: skip
def test_a_document_that_cannot_be_is_refused_at_its_field(client_for, plan, data, field, sentence):
    answer = client_for("head").post(ADDRESS, data=DOCUMENT | data)

    assert answer.status_code == 422
    said = words(one(answer, f"#{field}-error"))
    assert said == sentence or (sentence is None and said)


@pytest.fixture
def approved(client_for, plan, set_up, cast):
    """Approved once; then one task moved, one was added, and one was thrown away."""
    with set_up() as session:
        stream = make.stream_of(session, cast)
        moved = make.task(session, stream, title="Đo", due=date(2026, 12, 1))
        gone = make.task(session, stream, title="Bỏ đi", due=date(2026, 12, 1))
        moved, gone = moved.id, gone.id
    client_for("head").post(ADDRESS, data=DOCUMENT)
    with set_up() as session:
        session.get(Task, moved).forecast = date(2026, 12, 8)
        session.get(Task, gone).deleted_at = NOW
        make.task(session, make.stream_of(session, cast), title="Mới")


def test_an_approval_shows_what_was_approved_and_what_became_of_it(client_for, approved):
    page = client_for("observer").get(f"{ADDRESS}/1")

    assert texts(page, "h1") == ["Kế hoạch duyệt lần 1"]
    assert len(parse(page).select("tbody tr")) == 4
    (row,) = [words(row) for row in parse(page).select("tbody tr") if "Đo" in words(row)]
    assert "01/12/2026 08/12/2026 — +7 ngày (+5 ngày làm việc)" in row
    assert texts(page, "tbody .tag") == ["đã bỏ"]
    assert len(parse(client_for("head").get(f"{ADDRESS}/1?strand=inspection")).select("td")) == 0
    assert client_for("head").get(f"{ADDRESS}/2").status_code == 404
    assert client_for("head").get(f"{ADDRESS}/{10**30}").status_code == 404


@pytest.mark.parametrize("query", ["", "?from=1", "?from=1&to=today"])
def test_an_approval_is_held_against_today(client_for, approved, query):
    page = client_for("observer").get(f"{ADDRESS}/compare{query}")

    assert texts(page, ".facts__one b") == ["1", "1", "1", "0", "0", "0"]
    assert texts(page, "#comparison h2") == ["Dời ngày 1", "Đã thêm 1", "Đã bỏ 1"]
    fragment = client_for("observer").get(f"{ADDRESS}/compare{query}", headers=HTMX)
    assert words(one(fragment, "#comparison")) == words(one(page, "#comparison"))


def test_two_approvals_are_held_against_each_other(client_for, approved):
    head = client_for("head")
    head.post(ADDRESS, data=DOCUMENT | {"document_number": "46/QĐ-TĐC"})

    assert texts(head.get(f"{ADDRESS}/compare?from=1&to=2"), "#comparison h2") == [
        "Đã thêm 1",
        "Đã bỏ 1",
    ]
    same = head.get(f"{ADDRESS}/compare?from=2&to=2")
    assert texts(same, ".empty h2") == ["Không có gì khác"]


def test_an_approval_that_is_none_is_said_to_be_none(client_for, approved):
    answer = client_for("head").get(f"{ADDRESS}/compare?from=7")

    assert answer.status_code == 422
    assert texts(answer, "#from-error") == ["Không có lần phê duyệt «7»."]
    assert client_for("head").get(f"{ADDRESS}/compare.csv?from=7").status_code == 404


def test_nothing_approved_has_nothing_to_compare(client_for, plan):
    page = client_for("head").get(f"{ADDRESS}/compare")

    assert texts(page, ".empty h2") == ["Kế hoạch chưa được phê duyệt"]


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/1.csv", "HAL-baseline_1.csv"),
        ("/1.xlsx", "HAL-baseline_1.xlsx"),
        ("/compare.csv?from=1", "HAL-baselines_1-today.csv"),
        ("/compare.xlsx?from=1&to=today", "HAL-baselines_1-today.xlsx"),
    ],
)
def test_it_is_taken_away_as_a_file(client_for, approved, address, name):
    answer = client_for("observer").get(ADDRESS + address)

    assert answer.status_code == 200
    assert name in answer.headers["Content-Disposition"]
    assert client_for("head").get(f"{ADDRESS}/1.pdf").status_code == 404
