"""`tracker db`: bring the database up to date."""

import click
import flask_migrate

from tracker.cli import with_app


@click.group("db")
def db_commands() -> None:
    """Look after the database."""


@db_commands.command("upgrade", epilog="Example: tracker db upgrade")
@with_app
def upgrade() -> None:
    """Create the tables, or bring them to this version. Running it twice does nothing."""
    flask_migrate.upgrade()
    click.echo("Database is up to date.")


commands = (db_commands,)
