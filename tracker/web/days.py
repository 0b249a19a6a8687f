"""How all workstreams stand, now and on past days, kept by this process as far as it stays true."""

from collections.abc import Mapping, Sequence
from datetime import date

from tracker.lib.health import Health
from tracker.queries import snapshots, standings
from tracker.queries.standings import Standings
from tracker.web import clock
from tracker.web.cache import kept


def now() -> Standings:
    """As of today."""
    return standings.now(clock.today(), kept().parts.setdefault("judged", {}))


def at_end_of(day: date) -> Standings | None:
    """At the end of a past day; None when that is not kept yet."""
    return snapshots.at_end_of(day, kept().parts.setdefault("days", {}))


def weeks_before(day: date) -> Mapping[int, Sequence[Health]]:
    """The worst colour of each group at the ends of the last weeks."""
    return snapshots.worst(day, kept().parts.setdefault("weeks", {}))
