"""Numbers that no row can have, in addresses, query strings and forms: never a 500."""

import pytest

from tests import factories as make
from tests.html import form
from tracker.lib.numbers import LARGEST
from tracker.web import addresses

NUMBERS = [str(LARGEST), str(LARGEST + 1), "9" * 24, "9" * 5000]


@pytest.fixture
def code(set_up, cast):
    with set_up() as session:
        return make.task(session, make.stream_of(session, cast), title="Đo mẫu").code


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("address", ["/reports/", "/admin/accounts/", "/imports/"])
def test_an_address_no_row_can_have_leads_nowhere(client_for, address, number):
    assert client_for("administrator").get(f"{address}{number}").status_code == 404


@pytest.mark.parametrize("number", [*NUMBERS, "-" + "9" * 24, "x"])
def test_a_number_nothing_can_have_is_as_if_not_asked(client_for, number):
    admin = client_for("administrator")
    for address in (
        "/admin/audit?page=",
        "/admin/audit?person=",
        "/admin/audit?group=",
        "/admin/accounts?page=",
        "/admin/accounts/new?person=",
        "/admin/persons?page=",
        "/admin/persons?unit=",
        "/admin/units/new?parent=",
        "/admin/calendar?year=",
        "/groups?page=",
        "/imports?page=",
        "/reports?page=",
        "/search?q=hal&page=",
        "/?lead=",
        "/my?page=",
    ):
        assert (address, admin.get(address + number).status_code) in {
            (address, 200),
            (address, 422),
        }


@pytest.mark.parametrize("field", ["version", "owner_id", "lead_unit_id", "participant_ids"])
@pytest.mark.parametrize("number", NUMBERS[1:])
def test_a_form_with_such_a_number_comes_back(client_for, code, field, number):
    client = client_for("head")
    values = form(client.get(f"/tasks/{code}/edit"), "main form.form") | {field: number}

    assert client.post(f"/tasks/{code}/edit", data=values).status_code == 422


def test_an_address_is_made_once_for_each_place_and_kind_of_value(app):
    made = []
    known = addresses.remembered(lambda endpoint, **values: made.append((endpoint, values)) or "/")

    for root in ("", "", "/nqi"):
        with app.test_request_context(base_url=f"http://localhost{root}/"):
            known("tasks.show", code="HAL-1")
            known("my_work.show", page=1)

    once = [("tasks.show", {"code": "HAL-1"}), ("my_work.show", {"page": 1})]
    assert made == once * 2
