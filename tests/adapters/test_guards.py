import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError

from tests import factories as make
from tests.factories import AGES_AGO
from tracker.adapters import guards
from tracker.models import Change, SearchEntry

pytestmark = pytest.mark.blank

FORBIDDEN = {
    "sqlite": ("UPDATE history SET new = '1'", "DELETE FROM history", "INSERT OR REPLACE"),
    # Without CASCADE the foreign keys refuse first.
    "postgresql": (
        "UPDATE history SET new = '1'",
        "DELETE FROM history",
        "TRUNCATE history CASCADE",
    ),
}
REPLACE = "INSERT OR REPLACE INTO history SELECT * FROM history"


@pytest.fixture
def change(db_session):
    db_session.add(
        Change(at=AGES_AGO, cause="cli", kind="task", subject_id=1, field="title", new="A")
    )
    db_session.commit()


def complaint(session, statement):
    """What the database says, or None when it obeyed."""
    try:
        session.execute(sa.text(REPLACE if statement == "INSERT OR REPLACE" else statement))
    except DatabaseError as error:
        session.rollback()
        return str(error.orig)
    return None


def refusals(session):
    dialect = session.get_bind().dialect.name
    return [
        "history can only grow" in (complaint(session, statement) or "")
        for statement in FORBIDDEN[dialect]
    ]


def test_what_was_written_cannot_be_rewritten(db_session, change):
    assert refusals(db_session) == [True, True, True]


@pytest.fixture
def record(db_session):
    """What a report said, submitted but not approved yet."""
    for name in ("Nguyễn Văn An", "Trần Thị Bình"):
        make.person(db_session, name)
    made = make.record(db_session, make.report(db_session), body=b"x")
    db_session.commit()
    return made


REWRITTEN = (
    "UPDATE report_records SET body = NULL",
    "UPDATE report_records SET sha256 = '1'",
    "UPDATE report_records SET revision = 1",
    "UPDATE report_records SET submitted_at = approved_at",
    "UPDATE report_records SET submitted_by_id = id",
    "DELETE FROM report_records",
)
STAMPED = "UPDATE report_records SET document_number = '{}', document_date = '2026-11-16'"
REPLACED = "INSERT OR REPLACE INTO report_records SELECT * FROM report_records"


def test_what_a_report_said_is_never_another(db_session, record):
    statements = list(REWRITTEN)
    is_sqlite = db_session.get_bind().dialect.name == "sqlite"
    statements.append(REPLACED if is_sqlite else "TRUNCATE report_records CASCADE")

    for statement in statements:
        assert "is for ever" in (complaint(db_session, statement) or "obeyed"), statement
    assert complaint(db_session, STAMPED.format("15/BC-TĐC")) is None
    assert "is for ever" in (complaint(db_session, STAMPED.format("16/BC-TĐC")) or "obeyed")
    for who in ("approved_by_id", "issued_by_id"):
        by = f"UPDATE report_records SET {who} = (SELECT {{}}(id) FROM persons)"
        assert complaint(db_session, by.format("min")) is None
        assert "is for ever" in (complaint(db_session, by.format("max")) or "obeyed"), who


def test_guards_may_be_set_any_number_of_times(db_session, change):
    for _ in range(2):
        guards.install(db_session.connection())
        db_session.commit()

    assert refusals(db_session) == [True, True, True]


@pytest.mark.sqlite
def test_a_connection_that_never_heard_of_us_is_refused_too(db_session, change):
    """No pragma of ours: INSERT OR REPLACE would not fire a delete trigger."""
    raw = db_session.connection().connection.dbapi_connection
    raw.execute("PRAGMA recursive_triggers = OFF")

    assert refusals(db_session) == [True, True, True]


@pytest.mark.sqlite
def test_the_text_index_follows_the_entries(db_session):
    def found(word):
        words = sa.text("SELECT count(*) FROM search_words WHERE search_words MATCH :word")
        return db_session.scalar(words, {"word": word})

    entry = SearchEntry(kind="task", subject_id=1, title="Đo", folded="do luong")
    db_session.add(entry)
    db_session.commit()
    assert (found("luong"), found("tieu")) == (1, 0)

    entry.folded = "tieu chuan"
    db_session.commit()
    assert (found("luong"), found("tieu")) == (0, 1)

    db_session.delete(entry)
    db_session.commit()
    assert found("tieu") == 0
