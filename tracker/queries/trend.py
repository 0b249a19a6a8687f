"""What the milestones of a group or workstream were expected for, period by period.

Two statements: the milestones, and what happened to their dates; nothing is replayed.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from tracker.extensions import db
from tracker.lib import timeline
from tracker.lib.dates import local_day
from tracker.lib.health import Health
from tracker.lib.periods import Period, PeriodKind, containing
from tracker.lib.trend import Known, expected_at
from tracker.models import Change, Group, Milestone, Strand, Workstream
from tracker.queries import settings

PERIODS = 8
DATES = ("baseline", "forecast", "closed_on")
LIFE = {"trashed": False, "restored": True, "purged": False}
_NOTHING = Known(date.min, None, None, None)


@dataclass(frozen=True)
class Line:
    """A milestone: what it was expected for at the end of each period, and is today."""

    code: str
    title: str
    strand: Strand
    health: Health
    planned: date | None
    expected: tuple[date | None, ...]

    @property
    def moved(self) -> int:
        """Days between the earliest and the latest day it was expected for."""
        known = [day for day in self.expected if day is not None]
        return (max(known) - min(known)).days if known else 0


@dataclass(frozen=True)
class Trend:
    """Milestones over the last periods, those that moved most first; the last end is today."""

    periods: tuple[Period, ...]
    today: date
    lines: tuple[Line, ...]

    @property
    def ends(self) -> tuple[date, ...]:
        """The days the lines have a value for."""
        return (*(period.last for period in self.periods), self.today)


def trend(group: Group, workstream: Workstream | None, today: date) -> Trend:
    """The last eight months of reporting that have ended, and today."""
    periods = _periods(today)
    limits = settings.thresholds()
    rows = db.session.execute(
        select(
            Milestone.id,
            Milestone.code,
            Milestone.title,
            Milestone.baseline,
            Milestone.forecast,
            Milestone.closed_on,
            Workstream.strand,
        )
        .join(Workstream, Milestone.workstream_id == Workstream.id)
        .where(
            Milestone.workstream_id == workstream.id
            if workstream
            else Milestone.group_id == group.id,
            Milestone.deleted_at.is_(None),
        )
        .order_by(Milestone.position, Milestone.id)
    ).all()
    known = _known([row.id for row in rows])
    ends = (*(period.last for period in periods), today)
    lines = []
    for row in rows:
        expected = row.closed_on or row.forecast or row.baseline
        health = timeline.of_milestone(
            row.baseline,
            expected,
            is_closed=row.closed_on is not None,
            today=today,
            limits=limits,
        )
        values = expected_at(known.get(row.id, ()), ends)
        lines.append(Line(row.code, row.title, row.strand, health, row.baseline, values))
    told = [line for line in lines if any(line.expected)]
    return Trend(periods, today, tuple(sorted(told, key=lambda line: -line.moved)))


def _periods(today: date) -> tuple[Period, ...]:
    period = containing(today, PeriodKind.MONTH)
    ended: list[Period] = []
    for _ in range(PERIODS):
        period = period.previous()
        ended.append(period)
    return tuple(reversed(ended))


def _known(ids: Sequence[int]) -> Mapping[int, Sequence[Known]]:
    """The dates of each milestone and since when they were known, from the history."""
    found: dict[int, list[Known]] = defaultdict(list)
    if not ids:
        return found
    for change in db.session.execute(
        select(Change.subject_id, Change.at, Change.field, Change.new)
        .where(
            Change.kind == "milestone",
            Change.subject_id.in_(ids),
            Change.field.in_(("created", *DATES, *LIFE)),
        )
        .order_by(Change.id)
    ):
        states = found[change.subject_id]
        last = states[-1] if states else _NOTHING
        states.append(_after(last, local_day(change.at), change.field, change.new))
    return found


def _after(last: Known, day: date, field: str, new: object) -> Known:
    """What is known once a change has happened."""
    if field in LIFE:
        return last._replace(day=day, is_live=LIFE[field])
    values = new if field == "created" and isinstance(new, dict) else {field: new}
    baseline, forecast, closed_on = (
        _day(values[name]) if name in values else getattr(last, name) for name in DATES
    )
    return Known(day, baseline, forecast, closed_on)


def _day(value: object) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else None
