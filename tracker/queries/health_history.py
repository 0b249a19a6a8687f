"""How a workstream was judged week by week: what was declared beside what the plan said."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from sqlalchemy import select

from tracker.extensions import db
from tracker.lib.health import Health
from tracker.models import Snapshot, SnapshotCell
from tracker.queries import declarations
from tracker.queries.declarations import Declared

WEEKS = 26
WEEK = timedelta(weeks=1)


@dataclass(frozen=True)
class Run:
    """So many weeks of one colour, by the last days of the first and the last one; none unknown."""

    health: Health | None
    weeks: int
    first: date
    last: date


@dataclass(frozen=True)
class Past:
    """All declarations, the latest first, and half a year of both colours.

    `months` are the first day in each and how many weeks end in it.
    """

    declarations: Sequence[Declared]
    declared: Sequence[Run]
    computed: Sequence[Run]
    months: Sequence[tuple[date, int]]


def past(workstream_id: int, now: Health, today: date) -> Past:
    """Two statements; what is computed was stored day by day, and is `now` today."""
    ends = [today - WEEK * back for back in range(WEEKS - 1, -1, -1)]
    said = declarations.history(workstream_id)
    stored = _stored(workstream_id, ends[0] - WEEK)
    declared = [_last_said(said, end) for end in ends]
    computed = [_last_stored(stored, end) for end in ends[:-1]] + [now]
    months = groupby(ends, key=lambda end: (end.year, end.month))
    counted = [list(days) for _, days in months]
    return Past(
        declarations=said[::-1],
        declared=_runs(declared, ends),
        computed=_runs(computed, ends),
        months=[(days[0], len(days)) for days in counted],
    )


def _last_said(said: Sequence[Declared], end: date) -> Health | None:
    return next((one.health for one in reversed(said) if one.on <= end), None)


def _stored(workstream_id: int, first: date) -> Mapping[date, Health]:
    """The colour at the end of each day: the last of a day counts."""
    rows = db.session.execute(
        select(Snapshot.day, SnapshotCell.health)
        .join(Snapshot, Snapshot.id == SnapshotCell.snapshot_id)
        .where(SnapshotCell.workstream_id == workstream_id, Snapshot.day > first)
        .order_by(Snapshot.at)
    )
    return {row.day: row.health for row in rows}


def _last_stored(stored: Mapping[date, Health], end: date) -> Health | None:
    """The colour of the last day of that week that was stored."""
    days = (end - timedelta(days=back) for back in range(WEEK.days))
    return next((stored[day] for day in days if day in stored), None)


def _runs(healths: Iterable[Health | None], ends: Sequence[date]) -> Sequence[Run]:
    runs = []
    for health, weeks in groupby(zip(healths, ends, strict=True), key=lambda week: week[0]):
        days = [end for _, end in weeks]
        runs.append(Run(health, len(days), days[0], days[-1]))
    return runs
