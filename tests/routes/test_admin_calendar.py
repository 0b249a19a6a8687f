from datetime import date

import pytest

from tests import factories as make
from tests.html import assert_swap_equals_reload, form, one, parse, texts
from tracker.models import CalendarDay

HTMX = {"HX-Request": "true"}
ADDRESS = "/admin/calendar?year=2026"
SWAP = {"day": "22/8/2026", "is_working": "1", "name": "Làm bù"}


@pytest.fixture
def admin(client_for):
    return client_for("administrator")


@pytest.fixture
def holiday(set_up):
    with set_up() as session:
        day = CalendarDay(day=date(2026, 9, 2), is_working=False, name="Quốc khánh")
        return make.add(session, day).id


def kept(page):
    return {
        "".join(cell.a.strings).strip(): cell["data-tone"]
        for cell in parse(page).select(".month__kept")
    }


def test_this_year_is_shown_first_and_others_are_asked_for(admin):
    assert texts(admin.get("/admin/calendar"), "#calendar h2")[0] == "Năm 2026"
    assert texts(admin.get("/admin/calendar?year=2030"), "#calendar h2")[0] == "Năm 2030"
    for odd in ("x", "1", "99999"):
        answer = admin.get(f"/admin/calendar?year={odd}")
        assert texts(answer, "#calendar h2")[0] == "Năm 2026"


def test_a_year_is_filled_with_public_holidays(admin):
    answer = admin.post("/admin/calendar/years", data={"year": "2026"}, headers=HTMX)

    assert kept(answer)["2: Quốc khánh"] == "late"
    assert_swap_equals_reload(admin, answer.get_data(as_text=True), ADDRESS)
    assert admin.post("/admin/calendar/years", data={"year": "2027"}).location == (
        "/admin/calendar?year=2027"
    )


def test_a_swapped_saturday_is_worked(admin):
    answer = admin.post("/admin/calendar/days", data=SWAP, headers=HTMX)

    assert kept(answer) == {"22: Làm bù": "done"}
    assert_swap_equals_reload(admin, answer.get_data(as_text=True), ADDRESS)
    plain = admin.post("/admin/calendar/days", data=SWAP | {"is_working": ""})
    assert (plain.status_code, plain.location) == (303, ADDRESS)
    assert kept(admin.get(ADDRESS)) == {"22: Làm bù": "late"}


@pytest.mark.parametrize("headers", [{}, HTMX])
@pytest.mark.parametrize("day", ["", "31/02/2026"])
def test_a_day_that_is_not_one_keeps_what_was_typed(admin, headers, day):
    answer = admin.post("/admin/calendar/days", data=SWAP | {"day": day}, headers=headers)

    assert answer.status_code == 422
    assert one(answer, "#day-error")
    assert one(answer, "#name")["value"] == "Làm bù"


def test_a_day_is_edited(admin, holiday):
    address = f"/admin/calendar/days/{holiday}"
    data = form(admin.get(address), "form.panel")
    assert data["name"] == "Quốc khánh"

    assert admin.post(address, data=data | {"name": ""}).status_code == 422
    assert (
        admin.post(address, data=data | {"name": "Nghỉ lễ", "is_working": "1"}).status_code == 303
    )
    assert kept(admin.get(ADDRESS)) == {"2: Nghỉ lễ": "done"}


def test_the_second_of_two_editors_chooses(admin, holiday):
    address = f"/admin/calendar/days/{holiday}"
    data = form(admin.get(address), "form.panel")
    admin.post(address, data=data | {"name": "Của họ", "is_working": "1"})

    answer = admin.post(address, data=data | {"name": "Của tôi"})

    assert texts(answer, ".conflict__choice span") == ["Của tôi", "Của họ"]
    assert admin.post(address, data=form(answer, "form.conflict")).status_code == 303
    assert kept(admin.get(ADDRESS)) == {"2: Của tôi": "done"}


def test_a_day_is_removed(admin, holiday):
    answer = admin.post(f"/admin/calendar/days/{holiday}/remove", headers=HTMX)

    assert (answer.status_code, kept(answer)) == (200, {})
    assert admin.post(f"/admin/calendar/days/{holiday}/remove").status_code == 404
    assert admin.get(f"/admin/calendar/days/{holiday}").status_code == 404


@pytest.mark.parametrize("address", ["days", "years", "days/1", "days/1/remove"])
def test_only_administrators_change_the_calendar(client_for, address):
    assert client_for("head").post(f"/admin/calendar/{address}").status_code == 403
