"""`tracker snapshot`: how all workstreams stand, kept now or of days that were missed."""

import sys

import click

from tracker.adapters import clock
from tracker.cli import say, with_tables
from tracker.extensions import db
from tracker.jobs import night
from tracker.services import snapshots
from tracker.services.act import Act
from tracker.words import N_


@click.group("snapshot")
def snapshot() -> None:
    """Keep how the board stands, for the board as of a past day."""


@snapshot.command("take", epilog="Example: tracker snapshot take")
@with_tables
def take() -> None:
    """Keep how all workstreams stand now; each night this is done without being asked."""
    snapshots.take(by=Act(person_id=None, at=clock.now(), cause="cli"))
    db.session.commit()
    say(N_("Đã lưu hiện trạng."))


@snapshot.command("fill", epilog="Example: tracker snapshot fill --days 90")
@click.option("--days", type=click.IntRange(1), help="At most so many, the latest first.")
@with_tables
def fill(days: int | None) -> None:
    """Make up for days that were not kept, from the history; the night does so bit by bit."""
    at, most, kept = clock.now(), days or sys.maxsize, 0
    while some := night.keep_missed(at=at, most=min(most - kept, night.DAYS_AT_ONCE)):
        db.session.commit()
        kept += some
    say(N_("Đã lưu hiện trạng của %(number)s ngày."), number=kept)


commands = (snapshot,)
