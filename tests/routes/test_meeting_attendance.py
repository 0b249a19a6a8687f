import pytest

from tests import meetings as make
from tests.html import assert_swap_equals_reload, one, parse, texts

HTMX = {"HX-Request": "true"}


@pytest.fixture
def address(set_up, cast):
    with set_up():
        return f"/meetings/{make.running(cast, 'HAL').id}/attendance"


def marks(page):
    return [
        (
            one(str(seat), "b").get_text(),
            [b.get_text() for b in seat.select("[aria-pressed=true]")],
        )
        for seat in parse(page).select(".seat")
    ]


def test_the_roll_is_called_by_name_and_the_rest_are_there(client_for, cast, address):
    client = client_for("secretary")
    member = cast["member"].person_id
    marked = client.post(f"{address}/persons/{member}", data={"presence": "excused"}, headers=HTMX)
    everybody = client.post(f"{address}/everyone", headers=HTMX)

    assert dict(marks(marked))[cast["member"].name] == ["Vắng có lý do"]
    assert texts(everybody, "#attendance > p") == ["Có mặt 4 · vắng 1 · chưa điểm danh 0"]
    assert_swap_equals_reload(client, everybody, address)
    assert one(client.get(address, headers=HTMX), "dialog")["id"] == "attendance-dialog"


def test_a_guest_is_written_down_by_name(client_for, address):
    client = client_for("secretary")
    nameless = client.post(address, data={"name": " "}, headers=HTMX)
    client.post(address, data={"name": "Trần An", "post": "Sở KH&CN"})

    assert nameless.status_code == 422
    assert marks(client.get(address))[-1] == ("Trần An", ["Có mặt"])


def test_the_second_of_two_who_mark_somebody_is_asked(client_for, address):
    first, second = client_for("secretary"), client_for("director")
    first.post(address, data={"name": "Trần An"})
    row = [f["action"] for f in parse(second.get(address)).select(".seat form")][-1]
    first.post(row, data={"presence": "absent", "version": 1})

    answer = second.post(row, data={"presence": "excused", "version": 1}, headers=HTMX)

    assert answer.status_code == 409


@pytest.mark.parametrize("where", ["everyone", "persons/{}"])
def test_two_who_mark_the_same_in_the_same_moment_mark_it_once(client_for, cast, address, where):
    clients = [client_for(role) for role in ("secretary", "director") * 2]
    at = f"{address}/{where}".format(cast["member"].person_id)

    assert make.at_once(clients, at, [{"presence": "present"}] * 4) == [303] * 4
    assert dict(marks(clients[0].get(address)))[cast["member"].name] == ["Có mặt"]


def test_nobody_comes_or_goes_once_the_minutes_are_issued(client_for, address):
    client, meeting = client_for("secretary"), address.removesuffix("/attendance")
    client.post(address, data={"name": "Trần An"})
    row = [f["action"] for f in parse(client.get(address)).select(".seat form")][-1]
    client.post(f"{meeting}/end")
    client.post(f"{meeting}/minutes/issue", data={"number": "45", "day": "23/11/2026"})

    answer = client.post(row, data={"presence": "absent", "version": 1}, headers=HTMX)

    assert answer.status_code == 409
    assert marks(client.get(address))[-1] == ("Trần An", [])


def test_who_does_not_record_only_reads(client_for, address):
    page = client_for("member").get(address)

    assert not parse(page).select(".seat form")
    assert texts(page, ".seat > span") == ["—"] * 5
