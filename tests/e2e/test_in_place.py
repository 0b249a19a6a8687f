"""Changing things where they stand: what is round them follows, and Esc gives up."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests import factories as make
from tracker.adapters.clock import today
from tracker.lib.dates import format_date
from tracker.models import Group, Strand, TaskStatus

pytestmark = [pytest.mark.e2e, pytest.mark.usefixtures("quiet")]
LIST = "/groups/HAL/metrology"
GOAL = "Chuẩn quốc gia được phê duyệt"


@pytest.fixture
def second(set_up, cast, plan):
    """Another milestone below the one of the plan."""
    with set_up() as session:
        stream = make.stream_of(session, cast, strand=Strand.METROLOGY)
        make.milestone(session, stream, "Liên kết chuẩn", position=2000)


def titles(page):
    return page.locator("section.milestone h2 a").all_inner_texts()


def test_a_milestone_is_moved_and_closed_in_the_list(page, sign_in, plan):
    sign_in("secretary")
    page.goto(LIST)
    head = page.locator("#milestone-HAL-M1-head")

    head.get_by_title("Dời dự kiến").click()
    picker = page.get_by_role("form", name="Dự kiến")
    day = today() + timedelta(days=90)
    picker.get_by_label("Dự kiến").fill(day.isoformat())
    picker.get_by_text("Năng lực thử nghiệm").click()
    picker.get_by_role("button", name="Lưu").click()
    expect(head).to_contain_text(f"dự kiến {format_date(day)} (+30)")
    expect(head.get_by_title("Dời dự kiến")).to_be_focused()

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    picker = page.get_by_role("form", name="Đóng mốc")
    expect(picker.get_by_label("Số hiệu văn bản minh chứng")).to_be_focused()
    page.keyboard.press("Escape")
    expect(picker).to_be_hidden()
    expect(head.get_by_role("link", name="Đóng mốc")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.type("QĐ 12/QĐ-TĐC")
    page.keyboard.press("Enter")
    expect(head).to_contain_text(f"đạt ngày {format_date(today())}")
    expect(head.get_by_role("link", name=GOAL)).to_be_focused()
    assert page.url.endswith(LIST)


def test_milestones_are_put_in_order_by_pointer_and_keyboard(page, sign_in, second):
    sign_in("head")
    page.goto(LIST)
    assert titles(page) == [GOAL, "Liên kết chuẩn"]

    grip = page.get_by_role("button", name="Kéo để đổi chỗ: Liên kết chuẩn").bounding_box()
    above = page.locator("#milestone-HAL-M1-head").bounding_box()
    page.mouse.move(grip["x"] + 5, grip["y"] + 5)
    page.mouse.down()
    page.mouse.move(grip["x"] + 5, above["y"] + 30, steps=5)
    page.mouse.move(grip["x"] + 5, above["y"] + 5, steps=5)
    page.mouse.up()
    expect(page.locator("section.milestone h2 a").first).to_have_text("Liên kết chuẩn")
    expect(page.get_by_text("Đã chuyển mốc HAL-M2")).to_be_visible()

    page.get_by_role("button", name="Kéo để đổi chỗ: Liên kết chuẩn").focus()
    for key in ("Space", "ArrowDown", "Space"):
        page.keyboard.press(key)
    expect(page.locator("section.milestone h2 a").first).to_have_text(GOAL)
    expect(page.get_by_role("button", name="Kéo để đổi chỗ: Liên kết chuẩn")).to_be_focused()


def test_what_counts_a_task_follows_its_status(page, sign_in, plan):
    sign_in("head")
    page.goto(LIST)
    row = page.locator("#task-HAL-2")

    row.get_by_role("link", name="Đang thực hiện").click()
    page.get_by_role("form", name="Trạng thái").get_by_role("button", name="Hoàn thành").click()

    expect(page.locator("#milestone-HAL-M1-head .milestone__count")).to_have_text("1/3")
    expect(page.locator("#mark-HAL-metrology")).to_contain_text("1/3")


def test_a_card_moves_with_what_the_drawer_changes(page, sign_in, plan):
    sign_in("head")
    page.goto(f"{LIST}/kanban")
    page.get_by_role("main").get_by_role("link", name="Mua khí chuẩn", exact=True).click()
    drawer = page.get_by_role("complementary", name="Chi tiết")
    drawer.locator("summary", has_text="đổi trạng thái").click()
    drawer.get_by_role("button", name="Đang vướng mắc").click()

    expect(page.locator("#column-blocked #task-HAL-2-card")).to_be_visible()
    expect(drawer.get_by_role("heading", name="Mua khí chuẩn")).to_be_visible()


def test_esc_gives_up_what_was_opened(page, sign_in, plan, set_up, cast):
    with set_up() as session:
        session.get(Group, cast.groups["HAL"]).needs_approval = True
        stream = make.stream_of(session, cast, strand=Strand.METROLOGY)
        make.task(session, stream, "Chờ duyệt", status=TaskStatus.REVIEW, submitted_on=today())

    sign_in("member")
    page.goto("/my")
    page.get_by_text("Dời dự kiến").click()
    page.get_by_role("radio", name="+2 tuần").focus()
    page.keyboard.press("Escape")
    expect(page.get_by_role("radio", name="+2 tuần")).to_be_hidden()
    expect(page.locator("summary:focus")).to_contain_text("Dời dự kiến")

    page.goto("/tasks/HAL-1")
    page.locator("#task-HAL-1-fact-forecast-link").click()
    expect(page.get_by_role("group", name="Dự kiến mới")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("group", name="Dự kiến mới")).to_be_hidden()
    expect(page.locator("#task-HAL-1-fact-forecast-link")).to_be_focused()

    page.context.clear_cookies()
    sign_in("head")
    page.goto("/my?show=waiting")
    page.locator("summary", has_text="Trả lại").click()
    page.get_by_label("Cần sửa gì?").fill("Thiếu chữ ký")
    page.keyboard.press("Escape")
    expect(page.get_by_label("Cần sửa gì?")).to_be_hidden()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Cần sửa gì?")).to_have_value("Thiếu chữ ký")


def test_the_page_of_one_value_says_no_word_to_the_console(page, sign_in, plan):
    sign_in("head")
    page.goto("/tasks/HAL-1/owner")
    page.get_by_role("main").get_by_role("button", name="Lưu").click()
    expect(page.locator("#task-HAL-1")).to_be_visible()
    page.goto("/tasks/HAL-1/owner")
    page.get_by_role("main").get_by_role("link", name="Hủy").click()
    expect(page.get_by_role("heading", name="Hiệu chuẩn thiết bị")).to_be_visible()
