"""A NUL in an address, a query or a form: PostgreSQL takes none, and nobody sees a 500."""

import pytest

HTMX = {"HX-Request": "true"}


@pytest.mark.parametrize(
    "address",
    [
        *("/groups/%00", "/groups/HAL%00/metrology", "/tasks/HAL-%00", "/risks/HAL-R%00"),
        *("/decisions/%00", "/directives.%00", "/people/%00"),
    ],
)
def test_it_leads_nowhere_in_an_address(client_for, address):
    assert client_for("director").get(address).status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        *("/risks?group=", "/risks.csv?group=", "/groups/HAL/risks/new?blocks="),
        *("/decisions?group=", "/groups/HAL/decisions/new?stalls="),
        *("/directives?document=", "/directives?group=", "/?since=", "/changes?group="),
    ],
)
def test_it_is_as_if_not_there_in_a_query(client_for, address):
    head = client_for("head")

    assert head.get(f"{address}%00").status_code == head.get(address).status_code == 200


def test_it_is_as_if_not_there_in_a_form(client_for):
    director = client_for("director")

    said = director.post("/attention/show", data={"subject": "a\0b"}, headers=HTMX)
    typed = director.post("/attention/hide", data={"subject": "\0", "until": "\0"})

    assert (said.status_code, typed.status_code) == (204, 404)
