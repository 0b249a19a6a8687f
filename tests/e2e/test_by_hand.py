"""The work of a day without a mouse, and without a script."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests import cast as the_cast
from tracker.adapters.clock import today
from tracker.lib.dates import format_date

pytestmark = pytest.mark.e2e
ENOUGH = 80  # presses of Tab before a person gives up


def tab_to(page, target):
    """Press Tab until the focus is there, as somebody without a mouse does."""
    for _ in range(ENOUGH):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"Tab never comes to {target}")


def test_the_keyboard_is_enough(page, live, cast, plan):
    press, write = page.keyboard.press, page.keyboard.type
    page.goto("/sign-in")

    # Sign in.
    tab_to(page, page.get_by_role("textbox", name="Thư điện tử"))
    write(cast["head"].email)
    press("Tab")
    write(the_cast.PASSWORD)
    press("Enter")
    expect(page.get_by_role("heading", name="Việc của tôi")).to_be_visible()

    # Open the group with two letters, then its strand.
    press("g")
    press("g")
    tab_to(page, page.get_by_role("main").get_by_role("link", name="Tổ công tác Hal"))
    press("Enter")
    tab_to(page, page.get_by_role("heading", name="Đo lường").get_by_role("link"))
    press("Enter")

    # Add a task where it belongs.
    tab_to(page, page.get_by_role("textbox", name="Thêm nhiệm vụ vào mốc này"))
    write("So sánh liên phòng")
    press("Enter")
    row = page.get_by_role("row").filter(has_text="So sánh liên phòng")
    expect(row).to_be_visible()
    expect(page.get_by_role("textbox", name="Thêm nhiệm vụ vào mốc này")).to_be_focused()

    # Change its status with the key of the row; the focus is back on it afterwards.
    row.get_by_role("link", name="So sánh liên phòng", exact=True).focus()
    press("e")
    choice = page.get_by_role("button", name="Đang thực hiện")
    expect(page.get_by_role("button", name="Chưa thực hiện")).to_be_focused()
    press("Tab")
    expect(choice).to_be_focused()
    press("Enter")
    state = row.get_by_role("link", name="Đang thực hiện")
    expect(state).to_be_focused()

    # Move the milestone, with a reason, in the drawer.
    page.get_by_role("link", name="Chuẩn quốc gia được phê duyệt", exact=True).focus()
    press("Enter")
    drawer = page.get_by_role("complementary", name="Chi tiết")
    expect(drawer.get_by_role("heading", level=2)).to_be_focused()
    tab_to(page, drawer.get_by_role("link", name="Dời dự kiến"))
    press("Enter")
    expect(
        drawer.get_by_role("group", name="Dự kiến mới").get_by_role("radio").first
    ).to_be_focused()
    press("Space")
    tab_to(page, drawer.get_by_role("group", name="Vì sao?").get_by_role("radio").first)
    press("Space")
    press("ArrowRight")
    expect(drawer.get_by_role("radio", name="Năng lực thử nghiệm")).to_be_checked()
    press("Enter")
    expect(drawer).to_contain_text("Năng lực thử nghiệm")
    expect(drawer.get_by_role("link", name="Dời dự kiến")).to_be_focused()

    # Esc closes, and the focus is where one came from.
    press("Escape")
    expect(
        page.get_by_role("link", name="Chuẩn quốc gia được phê duyệt", exact=True)
    ).to_be_focused()


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_no_script_is_needed(page, sign_in, plan):
    sign_in("member")

    # My work: a new forecast with a reason.
    page.get_by_text("Dời dự kiến").click()
    page.get_by_role("radio", name="+1 tuần").check()
    page.get_by_role("radio", name="Chờ góp ý").check()
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_role("article")).to_contain_text(
        f"dự kiến {format_date(today() + timedelta(days=7))[:5]}"
    )

    # The task: another status and a comment.
    page.get_by_role("link", name="Hiệu chuẩn thiết bị").click()
    page.locator("summary", has_text="đổi trạng thái").click()
    page.get_by_role("button", name="Đang thực hiện").click()
    expect(page.get_by_role("definition").first).to_contain_text("Đang thực hiện")
    page.get_by_label("Ý kiến của bạn").fill("Đã gửi **mẫu** đi hiệu chuẩn")
    page.get_by_role("button", name="Gửi").click()
    expect(page.get_by_role("listitem").filter(has_text="Đã gửi mẫu đi")).to_be_visible()

    # Search without marks, then by the code.
    page.get_by_role("searchbox", name="Tìm", exact=True).fill("hieu chuan")
    page.keyboard.press("Enter")
    found = page.get_by_role("main").get_by_role("link", name="Hiệu chuẩn thiết bị")
    expect(found).to_be_visible()
    page.get_by_role("searchbox", name="Từ cần tìm").fill("HAL-1")
    page.get_by_role("main").get_by_role("button", name="Tìm").click()
    expect(page.get_by_role("heading", name="Hiệu chuẩn thiết bị")).to_be_visible()
