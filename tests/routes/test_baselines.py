import pytest

from tests import factories as make
from tests.html import assert_swap_equals_reload, one, parse, texts
from tracker.models import Strand, Workstream

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
