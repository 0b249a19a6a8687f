import pytest

from tests.conftest import NOW
from tracker.adapters import schema
from tracker.extensions import db

pytestmark = pytest.mark.blank


def test_a_migrated_database_is_up_to_date(db_session):
    connection = db_session.connection()

    assert schema.current(connection) == schema.wanted()
    assert schema.is_up_to_date(connection)


def test_revisions_of_the_future_are_not_known():
    assert schema.is_known(schema.wanted())
    assert not schema.is_known("20991231_0001")


class TestWithoutADatabase:
    @pytest.fixture
    def database_url(self, fresh):
        return "postgresql+psycopg://nobody@127.0.0.1:1/nothing"

    def test_no_clock_is_no_difference(self, db_session):
        assert schema.seconds_apart(db_session.get_bind(), NOW) == 0.0


def test_the_clock_of_the_database_is_compared_with_the_moment_given(app):
    """The moment is of the test, the database's clock of this day: only SQLite has none."""
    with app.app_context():
        apart = schema.seconds_apart(db.engine, NOW)

    assert (apart == 0.0) is app.extensions["tracker.config"].is_sqlite
