import pytest
from sqlalchemy import select

from tests.html import assert_swap_equals_reload, form, one, texts
from tracker.models import Unit

HTMX = {"HX-Request": "true"}


@pytest.fixture
def admin(client_for):
    return client_for("administrator")


def add(admin, name, parent="", **values):
    data = {"name": name, "parent_id": str(parent), **values}
    return admin.post("/admin/units/new", data=data)


def unit(set_up, name):
    with set_up() as session:
        return session.scalar(select(Unit).where(Unit.name == name))


def test_a_unit_is_added_below_another(admin, set_up, cast):
    assert form(admin.get(f"/admin/units/new?parent={cast.unit_id}"), "form.panel")[
        "parent_id"
    ] == (str(cast.unit_id))

    titles = {"head_title": "Viện trưởng", "head_title_en": "Director"}
    answer = add(admin, "Viện Đo lường Việt Nam", cast.unit_id, abbreviation="VMI", **titles)

    assert answer.status_code == 303
    made = unit(set_up, "Viện Đo lường Việt Nam")
    assert (made.parent_id, made.abbreviation) == (cast.unit_id, "VMI")
    page = admin.get(f"/admin/units/{made.id}")
    assert texts(page, ".list em") == ["Viện trưởng"]
    renaming = form(page, f"form[action='/admin/units/{made.id}/names']")
    assert {name: renaming[name] for name in titles} == titles


@pytest.mark.parametrize("words", ["do luong viet", "VMI"])
def test_units_are_found(admin, words):
    add(admin, "Viện Đo lường Việt Nam", abbreviation="VMI")
    address = f"/admin/units?q={words}"

    answer = admin.get(address, headers=HTMX)

    assert texts(answer, ".tree__one > a") == ["Viện Đo lường Việt Nam"]
    assert_swap_equals_reload(admin, answer.get_data(as_text=True), address)


def test_a_unit_needs_a_name_of_its_own(admin, cast):
    assert add(admin, "").status_code == 422
    add(admin, "Văn phòng")
    answer = add(admin, "Văn phòng")
    assert answer.status_code == 422
    assert one(answer, "#name-error")


def test_a_new_name_keeps_the_old_one_for_the_past(admin, set_up, cast):
    address = f"/admin/units/{cast.unit_id}"
    data = form(admin.get(address), f"form[action='{address}/names']")
    data |= {"name": "Ủy ban Quốc gia", "valid_from": "1/11/2026"}

    answer = admin.post(f"{address}/names", data=data)

    assert (answer.status_code, answer.location) == (303, address)
    assert texts(admin.get(address), ".list b") == [
        "Ủy ban Quốc gia",
        "Cục Tiêu chuẩn Đo lường Chất lượng",
    ]


def test_a_name_needs_its_first_day_and_keeps_what_was_typed(admin, cast):
    answer = admin.post(f"/admin/units/{cast.unit_id}/names", data={"name": "Ủy ban"})

    assert answer.status_code == 422
    assert one(answer, "#valid_from-error")
    assert one(answer, "#name")["value"] == "Ủy ban"


def test_the_second_of_two_who_rename_chooses(admin, cast):
    address = f"/admin/units/{cast.unit_id}"
    data = form(admin.get(address), f"form[action='{address}/names']") | {"valid_from": "1/11/2026"}
    admin.post(f"{address}/names", data=data | {"name": "Của họ"})

    answer = admin.post(f"{address}/names", data=data | {"name": "Của tôi"})

    assert answer.status_code == 409
    assert texts(answer, ".conflict__choice span") == ["Của tôi", "Của họ"]


def test_a_unit_moves_and_ends(admin, set_up, cast):
    add(admin, "Phòng Một", cast.unit_id)
    low = unit(set_up, "Phòng Một")
    address = f"/admin/units/{low.id}"
    data = form(admin.get(address), f"form[action='{address}']")

    answer = admin.post(address, data=data | {"parent_id": "", "valid_to": "1/1/2026"})

    assert answer.status_code == 303
    assert unit(set_up, "Phòng Một").parent_id is None
    assert "Phòng Một" not in texts(admin.get("/admin/units"), ".tree__one > a")
    assert "Phòng Một" in texts(admin.get("/admin/units?ended=y"), ".tree__one > a")


def test_a_unit_cannot_be_below_itself(admin, set_up, cast):
    add(admin, "Phòng Một", cast.unit_id)
    address = f"/admin/units/{cast.unit_id}"

    answer = admin.post(address, data={"parent_id": str(unit(set_up, "Phòng Một").id)})

    assert answer.status_code == 422
    assert one(answer, "#parent_id-error")
    assert admin.post(address, data={"valid_to": "31/2/2026"}).status_code == 422


def test_the_second_of_two_who_end_a_unit_chooses(admin, cast):
    address = f"/admin/units/{cast.unit_id}"
    data = form(admin.get(address), f"form[action='{address}']")
    admin.post(address, data=data | {"valid_to": "1/1/2027"})

    answer = admin.post(address, data=data | {"valid_to": "2/1/2027"})

    assert texts(answer, ".conflict__choice span") == ["02/01/2027", "01/01/2027"]


@pytest.mark.parametrize("address", ["new", "1", "1/names"])
def test_only_administrators_change_units(client_for, address):
    assert client_for("head").post(f"/admin/units/{address}").status_code == 403


def test_what_is_not_there_is_not_found(admin):
    assert admin.get("/admin/units/999").status_code == 404
