"""The board keeps itself fresh: what others change comes in, what one is doing stays."""

import re
from datetime import timedelta

import pytest

from tests import factories as make
from tracker.adapters.clock import now, today
from tracker.services import milestones, tasks
from tracker.services.act import Act

pytestmark = pytest.mark.e2e
PAUSE = 26_000
NODES = "() => [...document.querySelectorAll('.cell')].map(cell => cell.mark)"


def act():
    return Act(person_id=None, at=now(), cause="web")


@pytest.fixture
def board(page, sign_in, set_up, cast):
    """The director's board on a clock of ours, every cell marked as the one that stood there."""
    with set_up() as session:
        stream = make.stream_of(session, cast)
        milestones.create(stream, "Chuẩn đầu", baseline=today() + timedelta(days=40), by=act())
    page.clock.install()
    sign_in("director")
    page.evaluate("() => document.querySelectorAll('.cell').forEach(cell => { cell.mark = 1 })")
    return page


def make_late(set_up, cast):
    with set_up() as session:
        stream = make.stream_of(session, cast)
        for _ in range(2):
            tasks.create(stream, "Đo lại", due=today() - timedelta(days=3), by=act())


def wait(page):
    with page.expect_response(lambda answer: "v=" in answer.url) as answer:
        page.clock.run_for(PAUSE)
    return answer.value.status


@pytest.mark.usefixtures("quiet")
def test_a_change_of_another_is_put_in_and_said_without_taking_focus_or_place(
    board, set_up, cast, axe
):
    page = board
    page.locator("tbody a.group").first.focus()
    page.evaluate("() => window.scrollTo(0, 60)")
    before = page.evaluate("() => window.scrollY")
    assert wait(page) == 204
    assert page.locator(".toast").count() == 0

    make_late(set_up, cast)
    assert wait(page) == 200

    page.get_by_text("Đo lường: ○ Chưa bắt đầu → ■ Chậm tiến độ").wait_for()
    changed = page.locator("#cell-HAL-metrology")
    assert changed.get_attribute("data-health") == "late"
    assert "is-new" in changed.get_attribute("class")
    assert set(page.evaluate(NODES)) == {1}  # the same elements, none put in anew
    assert page.evaluate("() => document.activeElement.className") == "group"
    assert page.evaluate("() => window.scrollY") == before
    assert axe() == []
    assert wait(page) == 204


def test_the_board_waits_while_somebody_chooses_and_stops_with_the_session(board, set_up, cast):
    page, asked = board, []
    page.on("request", lambda request: asked.append(request.url) if "v=" in request.url else None)
    page.locator("#board-filters summary").last.click()
    page.clock.run_for(PAUSE)
    assert asked == []

    page.keyboard.press("Escape")
    page.route("**/?v=*", lambda route: route.fulfill(status=503), times=1)
    assert wait(page) == 503
    page.context.clear_cookies()
    assert wait(page) == 401
    page.wait_for_url(re.compile("/sign-in"))
    assert len(asked) == 2
