"""The fixtures keep their promises; permission tests would prove nothing without."""

import pytest

from tests import factories as make
from tracker.adapters import clock as real_clock
from tracker.models import Account, Group, Strand, Task
from tracker.web import authorization, session

pytestmark = pytest.mark.own_app


@pytest.fixture
def whoami(app):
    """An address that says who asks."""

    def show():
        authorization.everyone_signed_in()
        return session.account().email

    app.add_url_rule("/whoami", "whoami", show, methods=["GET", "POST"])
    return "/whoami"


def test_two_clients_are_two_persons(client_for, cast, whoami):
    head, outsider = client_for("head"), client_for("outsider")

    answers = [client.get(whoami).text for client in (head, outsider, head)]

    assert answers == ["head@example.test", "outsider@example.test", "head@example.test"]


def test_anonymous_is_not_signed_in(client_for, whoami):
    answer = client_for("anonymous").get(whoami)

    assert (answer.status_code, answer.location) == (303, "/sign-in?next=/whoami")


def test_clients_send_the_token(client_for, whoami):
    assert client_for("head").post(whoami).text == "head@example.test"


def test_a_write_without_the_token_is_refused(client_for, whoami):
    client = client_for("head")
    del client.environ_base["HTTP_X_CSRFTOKEN"]

    assert client.post(whoami).status_code == 400


@pytest.mark.parametrize("turn", [1, 2])
def test_every_test_begins_with_the_cast_alone(db_session, turn):
    keys = [group.key for group in db_session.query(Group).order_by(Group.key)]
    make.whole_group(db_session)
    db_session.commit()

    assert keys == ["HAL", "SOL"]


@pytest.mark.blank
def test_a_blank_database_has_nobody(db_session):
    assert db_session.query(Account).all() == []


def test_factories_count_on_where_the_services_are(db_session, cast):
    _, streams = make.whole_group(db_session)
    codes = [make.task(db_session, streams[Strand.METROLOGY]).code for _ in range(2)]

    assert codes == ["ION-1", "ION-2"]
    assert db_session.get(Task, cast.secret_task_id).code == "SOL-1"


def test_it_is_the_day_the_factories_think(clock):
    assert real_clock.today() == make.TODAY
