"""A timeline in a browser: moved by pointer, followed by keyboard, read on a phone."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from tests import factories as make

pytestmark = pytest.mark.e2e

TODAY = date.today()  # noqa: DTZ011 - the browser has its own clock
DAY = timedelta(days=1)


@pytest.fixture
def milestone(set_up, cast):
    with set_up() as session:
        stream = make.stream_of(session, cast)
        planned = {"baseline": TODAY + 20 * DAY, "forecast": TODAY + 30 * DAY}
        return make.milestone(session, stream, title="Được công nhận", **planned)


def test_a_dropped_diamond_asks_why_and_the_chart_follows(sign_in, milestone):
    page = sign_in("head")
    page.goto("/groups/HAL/timeline")
    mark = page.locator("[data-moves] path").bounding_box()
    x, y = mark["x"] + mark["width"] / 2, mark["y"] + mark["height"] / 2

    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y, steps=4)
    page.mouse.up()
    day = page.locator("#drawer input[name=forecast_own]").input_value()
    page.locator("#drawer").get_by_text("Kinh phí").click()
    page.locator("#drawer").get_by_role("button", name="Lưu").click()

    slip = (date.fromisoformat(day) - TODAY).days - 20
    assert slip > 15
    expect(page.locator(".chart")).to_contain_text(f"+{slip} ngày")


def test_escape_puts_the_diamond_back_and_asks_nothing(sign_in, milestone):
    page = sign_in("head")
    page.goto("/groups/HAL/timeline")
    home = page.locator("[data-moves]").get_attribute("x")
    mark = page.locator("[data-moves] path").bounding_box()

    page.mouse.move(mark["x"] + 7, mark["y"] + 7)
    page.mouse.down()
    page.mouse.move(mark["x"] + 80, mark["y"] + 7, steps=2)
    page.keyboard.press("Escape")
    page.mouse.up()

    assert page.locator("[data-moves]").get_attribute("x") == home
    expect(page.locator("#drawer")).to_be_empty()


def test_the_same_form_is_reached_by_keyboard(sign_in, milestone):
    page = sign_in("head")
    page.goto("/groups/HAL/timeline")

    page.locator(f"#timeline-{milestone.code}").press("Enter")
    page.locator("#drawer").get_by_role("link", name="Dời dự kiến").press("Enter")

    expect(page.locator("#drawer input[name=forecast]").first).to_be_attached()


def test_filters_are_followed_and_stand_in_the_address(sign_in, milestone):
    page = sign_in("head")
    page.goto("/groups/HAL/timeline")

    page.get_by_role("link", name="Sớm hơn").click()
    page.wait_for_url("**/timeline?from=*")
    page.select_option("#timeline-zoom", "quarter")
    page.wait_for_url("**/timeline?zoom=quarter&from=*")
    page.get_by_role("link", name="Xem bảng").click()

    expect(page.locator("#timeline table")).to_be_visible()
    assert "zoom=quarter" in page.url


def test_on_a_phone_the_labels_stay_while_the_axis_scrolls(sign_in, milestone):
    page = sign_in("head")
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/groups/HAL/timeline")

    begins = page.locator(".chart").evaluate("chart => chart.scrollLeft")
    page.locator(".chart").evaluate("chart => chart.scrollTo(400, 0)")

    label = page.locator(f"#timeline-{milestone.code}").bounding_box()
    assert begins > 50  # where today is
    assert 0 <= label["x"] < 100
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
