import pytest

from tests import factories as make
from tests.html import assert_swap_equals_reload, form, one, texts, words
from tracker.lib.stage_catalogue import CATALOGUE
from tracker.models import Change, DeliverableKind, Stage

HTMX = {"HX-Request": "true"}


@pytest.fixture
def admin(client_for):
    return client_for("administrator")


@pytest.fixture
def kind(set_up, cast):
    with set_up() as session:
        made = make.kind(session)
        for code in ("B1", "B2", "B3"):
            make.stage(session, made, code)
        return made.code


def stage(set_up, code):
    with set_up() as session:
        return session.query(Stage).filter_by(code=code).one()


def test_shipped_kinds_are_filled_in_once(admin):
    assert texts(admin.get("/admin/stages"), ".empty h2") == ["Chưa có loại sản phẩm nào"]

    admin.post("/admin/stages/start")
    page = admin.get("/admin/stages")

    assert len(texts(page, "tbody tr")) == len(CATALOGUE)
    assert texts(page, "form[action*=start]") == []
    unverified = sum(not entry.is_verified for entry in CATALOGUE)
    assert texts(page, "td .tag") == ["gợi ý, chưa đối chiếu văn bản"] * unverified


def test_the_first_group_brings_them(admin, set_up):
    data = {"name": "Hydro xanh", "key": "HYD", "head": "Lê Văn Tám", "head_new": "y"}

    answer = admin.post("/admin/groups/new", data=data)

    assert answer.status_code == 303
    with set_up() as session:
        assert session.query(DeliverableKind).count() == len(CATALOGUE)


def test_a_kind_is_added_and_edited(admin, set_up):
    data = {"code": "dga", "name": "Đánh giá", "strand": "inspection"}
    assert admin.post("/admin/stages/new", data=data).location == "/admin/stages/DGA"
    assert words(one(admin.post("/admin/stages/new", data=data), "#code-error")) == (
        "Mã loại DGA đã được dùng."
    )

    edited = form(admin.get("/admin/stages/DGA"), "aside form")
    edited |= {"source": "Quyết định 1", "is_verified": "y"}
    assert admin.post("/admin/stages/DGA", data=edited).status_code == 303

    with set_up() as session:
        changes = session.query(Change).filter_by(kind="deliverable_kind").order_by(Change.id)
        assert [(change.field, change.new) for change in changes][1:] == [
            ("source", "Quyết định 1"),
            ("is_verified", True),
        ]


@pytest.mark.parametrize("code", ["", "có dấu", "A-B", "12345678901"])
def test_a_code_of_a_kind_is_plain(admin, cast, code):
    data = {"code": code, "name": "Đánh giá", "strand": "inspection"}

    answer = admin.post("/admin/stages/new", data=data)

    assert answer.status_code == 422
    assert one(answer, "#code-error")


def test_the_second_of_two_editors_of_a_kind_chooses(admin, kind):
    data = form(admin.get(f"/admin/stages/{kind}"), "aside form")
    admin.post(f"/admin/stages/{kind}", data=data | {"name": "A"})

    assert admin.post(f"/admin/stages/{kind}", data=data | {"name": "B"}).status_code == 409


def test_a_stage_is_added_with_its_window(admin, set_up, kind):
    data = {"code": "B4", "name": "Lấy ý kiến", "role": "route", "window": "60"}
    refused = admin.post(f"/admin/stages/{kind}/new", data=data)
    assert words(one(refused, "#window_unit-error")) == ("Hãy chọn đơn vị của thời gian tối thiểu.")

    admin.post(f"/admin/stages/{kind}/new", data=data | {"window_unit": "days"})

    made = stage(set_up, "B4")
    assert (made.position, made.window, made.window_unit.value) == (4, 60, "days")


@pytest.mark.parametrize("window", ["0", "-5", "1001", "nhiều"])
def test_a_window_is_a_number_of_reason(admin, kind, window):
    data = {"code": "B4", "name": "x", "role": "route", "window": window, "window_unit": "days"}

    assert admin.post(f"/admin/stages/{kind}/new", data=data).status_code == 422


def test_a_stage_is_renamed_and_retired_but_its_code_is_its_own(admin, set_up, kind):
    address = f"/admin/stages/{kind}/{stage(set_up, 'B2').id}"
    data = form(admin.get(address), "main form.panel")

    taken = admin.post(address, data=data | {"code": "B1"})
    assert one(taken, "#code-error")
    admin.post(address, data=data | {"name": "Xét duyệt", "is_retired": "y"})

    assert (stage(set_up, "B2").name, stage(set_up, "B2").is_retired) == ("Xét duyệt", True)
    assert "Ngừng dùng" in words(one(admin.get(f"/admin/stages/{kind}"), f"#stage-{address[-1:]}"))


def test_the_second_of_two_editors_of_a_stage_chooses(admin, set_up, kind):
    address = f"/admin/stages/{kind}/{stage(set_up, 'B2').id}"
    data = form(admin.get(address), "main form.panel")
    admin.post(address, data=data | {"name": "A"})

    assert admin.post(address, data=data | {"name": "B"}).status_code == 409


def test_stages_change_places(admin, set_up, kind):
    address = f"/admin/stages/{kind}/{stage(set_up, 'B3').id}/move"

    answer = admin.post(address, data={"to": "up"}, headers=HTMX)

    assert [row.split(" ")[0] for row in texts(answer, "tbody th a")] == ["B1", "B3", "B2"]
    assert_swap_equals_reload(admin, answer.get_data(as_text=True), f"/admin/stages/{kind}")
    admin.post(address, data={"to": "down"})
    assert stage(set_up, "B3").position == 3


def test_a_stage_is_found_below_its_own_kind_only(admin, set_up, kind):
    with set_up() as session:
        make.kind(session, "CMC")

    assert admin.get(f"/admin/stages/CMC/{stage(set_up, 'B1').id}").status_code == 404
    assert admin.get("/admin/stages/NONE").status_code == 404
