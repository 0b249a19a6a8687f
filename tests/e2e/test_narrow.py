"""Nothing is wider than the window, whatever somebody typed; a phone shows what matters first."""

import pytest
from playwright.sync_api import expect

from tests import factories as make
from tests.e2e.conftest import PHONE
from tracker.adapters.clock import today
from tracker.models import Strand

pytestmark = pytest.mark.e2e
LONG = "x" * 500
BEYOND = """() => {
  const width = document.documentElement.clientWidth
  const scrolls = '.tabs, .kanban, .chips--scroll, .table-box, .unseen'
  return [...document.querySelectorAll('main *, #drawer *')]
    .filter(element => element.getBoundingClientRect().right > width + 1)
    .filter(element => !element.closest(scrolls))
    .map(element => element.outerHTML.slice(0, 60))
}"""
PAGES = [
    "/groups/HAL/metrology",
    "/groups/HAL?view=list",
    "/groups/HAL/metrology/kanban",
    "/groups/HAL",
    "/tasks/HAL-4",
    "/tasks/HAL-4/edit",
    "/tasks/HAL-4/place",
    "/tasks/HAL-4/status",
    "/tasks/HAL-5",
    "/milestones/HAL-M2",
    "/milestones/HAL-M2/close",
    "/my?show=all",
    "/search?q=xxxxx",
    "/attention",
    "/attention?show=milestones",
    "/",
]


@pytest.fixture
def long_titles(set_up, cast, plan):
    with set_up() as session:
        stream = make.stream_of(session, cast, strand=Strand.METROLOGY)
        goal = make.milestone(session, stream, LONG, baseline=today(), position=2000)
        owner = cast["head"].person_id
        task = make.task(session, stream, LONG, milestone=goal, owner_id=owner, due=today())
        make.task(session, stream, LONG, parent=task, owner_id=owner)


@pytest.mark.parametrize(
    "screen",
    [
        pytest.param("desktop"),
        pytest.param("phone", marks=pytest.mark.browser_context_args(**PHONE)),
    ],
)
def test_a_word_without_end_does_not_widen_a_page(screen, page, sign_in, long_titles):
    sign_in("head")
    found = {}
    for address in PAGES:
        page.goto(address)
        found[address] = page.evaluate(BEYOND)
    if screen == "desktop":
        for code in ("milestone-HAL-M2", "task-HAL-4"):
            page.goto("/groups/HAL/metrology")
            page.locator(f"#{code}-link").click()
            expect(page.locator("#drawer h2").first).to_be_visible()
            found[f"drawer {code}"] = page.evaluate(BEYOND)

    assert {address: beyond for address, beyond in found.items() if beyond} == {}


@pytest.mark.browser_context_args(**PHONE)
def test_a_phone_shows_the_first_group_at_once_and_folds_the_filters(page, sign_in, plan):
    sign_in("head")
    page.goto("/")

    expect(page.get_by_role("link", name="Tổ công tác Hal", exact=True)).to_be_in_viewport()
    expect(page.get_by_label("Tình trạng")).to_be_hidden()
    page.get_by_text("Lọc và so sánh").click()
    page.get_by_label("Tình trạng").select_option("late")
    expect(page.get_by_role("link", name="Bỏ lọc")).to_be_visible()


@pytest.mark.browser_context_args(**PHONE)
def test_the_tab_one_is_at_is_in_sight(page, sign_in):
    sign_in("administrator")
    page.goto("/admin/audit")

    tab = page.get_by_role("navigation", name="Quản trị").get_by_role("link", name="Nhật ký")
    expect(tab).to_be_in_viewport(ratio=0.9)
