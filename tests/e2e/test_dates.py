"""Dates in a browser: an extension asked for on a phone and granted, a forecast moved by touch."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests import factories as make
from tests.e2e.conftest import PHONE
from tracker.adapters.clock import now, today
from tracker.models import Group, MoveReason, Task
from tracker.services import baselines, extension_requests, tasks
from tracker.services.act import Act, Why

pytestmark = pytest.mark.e2e

PAGES = [
    "/slips",
    "/slips?period=2026-13",
    "/groups/HAL/slips",
    "/groups/HAL/extensions",
    "/my?show=extensions",
    "/extensions/1",
    "/tasks/HAL-1/extension",
    "/groups/HAL/baselines",
    "/groups/HAL/baselines/1",
    "/groups/HAL/baselines/compare",
]


@pytest.fixture
def past(set_up, cast, plan):
    """The plan was approved, a forecast moved, and one request waits."""
    with set_up() as session:
        by = Act(person_id=cast["member"].person_id, at=now(), cause="web")
        group = session.get(Group, cast.groups["HAL"])
        why = Why(reason=MoveReason.BUDGET, sentence="Chưa có dự toán.")
        late = session.query(Task).filter_by(code="HAL-1").one()
        due = session.query(Task).filter_by(code="HAL-2").one()
        baselines.approve(group, document_number="1/QĐ", document_date=today(), by=by)
        tasks.move_forecast(late, today() + timedelta(days=9), why=why, by=by)
        extension_requests.ask(due, today() + timedelta(days=30), why=why, by=by)
        make.task(session, make.stream_of(session, cast), title="Mới")


def test_the_pages_about_dates_keep_nobody_out(page, sign_in, past, axe, quiet):
    sign_in("head")
    found = []
    for address in PAGES[:6] + PAGES[7:]:
        page.goto(address)
        found += [f"{address}: {one}" for one in axe()]
    page.context.clear_cookies()
    sign_in("member")
    page.goto(PAGES[6])
    found += [f"{PAGES[6]}: {one}" for one in axe()]

    assert found == []


@pytest.mark.browser_context_args(**PHONE)
def test_an_extension_is_asked_for_on_a_phone_and_granted(page, sign_in, plan, quiet):
    sign_in("member")
    page.goto("/tasks/HAL-1")
    page.get_by_role("link", name="Xin gia hạn").tap()
    page.get_by_text("+1 tuần").tap()
    page.get_by_text("Kinh phí").tap()
    page.get_by_placeholder("Một câu: đã làm đến đâu, còn vướng gì").fill("Chưa có dự toán.")
    page.get_by_role("button", name="Gửi đề nghị").tap()
    expect(page.get_by_text("gửi hôm nay")).to_be_visible()

    page.context.clear_cookies()
    sign_in("head")
    page.goto("/my")
    page.get_by_role("link", name="Đề nghị gia hạn 1").tap()
    page.get_by_placeholder("Một câu trả lời").fill("Được, đến ngày này.")
    page.get_by_role("button", name="Đồng ý gia hạn").tap()

    expect(page.get_by_text("Đã đồng ý", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Đề nghị gia hạn 0")).to_be_visible()
    page.goto("/tasks/HAL-1")
    expect(page.get_by_text("theo đề nghị gia hạn")).to_be_visible()


@pytest.mark.browser_context_args(**PHONE)
def test_a_forecast_is_moved_by_a_day_and_a_reason(page, sign_in, plan, quiet):
    """Besides opening the card's form and saving it: one tap for the day, one for the reason."""
    sign_in("member")
    page.goto("/my")
    card = page.locator("#task-HAL-1-todo")
    card.get_by_text("Dời dự kiến").tap()
    card.get_by_text("+2 tuần").tap()
    card.get_by_text("Kinh phí").tap()
    card.get_by_role("button", name="Lưu").tap()

    expect(page.get_by_text("Đã lưu")).to_be_visible()
    expect(card.locator("small").get_by_text("dự kiến")).to_be_visible()
