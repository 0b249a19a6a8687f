"""What the database itself must keep: an append-only history, what reports said, a text index.

An Alembic batch on SQLite makes a table anew and so drops its triggers; `install` is therefore run
after every migration and may be run at any time.
"""

from collections.abc import Set

from sqlalchemy import Connection, inspect, text

SQLITE = (
    *(
        f"""CREATE TRIGGER history_refuses_{verb.lower()} BEFORE {verb} ON history
            BEGIN SELECT RAISE(ABORT, 'history can only grow'); END"""
        for verb in ("UPDATE", "DELETE")
    ),
    # INSERT OR REPLACE would slip past a delete trigger on connections without recursive triggers.
    """CREATE TRIGGER history_refuses_replace BEFORE INSERT ON history
       WHEN EXISTS (SELECT 1 FROM history WHERE id = NEW.id)
       BEGIN SELECT RAISE(ABORT, 'history can only grow'); END""",
    """CREATE VIRTUAL TABLE IF NOT EXISTS search_words USING fts5(
       folded, content='search_entries', content_rowid='id', prefix='2 3')""",
    """CREATE TRIGGER search_entries_added AFTER INSERT ON search_entries BEGIN
       INSERT INTO search_words(rowid, folded) VALUES (NEW.id, NEW.folded); END""",
    """CREATE TRIGGER search_entries_removed AFTER DELETE ON search_entries BEGIN
       INSERT INTO search_words(search_words, rowid, folded)
       VALUES ('delete', OLD.id, OLD.folded); END""",
    """CREATE TRIGGER search_entries_changed AFTER UPDATE OF folded ON search_entries BEGIN
       INSERT INTO search_words(search_words, rowid, folded)
       VALUES ('delete', OLD.id, OLD.folded);
       INSERT INTO search_words(rowid, folded) VALUES (NEW.id, NEW.folded); END""",
)
# What a report said is never another; who approved it, its number and its date come later, once.
FROZEN = (
    *("report_id", "revision", "submission", "reason", "body", "sha256"),
    *("submitted_by_id", "submitted_at", "template_id"),
)
ONCE = (
    *("approved_by_id", "approved_at"),
    *("document_number", "document_date", "issued_by_id", "issued_at"),
)
# Stands in the triggers for the question whether a row says something else.
ANOTHER = "{another}"
_SAID = "a record of a report is for ever"
SQLITE_RECORDS = {
    "report_records_refuse_update": f"""BEFORE UPDATE ON report_records
       WHEN {ANOTHER}
       BEGIN SELECT RAISE(ABORT, '{_SAID}'); END""",
    "report_records_refuse_delete": f"""BEFORE DELETE ON report_records
       BEGIN SELECT RAISE(ABORT, '{_SAID}'); END""",
    "report_records_refuse_replace": f"""BEFORE INSERT ON report_records
       WHEN EXISTS (SELECT 1 FROM report_records WHERE id = NEW.id
         OR (report_id, revision, submission) = (NEW.report_id, NEW.revision, NEW.submission))
       BEGIN SELECT RAISE(ABORT, '{_SAID}'); END""",  # noqa: S608 - our own words
}
POSTGRESQL_RECORDS = (
    f"""CREATE OR REPLACE FUNCTION report_record_is_for_ever() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN
         IF TG_OP = 'UPDATE' AND NOT ({ANOTHER}) THEN RETURN NEW; END IF;
         RAISE EXCEPTION '{_SAID}';
       END $$""",
    "DROP TRIGGER IF EXISTS report_records_refuse_change ON report_records",
    """CREATE TRIGGER report_records_refuse_change BEFORE UPDATE OR DELETE ON report_records
       FOR EACH ROW EXECUTE FUNCTION report_record_is_for_ever()""",
    "DROP TRIGGER IF EXISTS report_records_refuse_truncate ON report_records",
    """CREATE TRIGGER report_records_refuse_truncate BEFORE TRUNCATE ON report_records
       FOR EACH STATEMENT EXECUTE FUNCTION report_record_is_for_ever()""",
)
SQLITE_TRIGGERS = (
    "history_refuses_update",
    "history_refuses_delete",
    "history_refuses_replace",
    "search_entries_added",
    "search_entries_removed",
    "search_entries_changed",
)
POSTGRESQL = (
    """CREATE OR REPLACE FUNCTION history_can_only_grow() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'history can only grow'; END $$""",
    "DROP TRIGGER IF EXISTS history_refuses_change ON history",
    """CREATE TRIGGER history_refuses_change BEFORE UPDATE OR DELETE ON history
       FOR EACH ROW EXECUTE FUNCTION history_can_only_grow()""",
    "DROP TRIGGER IF EXISTS history_refuses_truncate ON history",
    """CREATE TRIGGER history_refuses_truncate BEFORE TRUNCATE ON history
       FOR EACH STATEMENT EXECUTE FUNCTION history_can_only_grow()""",
    """CREATE INDEX IF NOT EXISTS search_words ON search_entries
       USING gin (to_tsvector('simple', folded))""",
)
# Not tables of ours: Alembic must not compare them.
FOREIGN_NAMES = frozenset(
    {"search_words"} | {f"search_words_{part}" for part in ("data", "idx", "docsize", "config")}
)


def install(connection: Connection) -> None:
    """Make (again) what the database keeps; does nothing before the tables are there."""
    names = connection.dialect.get_table_names(connection)
    if not {"history", "search_entries"} <= set(names):
        return
    is_sqlite = connection.dialect.name == "sqlite"
    if is_sqlite:
        for trigger in SQLITE_TRIGGERS:
            connection.execute(text(f"DROP TRIGGER IF EXISTS {trigger}"))
    for statement in SQLITE if is_sqlite else POSTGRESQL:
        connection.exec_driver_sql(statement)
    if "report_records" in names:
        _keep_records(connection, is_sqlite=is_sqlite)


def _keep_records(connection: Connection, *, is_sqlite: bool) -> None:
    columns = inspect(connection).get_columns("report_records")
    another = _another({column["name"] for column in columns})
    if is_sqlite:
        another = another.replace("IS DISTINCT FROM", "IS NOT")
        for name, does in SQLITE_RECORDS.items():
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
            connection.exec_driver_sql(f"CREATE TRIGGER {name} {does.replace(ANOTHER, another)}")
        return
    for statement in POSTGRESQL_RECORDS:
        connection.exec_driver_sql(statement.replace(ANOTHER, another))


def _another(columns: Set[str]) -> str:
    """Whether a row says something else, as far as the table of this release has come."""
    changed = [f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in FROZEN if name in columns]
    again = [
        f"(COALESCE(CAST(OLD.{name} AS VARCHAR), '') <> ''"
        f" AND NEW.{name} IS DISTINCT FROM OLD.{name})"
        for name in ONCE
    ]
    return " OR ".join([*changed, *again])
