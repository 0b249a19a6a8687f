import pytest

from tests.html import parse, texts, words

ADDRESSES = [
    "/admin",
    "/admin/begin",
    "/admin/groups",
    "/admin/groups/new",
    "/admin/groups/key?name=Ion",
    "/admin/groups/HAL",
    "/admin/groups/HAL/members/new",
    "/admin/members/1",
    "/admin/members/1/end",
    "/admin/persons",
    "/admin/persons/new",
    "/admin/persons/1",
    "/admin/units",
    "/admin/units/new",
    "/admin/units/1",
    "/admin/accounts",
    "/admin/accounts/new",
    "/admin/accounts/1",
    "/admin/accounts/1/lock",
    "/admin/calendar",
    "/admin/settings",
    "/admin/audit",
]


@pytest.mark.sqlite
def test_every_page_is_for_administrators_only(client_for):
    administrator, director, head = map(client_for, ("administrator", "director", "head"))

    answers = {
        address: [client.get(address).status_code for client in (administrator, director, head)]
        for address in ADDRESSES
    }

    assert answers == {address: [200, 403, 403] for address in ADDRESSES}


def test_the_overview_leads_to_what_wants_a_hand(client_for):
    page = client_for("administrator").get("/admin")

    assert texts(page, ".facts__one b") == ["2", "9", "1", "9"]
    assert texts(page, ".list a") == [
        "Chỉ có một quản trị hệ thống",
        "Tổ Tổ công tác Hal chưa có kế hoạch",
        "Lịch làm việc năm 2026 chưa có ngày nghỉ",
        "Lịch làm việc năm 2027 chưa có ngày nghỉ",
    ]


def test_the_first_steps_are_ticked_off_as_they_are_taken(client_for):
    page = client_for("administrator").get("/admin/begin")

    assert [step["data-done"] for step in parse(page).select(".steps__one")] == ["yes"] * 3
    assert words(parse(page).select(".steps__one")[0]).endswith("Tổ công tác Hal (HAL) Tạo tổ khác")
