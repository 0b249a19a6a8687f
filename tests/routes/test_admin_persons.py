import pytest
from sqlalchemy import select

from tests import factories as make
from tests.html import assert_swap_equals_reload, form, one, table, texts
from tracker.models import Person

HTMX = {"HX-Request": "true"}


@pytest.fixture
def admin(client_for):
    return client_for("administrator")


def test_people_are_listed_by_given_name(admin):
    names = [row[0] for row in table(admin.get("/admin/persons"))[1:]]

    assert names == [
        "Lê Thị Ánh",
        "Trần Văn Ân",
        "Đỗ Quang Ấn",
        "Nguyễn Thị Đào",
        "Vũ Đình Đức",
        "Ngô Văn Kín",
        "Phạm Văn Ổn",
        "Hoàng Thị Ước",
        "Bùi Thị Ý",
    ]


@pytest.mark.parametrize("words", ["dao", "Đào", "nguyen thi"])
def test_people_are_found_with_and_without_marks(admin, words):
    address = f"/admin/persons?q={words}"
    answer = admin.get(address, headers=HTMX)

    assert texts(answer, "tbody th") == ["Nguyễn Thị Đào"]
    assert_swap_equals_reload(admin, answer.get_data(as_text=True), address)


def test_nobody_found_says_what_to_do(admin):
    answer = admin.get("/admin/persons?q=zzz&unit=999&state=odd&page=x")

    assert texts(answer, ".empty h2") == ["Không có người nào khớp"]


def test_a_long_list_is_paged_with_its_filters(admin, set_up):
    with set_up() as session:
        for number in range(60):
            make.person(session, f"Khúc Số {number:02}")

    page = admin.get("/admin/persons?q=khuc")

    assert one(page, "a[rel=next]")["href"] == "/admin/persons?q=khuc&page=2"
    second = admin.get("/admin/persons?q=khuc&page=2")
    assert len(table(second)) == 11
    assert one(second, "a[rel=prev]")["href"] == "/admin/persons?q=khuc"


def test_a_person_is_added_and_edited(admin, set_up, cast):
    data = {
        "full_name": "Khúc Thị Đào",
        "unit_id": str(cast.unit_id),
        "locale": "en",
        "email": "dao@x.test",
    }
    assert admin.post("/admin/persons/new", data=data).status_code == 303
    with set_up() as session:
        person = session.scalar(select(Person).where(Person.full_name == "Khúc Thị Đào"))
        assert (person.unit_id, person.locale, person.email) == (cast.unit_id, "en", "dao@x.test")

    address = f"/admin/persons/{person.id}"
    data = form(admin.get(address), "#person-form") | {"position": "Trưởng phòng"}
    assert admin.post(address, data=data).status_code == 303
    assert form(admin.get(address), "#person-form")["position"] == "Trưởng phòng"


@pytest.mark.parametrize("address", ["/admin/persons/new", "/admin/persons/1"])
@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"full_name": " "}, "full_name"),
        ({"email": "không phải thư"}, "email"),
        ({"valid_from": "1/1/2026", "valid_to": "1/1/2025"}, "valid_to"),
        ({"unit_id": "999"}, "unit_id"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(admin, address, data, field):
    answer = admin.post(
        address, data={"full_name": "Ai Đó", "position": "Giữ", "locale": "vi"} | data
    )

    assert answer.status_code == 422
    assert one(answer, f"#{field}-error")
    assert one(answer, "#position")["value"] == "Giữ"


def test_the_second_of_two_editors_chooses(admin, cast):
    address = f"/admin/persons/{cast['member'].person_id}"
    data = form(admin.get(address), "#person-form")
    admin.post(address, data=data | {"position": "Của họ"})

    answer = admin.post(address, data=data | {"position": "Của tôi"})

    assert answer.status_code == 409
    assert texts(answer, ".conflict__choice span") == ["Của tôi", "Của họ"]


def test_two_rows_of_one_human_are_joined(admin, set_up, cast):
    with set_up() as session:
        other = make.person(session, "Pham Van On", position="Trưởng phòng")
    address = f"/admin/persons/{cast['member'].person_id}"
    assert texts(admin.get(address), "section.panel--note a") == ["Pham Van On"]

    answer = admin.post(f"{address}/merge", data={"other_id": other.id})

    assert (answer.status_code, answer.location) == (303, address)
    assert form(admin.get(address), "#person-form")["position"] == "Trưởng phòng"


def test_two_who_both_sign_in_are_not_joined(admin, cast):
    address = f"/admin/persons/{cast['member'].person_id}/merge"

    answer = admin.post(address, data={"other_id": cast["head"].person_id})

    assert answer.status_code == 409
    assert admin.post(address, data={"other_id": 999}).status_code == 404


@pytest.mark.parametrize("address", ["new", "1", "1/merge"])
def test_only_administrators_change_persons(client_for, address):
    assert client_for("head").post(f"/admin/persons/{address}").status_code == 403


def test_who_is_not_there_is_not_found(admin):
    assert admin.get("/admin/persons/999").status_code == 404
    assert admin.post("/admin/persons/999").status_code == 404
