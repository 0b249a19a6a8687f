import pytest
from sqlalchemy import text

from tests.conftest import NOW
from tracker.services import outbox


@pytest.fixture
def visitor(client_for):
    return client_for("anonymous")


def test_the_process_is_alive_without_asking_the_database(visitor, queries):
    with queries() as statements:
        answer = visitor.get("/healthz")

    assert (answer.status_code, answer.text, statements) == (200, "ok\n", [])


def test_ready_when_the_tables_are_of_this_version(visitor):
    answer = visitor.get("/readyz")

    assert (answer.status_code, answer.text) == (200, "ok\n")


def test_not_ready_on_tables_of_another_version(visitor, set_up):
    with set_up() as session:
        session.execute(text("UPDATE alembic_version SET version_num = 'another'"))
    answer = visitor.get("/readyz")

    assert (answer.status_code, "tracker db upgrade" in answer.text) == (503, True)


class TestWithoutADatabase:
    @pytest.fixture
    def database_url(self, fresh):
        return "postgresql+psycopg://nobody@127.0.0.1:1/nothing"

    def test_alive_but_not_ready(self, visitor):
        assert visitor.get("/healthz").status_code == 200
        answer = visitor.get("/readyz")
        assert (answer.status_code, answer.text) == (503, "database unreachable\n")


def test_numbers_for_this_machine(visitor, set_up):
    with set_up():
        outbox.put("mail.assigned", "a", {}, at=NOW)
        outbox.note_tick(at=NOW)
    visitor.get("/healthz")
    answer = visitor.get("/metrics")
    numbers = dict(line.rsplit(" ", 1) for line in answer.text.splitlines())

    assert numbers["nqi_outbox_waiting"] == "1"
    assert numbers["nqi_outbox_given_up"] == "0"
    assert int(numbers["nqi_worker_tick_age_seconds"]) < 60
    assert any(name.startswith('nqi_answers_total{class="2xx"') for name in numbers)


@pytest.mark.parametrize(
    "request_of",
    [
        {"environ_base": {"REMOTE_ADDR": "192.0.2.7"}},
        {"headers": {"X-Forwarded-For": "192.0.2.7"}},
        {"environ_base": {"REMOTE_ADDR": "192.0.2.7"}, "headers": {"Authorization": "Bearer "}},
    ],
)
def test_numbers_are_not_for_others(visitor, request_of):
    assert visitor.get("/metrics", **request_of).status_code == 404


class TestWithAToken:
    @pytest.fixture
    def app_settings(self):
        return {"metrics_token": "geheim"}

    @pytest.mark.parametrize(("token", "status"), [("geheim", 200), ("other", 404)])
    def test_numbers_for_who_knows_it(self, visitor, token, status):
        answer = visitor.get(
            "/metrics",
            headers={"Authorization": f"Bearer {token}"},
            environ_base={"REMOTE_ADDR": "192.0.2.7"},
        )

        assert answer.status_code == status
