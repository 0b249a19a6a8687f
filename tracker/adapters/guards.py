"""What the database itself must keep: an append-only history and a text index.

An Alembic batch on SQLite makes a table anew and so drops its triggers; `install` is therefore run
after every migration and may be run at any time.
"""

from sqlalchemy import Connection, text

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
    if connection.dialect.name == "sqlite":
        for trigger in SQLITE_TRIGGERS:
            connection.execute(text(f"DROP TRIGGER IF EXISTS {trigger}"))
        statements = SQLITE
    else:
        statements = POSTGRESQL
    for statement in statements:
        connection.exec_driver_sql(statement)
