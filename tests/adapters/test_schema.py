import pytest

from tracker.adapters import schema

pytestmark = pytest.mark.blank


def test_a_migrated_database_is_up_to_date(db_session):
    connection = db_session.connection()

    assert schema.current(connection) == schema.wanted()
    assert schema.is_up_to_date(connection)


def test_revisions_of_the_future_are_not_known():
    assert schema.is_known(schema.wanted())
    assert not schema.is_known("20991231_0001")
