"""`tracker calendar`: public holidays of the coming years."""

import click

from tracker.adapters import clock
from tracker.cli import say, with_tables
from tracker.extensions import db
from tracker.services import settings
from tracker.services.act import Act
from tracker.words import N_


@click.group("calendar")
def calendar() -> None:
    """Look after the working calendar."""


@calendar.command("fill", epilog="Example: tracker calendar fill --years 2")
@click.option("--years", type=click.IntRange(1, 10), default=2, show_default=True)
@with_tables
def fill(years: int) -> None:
    """Fill in the holidays of this year and the next. Days that are there stay as they are."""
    by = Act(person_id=None, at=clock.now(), cause="cli")
    added = settings.start_calendar(by.today.year, by.today.year + years - 1, by=by)
    db.session.commit()
    say(N_("Đã thêm %(number)s ngày."), number=added)


commands = (calendar,)
