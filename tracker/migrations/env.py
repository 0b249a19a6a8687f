"""How migrations run: on the application's own engine, and the guards are put back afterwards."""

from alembic import context
from flask import current_app
from sqlalchemy import JSON

from tracker.adapters import guards
from tracker.extensions import Base
from tracker.models.types import Moment


def include_name(name, type_, _parents):
    """The text index is made by `guards`, not by a migration."""
    return not (type_ in {"table", "index"} and name in guards.FOREIGN_NAMES)


def render_item(type_, obj, autogen_context):
    """A migration names the database's types, never ours: it must run when ours are gone."""
    if type_ == "type" and isinstance(obj, Moment):
        return "sa.DateTime(timezone=True)"
    if type_ == "type" and isinstance(obj, JSON):
        autogen_context.imports.add("from sqlalchemy.dialects import postgresql")
        return "sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')"
    return False


def leave_out_empty(_context, _revision, directives):
    """Write no migration when nothing changed."""
    if directives and directives[0].upgrade_ops.is_empty():
        directives[:] = []


def migrate():
    engine = current_app.extensions["migrate"].db.engine
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            include_name=include_name,
            render_item=render_item,
            process_revision_directives=leave_out_empty,
            render_as_batch=True,
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()
            guards.install(connection)
        connection.commit()


migrate()
