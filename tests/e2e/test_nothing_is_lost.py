"""What was typed stays: when somebody else was faster, and when the session has ended."""

import pytest
from playwright.sync_api import expect

from tests import cast as the_cast

pytestmark = pytest.mark.e2e
THEIRS, YOURS = "Mua khí chuẩn đợt 1", "Mua khí chuẩn CO và H2S"


def test_the_second_of_two_editors_chooses(page, sign_in, cast, plan, new_context):
    sign_in("head")
    page.goto("/tasks/HAL-2/edit")
    theirs = other_page(new_context, cast["secretary"])
    theirs.goto("/tasks/HAL-2/edit")
    save(theirs, THEIRS, result="Hợp đồng")

    save(page, YOURS, note="Báo giá của ba nhà cung cấp")

    expect(page.get_by_role("heading", name="Có người vừa sửa mục này")).to_be_visible()
    expect(page.get_by_text("Lê Thị Ánh đã lưu lúc")).to_be_visible()
    choice = page.get_by_role("group", name="Tên nhiệm vụ")
    expect(choice.get_by_role("radio", name=YOURS)).to_be_checked()
    expect(choice.get_by_role("radio", name=THEIRS)).to_be_visible()
    choice.get_by_role("radio", name=THEIRS).check()
    page.get_by_role("button", name="Lưu lựa chọn").click()

    expect(page.get_by_role("heading", name=THEIRS)).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("Báo giá của ba nhà cung cấp")
    expect(page.get_by_role("main")).to_contain_text("Hợp đồng")


def test_an_expired_session_keeps_what_was_typed(page, context, sign_in, cast, plan):
    sign_in("head")

    # A form of the page: it is shown after signing in, and sent with one more press.
    page.goto("/tasks/HAL-2/edit")
    context.clear_cookies()
    save(page, YOURS)
    expect(page.get_by_text("Nội dung bạn vừa nhập vẫn còn")).to_be_visible()
    sign_in_again(page, cast["head"])
    expect(page.get_by_role("definition").filter(has_text=YOURS)).to_be_visible()
    page.get_by_role("button", name="Gửi lại").click()
    expect(page.get_by_role("heading", name=YOURS)).to_be_visible()

    # A comment in the drawer: it stands in its box again.
    page.goto("/groups/HAL/metrology")
    drawer = page.get_by_role("complementary", name="Chi tiết")
    page.get_by_role("main").get_by_role("link", name=YOURS, exact=True).click()
    drawer.get_by_label("Ý kiến của bạn").fill("Đã có ba báo giá")
    context.clear_cookies()
    drawer.get_by_role("button", name="Gửi").click()
    sign_in_again(page, cast["head"])
    expect(page.get_by_label("Ý kiến của bạn")).to_have_value("Đã có ba báo giá")


def other_page(new_context, player):
    """The browser of somebody else."""
    page = new_context().new_page()
    page.goto("/sign-in")
    sign_in_again(page, player)
    page.wait_for_url(lambda url: "/sign-in" not in url)
    return page


def sign_in_again(page, player):
    page.get_by_role("textbox", name="Thư điện tử").fill(player.email)
    page.get_by_label("Mật khẩu").fill(the_cast.PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()


def save(page, title, *, result="", note=""):
    page.get_by_role("textbox", name="Tên nhiệm vụ").fill(title)
    if result:
        page.get_by_label("Sản phẩm").fill(result)
    if note:
        page.get_by_label("Mô tả").fill(note)
    page.get_by_role("button", name="Lưu").click()
