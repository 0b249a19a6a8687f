"""`tracker worker`: sends mail every minute and does the night's work, in a process of its own."""

from collections.abc import Callable

import click
from flask import Flask

from tracker.adapters import clock, database, schema
from tracker.cli import with_app
from tracker.config import Config
from tracker.errors import RuleViolationError
from tracker.extensions import db
from tracker.jobs import night as nights
from tracker.jobs import scheduling, ticking
from tracker.services import outbox
from tracker.web import log


@click.command("worker", epilog="Example: tracker worker --once  (for cron, every minute)")
@click.option("--once", is_flag=True, help="Do what is due now, then end.")
@click.option("--again", is_flag=True, help="Also try what was given up, or waits after a failure.")
@click.pass_obj
def worker(make_app: Callable[[], Flask], *, once: bool, again: bool) -> None:
    """Do what is due every minute. Any number of workers may run: nothing is done twice."""
    app = make_app()
    config: Config = app.extensions["tracker.config"]
    log.to_stderr()
    with app.app_context():
        insist_on_tables()
        if again:
            outbox.try_again(at=clock.now())
            db.session.commit()
        if once:
            click.echo(f"{ticking.tick(config, at=clock.now())} things done.")
            return
    scheduling.consumer(config, app.app_context).run()


@click.command("night", epilog="Example: tracker night")
@with_app
def night() -> None:
    """Do the night's work now: empty the trash, check the summaries. Twice does no harm."""
    insist_on_tables()
    for name, number in nights.work(at=clock.now()).items():
        click.echo(f"{name}: {number}")


def insist_on_tables() -> None:
    """Refuse to work on tables of another version."""
    with database.reading():
        ready = schema.is_up_to_date(db.session.connection())
        db.session.remove()
    if not ready:
        raise RuleViolationError("database_not_up_to_date")


commands = (worker, night)
