import pytest

from tracker.models import Group, Strand, Workstream
from tracker.queries.plan import Filters, Scope
from tracker.web import plan_page

pytestmark = pytest.mark.sqlite


@pytest.fixture
def hal(db_session, cast):
    return db_session.get(Group, cast.groups["HAL"])


@pytest.fixture
def stream(db_session, cast, hal):
    found = db_session.get(Workstream, cast.workstreams["HAL", Strand.CONFORMITY_ASSESSMENT])
    found.group = hal
    return found


@pytest.fixture
def request_by(app, monkeypatch):
    """A request of somebody signed in; the pages themselves are tested in routes/."""

    def made(address, **settings):
        monkeypatch.setattr(plan_page, "actor", lambda: Someone)
        return app.test_request_context(address, **settings)

    return made


class Someone:
    person_id = 7


def test_a_get_asks_by_its_address_and_a_post_by_the_page_it_came_from(request_by):
    with request_by("/groups/HAL?q=a&page=2"):
        assert plan_page.asked() == Filters(text="a", page=2)
    with request_by("/x?q=no", method="POST", data={"back": "q=b&owner=none"}):
        assert plan_page.asked() == Filters(text="b", owner=0)


def test_the_way_back_keeps_what_was_asked_for(request_by, hal, stream):
    with request_by("/", method="POST", data={"back": "q=b&page=3"}):
        address = plan_page.back_to(hal, stream, "milestone-HAL-M1")
        whole = plan_page.back_to(hal, None)

    assert address == "/groups/HAL/conformity-assessment?q=b&page=3#milestone-HAL-M1"
    assert whole == "/groups/HAL?view=list&q=b&page=3"


def test_a_scope_is_of_the_reader_and_the_day(request_by, hal, stream):
    with request_by("/"):
        scope = plan_page.scope(hal, stream)

    assert isinstance(scope, Scope)
    assert (scope.actor, scope.workstream) == (Someone, stream)
