"""By which limits and which working calendar workstreams were judged on past days."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import select

from tracker.extensions import db
from tracker.lib.dates import end_of_day_utc, local_day
from tracker.lib.health import Thresholds
from tracker.lib.workdays import Calendar
from tracker.models import Change
from tracker.queries import settings
from tracker.queries.past import Item, play

SETTING, CALENDAR_DAY = "setting", "calendar_day"


@dataclass(frozen=True)
class Rules:
    """The limits and the calendar of a day."""

    limits: Thresholds
    calendar: Calendar

    def to_json(self) -> dict[str, Any]:
        """Plain values for a JSON column; days as ISO text, in order."""
        return {
            "limits": asdict(self.limits),
            "holidays": sorted(day.isoformat() for day in self.calendar.holidays),
            "working": sorted(day.isoformat() for day in self.calendar.working),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Rules":
        """Undo `to_json`; limits that an earlier or later release had are left out."""
        return cls(
            limits=_limits(data["limits"]),
            calendar=Calendar(holidays=_days(data["holidays"]), working=_days(data["working"])),
        )


def now() -> Rules:
    """Those in force."""
    return Rules(*settings.judging())


def of_days(days: Sequence[date]) -> Iterator[Rules]:
    """Those at the end of each of these days, in their order; one statement."""
    changes = db.session.execute(
        select(
            Change.at, Change.id, Change.kind, Change.subject_id, Change.field, Change.new
        ).where(Change.kind.in_((SETTING, CALENDAR_DAY)), Change.at <= end_of_day_utc(days[-1]))
    ).all()
    events = sorted((local_day(row.at), row.id, row) for row in changes)
    items: dict[tuple[str, int], Item] = {}
    at = 0
    for day in days:
        while at < len(events) and events[at][0] <= day:
            row = events[at][2]
            item = items.setdefault((row.kind, row.subject_id), Item(row.kind, row.subject_id))
            # A day that is removed is gone for good; its id is not given again.
            play(item, "purged" if row.field == "removed" else row.field, row.new)
            at += 1
        yield _rules([item for item in items.values() if item.is_live])


def _rules(items: Iterable[Item]) -> Rules:
    limits: Any = {}
    days: dict[bool, set[str]] = {False: set(), True: set()}
    for item in items:
        values: Mapping[str, Any] = item.values
        if item.kind == CALENDAR_DAY:
            days[bool(values.get("is_working"))].add(values["day"])
        elif values.get("key") == settings.THRESHOLDS:
            limits = values.get("value") or {}
    return Rules(_limits(limits), Calendar(holidays=_days(days[False]), working=_days(days[True])))


def _limits(kept: Mapping[str, Any]) -> Thresholds:
    names = {field.name for field in fields(Thresholds)}
    return Thresholds(**{name: value for name, value in kept.items() if name in names})


def _days(texts: Iterable[str]) -> frozenset[date]:
    return frozenset(map(date.fromisoformat, texts))
