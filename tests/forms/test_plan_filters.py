import pytest

from tracker.forms import plan_filters
from tracker.models import TaskStatus
from tracker.queries.plan import Due, Filters, Sort

ME = 7


@pytest.mark.parametrize(
    ("args", "filters"),
    [
        ({}, Filters()),
        ({"q": "  so   sánh "}, Filters(text="so sánh")),
        ({"owner": "me"}, Filters(owner=ME)),
        ({"owner": "none"}, Filters(owner=0)),
        ({"owner": "12"}, Filters(owner=12)),
        ({"status": "blocked"}, Filters(status=TaskStatus.BLOCKED)),
        ({"due": "overdue", "clear": "no"}, Filters(due=Due.OVERDUE, clear=False)),
        ({"sort": "due", "page": "3"}, Filters(sort=Sort.DUE, page=3)),
    ],
)
def test_an_address_says_what_is_asked_for(args, filters):
    assert plan_filters.read(args, ME) == filters


@pytest.mark.parametrize("name", ["owner", "status", "due", "clear", "sort", "page"])
@pytest.mark.parametrize("text", ["", "x", "-1", "²", "9" * 40, "1; DROP TABLE tasks", "\0"])
def test_nonsense_counts_as_not_asked(name, text):
    assert plan_filters.read({name: text}, ME) == Filters()


@pytest.mark.parametrize(
    "filters",
    [
        Filters(),
        Filters(text="a & b=c", owner=0, clear=True, page=4),
        Filters(owner=12, status=TaskStatus.DONE, due=Due.LATE, sort=Sort.OWNER),
    ],
)
def test_what_a_form_brings_along_is_what_was_asked_for(filters):
    assert plan_filters.read_back(plan_filters.back(filters), ME) == filters


def test_a_change_of_the_address_keeps_the_rest_but_the_page():
    filters = Filters(text="đo", owner=3, page=5)

    assert plan_filters.query(filters, {"sort": "due"}) == "q=%C4%91o&owner=3&sort=due"
    assert plan_filters.query(filters, {"q": "", "page": 2}) == "owner=3&page=2"


@pytest.mark.parametrize(
    ("more", "lengths"),
    [
        ("doing:40", {TaskStatus.DOING: 40}),
        ("doing:1", {TaskStatus.DOING: 20}),
        ("doing:99999", {TaskStatus.DOING: 200}),
        ("x:40", {}),
        ("", {}),
    ],
)
def test_a_column_may_be_asked_to_be_longer(more, lengths):
    assert plan_filters.lengths({"more": more}) == lengths
