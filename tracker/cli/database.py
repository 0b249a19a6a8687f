"""`tracker db`: bring the database up to date."""

import click
import flask_migrate

from tracker.adapters import clock
from tracker.cli import say, with_app
from tracker.extensions import db
from tracker.services import stages
from tracker.services.act import Act
from tracker.words import N_


@click.group("db")
def db_commands() -> None:
    """Look after the database."""


@db_commands.command("upgrade", epilog="Example: tracker db upgrade")
@with_app
def upgrade() -> None:
    """Create the tables, or bring them to this version. Running it twice does nothing."""
    flask_migrate.upgrade()
    ship()
    db.session.commit()
    say(N_("Cơ sở dữ liệu đã ở đúng phiên bản."))


def ship() -> None:
    """Add the stages that this version ships, unless the place is empty: it may be restored into.

    A place without a group is given them with its first one.
    """
    if stages.are_wanted():
        stages.start(by=Act(person_id=None, at=clock.now(), cause="cli"))


commands = (db_commands,)
