"""`tracker report-export`: what the worker starts to make a file that takes long."""

from datetime import datetime

import click
from flask import current_app

from tracker.cli import with_tables
from tracker.config import Config
from tracker.jobs import report_exports


@click.command(report_exports.COMMAND, hidden=True)
@click.argument("export_id", type=int)
@click.option("--at", "moment", required=True, help="The moment that its figures are of.")
@with_tables
def report_export(export_id: int, moment: str) -> None:
    """Make the file that was asked for under that number."""
    config: Config = current_app.extensions["tracker.config"]
    report_exports.make(export_id, config, at=datetime.fromisoformat(moment))


commands = (report_export,)
