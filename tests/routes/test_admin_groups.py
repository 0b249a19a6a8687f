from datetime import date

import pytest
from sqlalchemy import select

from tests import factories as make
from tests.html import assert_swap_equals_reload, form, one, parse, texts
from tracker.models import Group, Membership, Person, Role, Workstream

HTMX = {"HX-Request": "true"}


@pytest.fixture
def admin(client_for):
    return client_for("administrator")


def posts(set_up, key):
    with set_up() as session:
        query = (
            select(Membership.role, Person.full_name, Membership.starts_on)
            .join(Person, Person.id == Membership.person_id)
            .join(Group, Group.id == Membership.group_id)
            .where(Group.key == key)
            .order_by(Membership.id)
        )
        return [tuple(row) for row in session.execute(query)]


def test_a_group_is_made_with_workstreams_and_people_in_one_go(admin, set_up):
    answer = admin.post(
        "/admin/groups/new",
        data={
            "name": "Khí nhà kính",
            "decision_number": "12/QĐ",
            "decision_date": "1/3/2026",
            "head": "Nguyễn Thị Đào",
            "deputy": "Người Mới Tinh",
            "needs_approval": "y",
        },
    )

    assert (answer.status_code, answer.location) == (303, "/groups/KNK")
    day = date(2026, 3, 1)
    assert posts(set_up, "KNK") == [
        (Role.HEAD, "Nguyễn Thị Đào", day),
        (Role.DEPUTY, "Người Mới Tinh", day),
    ]
    with set_up() as session:
        group = session.scalar(select(Group).where(Group.key == "KNK"))
        assert (group.needs_approval, group.decision_number) == (True, "12/QĐ")
        strands = select(Workstream.id).where(Workstream.group_id == group.id)
        assert len(list(session.scalars(strands))) == 4


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"name": ""}, "Bắt buộc nhập."),
        ({"name": "Hal", "key": "hal"}, "Mã tổ HAL đã được dùng."),
        ({"name": "Năm", "key": "5G"}, "Mã tổ «5G» không hợp lệ"),
        ({"name": "Năm", "decision_date": "31/02/2026"}, "Không có ngày"),
        (
            {"name": "Năm", "head": "Nguyen Thi Dao"},
            "Đã có Nguyễn Thị Đào. Hãy chọn tên đó, hoặc đánh dấu đây là người mới.",
        ),
        (
            {"name": "Năm", "deputy": "Một", "second_deputy": "Một"},
            "Một đã giữ vai trò này trong cùng thời gian.",
        ),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(admin, set_up, data, message):
    answer = admin.post("/admin/groups/new", data={"secretary": "Giữ Lại", **data})

    assert answer.status_code == 422
    assert any(text.startswith(message) for text in texts(answer, ".field__error"))
    typed = form(answer, "main form.panel")
    assert {name: typed[name] for name in data} == data
    assert typed["secretary"] == "Giữ Lại"
    with set_up() as session:
        assert set(session.scalars(select(Group.key))) == {"HAL", "SOL"}
        assert session.scalar(select(Person).where(Person.full_name == "Giữ Lại")) is None


def test_whoever_is_alike_can_be_somebody_else(admin, set_up):
    data = {"name": "Năm", "key": "NAM", "head": "Nguyen Thi Dao", "new_people": "y"}

    admin.post("/admin/groups/new", data=data)

    assert [name for _, name, _ in posts(set_up, "NAM")] == ["Nguyen Thi Dao"]


def test_all_that_is_wrong_is_told_at_once(admin):
    data = {"name": "Hal", "key": "hal", "decision_date": "31/02/2026"}

    page = admin.post("/admin/groups/new", data=data)

    assert sorted(texts(page, ".field__error")) == [
        "Không có ngày «31/02/2026» trong lịch.",
        "Mã tổ HAL đã được dùng.",
    ]


def test_the_key_follows_the_name_until_one_is_typed(admin):
    def key(query):
        return form(admin.get(f"/admin/groups/key?{query}", headers=HTMX), "#group-key")["key"]

    assert key("name=Pin mặt trời") == "PMT"
    assert key("name=Hal") == "HAL2"
    assert key("name=Pin mặt trời&key=SOLAR") == "SOLAR"


def test_a_group_is_edited(admin, set_up):
    page = admin.get("/admin/groups/HAL")
    data = form(page, "form[novalidate]") | {"name": "Halal", "is_restricted": "y"}

    answer = admin.post("/admin/groups/HAL", data=data)

    assert (answer.status_code, answer.location) == (303, "/admin/groups/HAL")
    with set_up() as session:
        group = session.scalar(select(Group).where(Group.key == "HAL"))
        assert (group.name, group.is_restricted) == ("Halal", True)


def test_the_second_of_two_editors_sees_both_values_and_chooses(admin, set_up):
    data = form(admin.get("/admin/groups/HAL"), "form[novalidate]")
    admin.post("/admin/groups/HAL", data=data | {"name": "Của họ", "needs_approval": "y"})

    answer = admin.post("/admin/groups/HAL", data=data | {"name": "Của tôi", "name_en": "Mine"})

    assert answer.status_code == 409
    assert texts(answer, ".conflict__choice span") == ["Của tôi", "Của họ"]
    sent = form(answer, "form.conflict")
    assert admin.post("/admin/groups/HAL", data=sent).status_code == 303
    with set_up() as session:
        group = session.scalar(select(Group).where(Group.key == "HAL"))
        assert (group.name, group.name_en, group.needs_approval) == ("Của tôi", "Mine", True)


def test_groups_are_put_in_order(admin):
    answer = admin.post("/admin/groups/SOL/move", data={"to": "up"}, headers=HTMX)

    keys = [row["id"] for row in parse(answer).select("tbody tr")]
    assert keys == ["group-SOL", "group-HAL"]
    assert_swap_equals_reload(admin, answer.get_data(as_text=True), "/admin/groups")

    plain = admin.post("/admin/groups/SOL/move", data={"to": "down"})
    assert (plain.status_code, plain.location) == (303, "/admin/groups")
    rows = parse(admin.get("/admin/groups")).select("tbody tr")
    assert [row["id"] for row in rows] == ["group-HAL", "group-SOL"]


def test_a_group_that_is_not_there_is_not_found(admin):
    assert admin.get("/admin/groups/NIX").status_code == 404
    assert admin.post("/admin/groups/NIX").status_code == 404
    assert admin.post("/admin/groups/NIX/move").status_code == 404


@pytest.mark.parametrize("address", ["new", "HAL", "HAL/move"])
def test_only_administrators_change_groups(client_for, address):
    assert client_for("head").post(f"/admin/groups/{address}").status_code == 403


def test_an_edit_that_is_wrong_keeps_what_was_typed(admin):
    answer = admin.post("/admin/groups/HAL", data={"name": "", "name_en": "Typed", "version": "1"})

    assert answer.status_code == 422
    assert one(answer, "#name_en")["value"] == "Typed"


def test_first_people_are_offered(admin, set_up):
    with set_up() as session:
        make.person(session, "Khúc Thị Đào")

    page = admin.get("/admin/groups/new")

    options = [option["value"] for option in parse(page).select("#people option")]
    assert "Khúc Thị Đào" in options
