from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.factories import TODAY
from tests.html import form, parse, texts
from tracker.lib.dates import format_date
from tracker.models import Membership, Person, Role

NEAR = "Đã có Phạm Văn Ổn. Hãy chọn tên đó, hoặc đánh dấu đây là người mới."


@pytest.fixture
def admin(client_for):
    return client_for("administrator")


@pytest.fixture
def post_of(set_up, cast):
    """The id of a player's post in HAL."""

    def found(role):
        with set_up() as session:
            query = select(Membership.id).where(Membership.person_id == cast[role].person_id)
            return session.scalar(query)

    return found


def posts(set_up):
    with set_up() as session:
        query = (
            select(Person.full_name, Membership)
            .join(Person, Person.id == Membership.person_id)
            .order_by(Membership.id)
        )
        return dict(session.execute(query).all())


def test_somebody_is_given_a_post(admin, set_up, cast):
    data = {
        "person": "Người Mới Tinh",
        "role": "member",
        "strands": ["inspection", "standards"],
        "unit_id": str(cast.unit_id),
        "starts_on": "1/3/2026",
        "decision_number": "588/QĐ",
    }

    answer = admin.post("/admin/groups/HAL/members/new", data=data)

    assert (answer.status_code, answer.location) == (303, "/admin/groups/HAL#people")
    row = posts(set_up)["Người Mới Tinh"]
    assert (row.role, row.strands, row.unit_id, row.decision_number) == (
        Role.MEMBER,
        ["standards", "inspection"],
        cast.unit_id,
        "588/QĐ",
    )
    assert "Người Mới Tinh" in texts(admin.get("/admin/groups/HAL"), ".roster a.bold")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"person": ""}, "Bắt buộc nhập."),
        ({"person": "Phạm Văn Ổn"}, "Phạm Văn Ổn đã giữ vai trò này trong cùng thời gian."),
        ({"ends_on": "01/01/2020"}, "Ngày kết thúc phải sau ngày bắt đầu."),
        ({"person": "Pham Van On"}, NEAR),
    ],
)
def test_a_post_that_cannot_be_is_refused_and_what_was_typed_is_kept(admin, set_up, data, message):
    typed = {"person": "Ai Đó", "role": "member", "starts_on": "1/3/2026", **data}

    answer = admin.post("/admin/groups/HAL/members/new", data=typed)

    assert answer.status_code == 422
    assert message in texts(answer, ".field__error")
    kept = form(answer, "form.panel")
    assert {name: kept[name] for name in typed if name != "starts_on"} == {
        name: value for name, value in typed.items() if name != "starts_on"
    }
    assert "Ai Đó" not in posts(set_up)


def test_a_post_is_edited(admin, set_up, post_of):
    address = f"/admin/members/{post_of('member')}"
    data = form(admin.get(address), "form.panel") | {"strands": "metrology", "role": "secretary"}

    assert admin.post(address, data=data).status_code == 303

    row = posts(set_up)["Phạm Văn Ổn"]
    assert (row.role, row.strands) == (Role.SECRETARY, ["metrology"])


def test_an_edit_that_cannot_be_is_refused(admin, post_of):
    address = f"/admin/members/{post_of('member')}"
    data = form(admin.get(address), "form.panel")

    wrong = admin.post(address, data=data | {"starts_on": "31/02/2026"})
    reversed_ = admin.post(address, data=data | {"ends_on": "1/1/2020"})

    assert (wrong.status_code, reversed_.status_code) == (422, 422)
    assert texts(reversed_, ".field__error") == ["Ngày kết thúc phải sau ngày bắt đầu."]


def test_the_second_of_two_editors_sees_both_strands(admin, set_up, post_of):
    address = f"/admin/members/{post_of('member')}"
    data = form(admin.get(address), "form.panel")
    admin.post(address, data=data | {"strands": ["metrology"]})

    answer = admin.post(address, data=data | {"strands": ["standards", "inspection"]})

    assert answer.status_code == 409
    assert texts(answer, ".conflict__choice span") == [
        "Tiêu chuẩn, Thanh tra, kiểm tra",
        "Đo lường",
    ]
    assert admin.post(address, data=form(answer, "form.conflict")).status_code == 303
    assert posts(set_up)["Phạm Văn Ổn"].strands == ["standards", "inspection"]


def test_a_post_ends_and_stays_in_the_list_of_the_past(admin, set_up, post_of):
    address = f"/admin/members/{post_of('member')}/end"
    data = form(admin.get(address), "form.panel")
    assert data["ends_on"] == format_date(TODAY)

    yesterday = TODAY - timedelta(days=1)
    answer = admin.post(address, data=data | {"ends_on": format_date(yesterday)})

    assert answer.status_code == 303
    assert posts(set_up)["Phạm Văn Ổn"].ends_on == yesterday
    page = admin.get("/admin/groups/HAL")
    assert texts(page, "details .roster a.bold") == ["Phạm Văn Ổn"]


def test_a_replacement_takes_over_the_day_after(admin, set_up, post_of):
    address = f"/admin/members/{post_of('deputy')}/end"
    data = form(admin.get(address), "form.panel") | {"person": "Người Thay", "decision_number": "9"}

    answer = admin.post(address, data=data)

    assert answer.status_code == 303
    row = posts(set_up)["Người Thay"]
    assert (row.role, row.starts_on, row.decision_number) == (
        Role.DEPUTY,
        TODAY + timedelta(days=1),
        "9",
    )
    page = parse(admin.get("/admin/groups/HAL"))
    assert "Sắp nhận vai trò" in page.get_text()


def test_an_end_that_cannot_be_is_refused(admin, post_of):
    address = f"/admin/members/{post_of('deputy')}/end"
    data = form(admin.get(address), "form.panel")

    assert admin.post(address, data=data | {"ends_on": ""}).status_code == 422
    early = admin.post(address, data=data | {"ends_on": "1/1/2020"})
    assert texts(early, ".field__error") == ["Ngày kết thúc phải sau ngày bắt đầu."]


def test_two_who_end_one_post_are_told(admin, post_of):
    address = f"/admin/members/{post_of('deputy')}/end"
    data = form(admin.get(address), "form.panel")
    admin.post(address, data=data | {"ends_on": "1/12/2026"})

    answer = admin.post(address, data=data | {"ends_on": "2/12/2026"})

    assert answer.status_code == 409
    assert texts(answer, ".conflict__choice span") == ["02/12/2026", "01/12/2026"]


@pytest.mark.parametrize("address", ["groups/HAL/members/new", "members/1", "members/1/end"])
def test_only_administrators_change_posts(client_for, address):
    assert client_for("head").post(f"/admin/{address}").status_code == 403


@pytest.mark.parametrize("address", ["groups/NIX/members/new", "members/999", "members/999/end"])
def test_what_is_not_there_is_not_found(admin, address):
    assert admin.get(f"/admin/{address}").status_code == 404
    assert admin.post(f"/admin/{address}").status_code == 404
