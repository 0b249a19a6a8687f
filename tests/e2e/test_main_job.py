"""The main job: a plan comes in from Excel, is worked on, seen by directors, goes out as Word."""

import re
import zipfile

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import PHONE

pytestmark = [pytest.mark.e2e, pytest.mark.usefixtures("quiet")]

TASK = "Đào tạo kiểm định viên đồng hồ nạp hydro"
MILESTONE = "Công nhận phòng thử nghiệm chất lượng hydro đầu tiên theo ISO/IEC 17025"


@pytest.mark.parametrize(
    "screen",
    [
        pytest.param("desktop"),
        pytest.param("phone", marks=pytest.mark.browser_context_args(**PHONE)),
    ],
)
def test_an_excel_plan_becomes_a_word_report(screen, page, sign_in, cast, tmp_path, soffice):
    sign_in("head")
    example = bring_the_example(page, tmp_path)
    import_it(page, example)
    give_an_owner(page, cast["head"].name)
    move_the_milestone(page)
    sign_out(page)

    sign_in("director")
    see_it_on_the_board(page, screen)
    sign_out(page)

    sign_in("administrator")
    word = take_the_report(page, tmp_path)

    with zipfile.ZipFile(word) as parts:
        text = re.sub(r"<[^>]+>", "", parts.read("word/document.xml").decode())
    assert "Tổ công tác Hal" in text
    assert soffice(word).read_bytes().startswith(b"%PDF")


def bring_the_example(page, folder):
    """The file as the browser saves it, from the page of an empty group."""
    page.goto("/groups/HAL")
    page.get_by_role("link", name="Nhập từ Excel").first.click()
    with page.expect_download() as started:
        page.get_by_role("link", name="Tệp ví dụ").click()
    path = folder / started.value.suggested_filename
    started.value.save_as(path)
    return path


def import_it(page, path):
    page.get_by_label("Tệp").set_input_files(path)
    page.get_by_role("button", name="Xem trước").click()
    expect(page.get_by_text("Chưa có gì được ghi vào kế hoạch")).to_be_visible()
    page.get_by_role("button", name=re.compile(r"Nhập \d+ dòng")).click()
    expect(page.get_by_text("Đã nhập lúc")).to_be_visible()
    page.get_by_role("link", name="Mở Tổ công tác Hal").click()


def give_an_owner(page, name):
    page.get_by_role("heading", name="Đo lường").get_by_role("link").click()
    row = page.locator("tr", has_text=TASK)
    row.get_by_role("link", name="Lý Khánh Vy").click()
    picker = page.get_by_role("form", name="Người phụ trách")
    picker.get_by_label("Người phụ trách").select_option(label=name)
    picker.get_by_role("button", name="Lưu").click()
    expect(row.get_by_role("link", name=name)).to_be_visible()


def move_the_milestone(page):
    page.goto("/groups/HAL/conformity-assessment")
    page.get_by_role("link", name=MILESTONE, exact=True).click()
    page.get_by_role("link", name="Dời dự kiến").click()
    page.get_by_role("radio", name="Chọn ngày").check()
    page.get_by_role("textbox", name="Ngày mới").fill("2027-07-15")
    page.get_by_role("radio", name="Năng lực thử nghiệm").check()
    page.get_by_role("textbox", name="Nói rõ hơn").fill("Chờ thiết bị")
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_text("+45 ngày").first).to_be_visible()


def sign_out(page):
    page.locator("#account-menu > summary").click()
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.get_by_role("button", name="Đăng nhập")).to_be_visible()


def see_it_on_the_board(page, screen):
    page.goto("/")
    if screen == "phone":
        page.get_by_role("radio", name="Đánh giá sự phù hợp").check()
    cell = page.locator("#board-matrix td:visible", has_text=MILESTONE)
    expect(cell).to_contain_text("15/07/2027")
    expect(cell).to_contain_text("+45 ngày")
    changes = page.locator("section", has=page.get_by_role("heading", name="Thay đổi từ"))
    moved = changes.get_by_role("listitem").filter(has=page.get_by_role("link", name=MILESTONE))
    expect(moved).to_contain_text("15/07/2027 (+45)")
    expect(changes).to_contain_text("Chờ thiết bị")


def take_the_report(page, folder):
    page.get_by_role("link", name="Xuất báo cáo").click()
    expect(page.get_by_label("Báo cáo của")).to_have_value("all")
    page.get_by_role("button", name="Lập báo cáo này").click()
    with page.expect_download() as started:
        page.get_by_role("button", name="Word, Tiếng Việt").click()
    path = folder / started.value.suggested_filename
    started.value.save_as(path)
    return path
