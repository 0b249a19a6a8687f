import pytest

from tracker.models import Task, TaskStatus
from tracker.queries.my_work import Show
from tracker.web import my_page

BEHIND = {"HX-Current-URL": "https://nqi.test/my?show=blocked&page=2"}


@pytest.mark.parametrize(
    ("address", "headers", "show"),
    [
        ("/my", {}, None),
        ("/my?show=week", {}, Show.WEEK),
        ("/my?show=nonsense", {}, None),
        ("/tasks/HAL-1/status", BEHIND, Show.BLOCKED),
        ("/tasks/HAL-1/status?show=all", BEHIND, Show.ALL),
    ],
)
def test_the_heap_is_that_of_the_form_or_of_the_page_behind(app, address, headers, show):
    with app.test_request_context(address, headers=headers):
        assert my_page.asked() == show


@pytest.mark.parametrize(
    ("query", "number"),
    [("", 1), ("page=3", 3), ("page=-3", 1), ("page=x", 1), ("page=9999999999", 1), ("page=٣", 1)],
)
def test_nonsense_is_the_first_page(app, query, number):
    with app.test_request_context(f"/my?{query}"):
        assert my_page.number() == number


def test_an_address_keeps_what_was_asked_for(app):
    with app.test_request_context("/my?show=week&page=2"):
        assert my_page.address() == "/my?show=week&page=2"
        assert my_page.address(Show.ALL, 1) == "/my?show=all"


def test_the_page_behind_the_drawer_is_known(app):
    with app.test_request_context("/tasks/HAL-1/status", headers=BEHIND):
        assert my_page.is_behind()
    with app.test_request_context("/tasks/HAL-1/status"):
        assert not my_page.is_behind()


@pytest.mark.parametrize(
    ("status", "said", "undo"),
    [
        (TaskStatus.DONE, "Đã xong HAL-1", "/my/HAL-1/take-back?show=week&page=1"),
        (TaskStatus.REVIEW, "HAL-1 đã gửi đi chờ duyệt", "/my/HAL-1/take-back?show=week&page=1"),
        (TaskStatus.BLOCKED, "Đã lưu HAL-1", ""),
    ],
)
def test_what_has_ended_can_be_taken_back(app, status, said, undo):
    task = Task(code="HAL-1", status=status)

    with app.test_request_context("/tasks/HAL-1/status?show=week"):
        assert (my_page.said(task), my_page.undo(task)) == (said, undo)
