import pytest

from tests.html import assert_swap_equals_reload, form, one, texts, words
from tests.meetings import at_once
from tracker.models import Programme

HTMX = {"HX-Request": "true"}


@pytest.fixture
def admin(client_for):
    return client_for("administrator")


def add(admin, name, *groups):
    return admin.post("/admin/programmes/new", data={"name": name, "groups": list(groups)})


def test_a_programme_is_made_renamed_and_retired(admin, cast):
    assert texts(admin.get("/admin/programmes"), ".empty h2") == ["Chưa có chương trình nào"]
    assert add(admin, "Hội nhập", cast.groups["HAL"]).status_code == 303

    edited = form(admin.get("/admin/programmes/1"), "form.panel")
    edited |= {"name": "Hội nhập quốc tế", "is_retired": "y"}
    assert admin.post("/admin/programmes/1", data=edited).status_code == 303

    page = admin.get("/admin/programmes")
    assert texts(page, "th a") == ["Hội nhập quốc tế"]
    assert texts(page, "tbody td:nth-of-type(1)") == ["Tổ công tác Hal"]
    assert texts(page, "th .tag") == ["○ Ngừng dùng"]


def test_the_second_of_two_editors_chooses(admin, cast):
    add(admin, "Hội nhập")
    opened = form(admin.get("/admin/programmes/1"), "form.panel")
    admin.post("/admin/programmes/1", data=opened | {"name": "Một"})

    answer = admin.post("/admin/programmes/1", data=opened | {"name": "Hai"})

    assert answer.status_code == 409


def test_two_who_choose_the_same_groups_in_the_same_moment_choose_them_once(
    client_for, admin, cast
):
    add(admin, "Hội nhập", cast.groups["HAL"])
    opened = form(admin.get("/admin/programmes/1"), "form.panel")
    typed = opened | {"groups": [cast.groups["HAL"], cast.groups["SOL"]]}
    clients = [client_for("administrator") for _ in range(4)]

    assert at_once(clients, "/admin/programmes/1", [typed] * 4) == [303] * 4


@pytest.mark.parametrize("groups", ["x", "99999999999", "999"])
def test_only_groups_there_are_can_be_ticked(admin, groups, cast):
    assert add(admin, "Hội nhập", groups).status_code == 422


def test_a_programme_without_a_name_is_refused(admin, cast):
    answer = add(admin, " ")

    assert answer.status_code == 422
    assert words(one(answer, "#name-error"))


def test_the_order_changes_in_place(admin, cast, set_up):
    add(admin, "Một")
    add(admin, "Hai")

    answer = admin.post("/admin/programmes/2/move", data={"to": "up"}, headers=HTMX)

    assert texts(answer, "th a") == ["Hai", "Một"]
    assert assert_swap_equals_reload(admin, answer, "/admin/programmes") == ["programmes"]
    with set_up() as session:
        assert [one.position for one in session.query(Programme).order_by(Programme.id)] == [2, 1]
