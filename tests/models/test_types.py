from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import text
from sqlalchemy.exc import StatementError

from tests import factories as make
from tracker.models import Person, Setting, SignInAttempt

IN_VIET_NAM = timezone(timedelta(hours=7))


def attempt(session, at):
    return make.add(session, SignInAttempt(email="a", address="b", at=at, succeeded=True))


def test_a_moment_comes_back_in_utc_from_wherever_it_was_said(db_session):
    made = attempt(db_session, datetime(2026, 11, 23, 9, 30, 0, 5, IN_VIET_NAM))
    db_session.expire(made)

    assert made.at == datetime(2026, 11, 23, 2, 30, 0, 5, UTC)
    assert made.at.tzinfo is UTC


def test_a_moment_without_zone_is_refused(db_session):
    with pytest.raises(StatementError, match="time zone"):
        attempt(db_session, datetime(2026, 11, 23, 9, 30))  # noqa: DTZ001 - the mistake itself


@pytest.mark.parametrize("value", [None, 3, "đ", [1, {"a": None}], {"ngày": "2026-11-23"}])
def test_json_comes_back_as_it_was(db_session, value):
    made = make.add(db_session, Setting(key="k", value=value))
    db_session.expire(made)

    assert made.value == value


def test_nothing_is_null_not_the_word(db_session):
    make.add(db_session, Setting(key="k", value=None))

    found = db_session.execute(text("SELECT count(*) FROM settings WHERE value IS NULL")).scalar()
    assert found == 1


def test_an_id_is_never_given_twice(db_session):
    """History names things by it; a purged thing's life must not become another's."""
    first = make.person(db_session, "Một")
    gone = first.id
    db_session.delete(first)
    db_session.flush()

    assert make.person(db_session, "Hai").id > gone
    assert db_session.get(Person, gone) is None
